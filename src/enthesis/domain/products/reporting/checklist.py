"""How much of a reporting checklist a record holds: data points under the headings of the checklist."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from enthesis.domain.products.kinds import ProductKind

__all__ = [
    "Checklist",
    "Completeness",
    "DataPoint",
    "Heading",
    "HeadingCount",
    "checklist_for",
    "count_points",
    "record_completeness",
    "value_at",
]


@dataclass(frozen=True, slots=True)
class DataPoint:
    """One thing to report, with its paths in a product record and its field in the evidence.

    A point with no ``record`` belongs to the patient's file or to the study protocol. One with
    ``asked_when`` is not asked of a record where that path is False (the agent of no activation).
    """

    id: str
    label: str
    record: tuple[str, ...] = ()
    study: str | None = None
    asked_when: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading with its data points."""

    id: str
    label: str
    points: tuple[DataPoint, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist: the headings as published, the data points as we word them, and how sure we are of them.

    ``applies_to`` names kinds of product and interventions. ``published_statements`` is the number of
    statements in the publication; ``wording_verified`` is False while these were not read, and then no
    count of ours may be called a count of theirs.
    """

    id: str
    title: str
    doi: str
    source: str
    reviewed: str
    next_review: str
    applies_to: tuple[str, ...]
    headings: tuple[Heading, ...]
    published_statements: int | None
    wording_verified: bool
    caveat: str

    @property
    def points(self) -> tuple[DataPoint, ...]:
        """Every data point in order."""
        return tuple(point for heading in self.headings for point in heading.points)


@dataclass(frozen=True, slots=True)
class HeadingCount:
    """One heading: how many of its data points are there, and which are not."""

    id: str
    label: str
    reported: int
    of: int
    missing: tuple[DataPoint, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """k of n data points, heading by heading; ``of_record`` of them belong to the product record."""

    checklist: str
    reported: int
    of: int
    of_record: int
    headings: tuple[HeadingCount, ...]
    caveat: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of all data points that are not there."""
        return tuple(point.label for heading in self.headings for point in heading.missing)

    @property
    def in_record(self) -> tuple[int, int]:
        """How many of the data points that a product record can hold are there, and of how many."""
        return self.of_record - len(self.unrecorded), self.of_record

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Labels of the data points that the product record could hold and does not."""
        return tuple(point.label for heading in self.headings for point in heading.missing if point.record)

    def __str__(self) -> str:
        """'k of n data points'."""
        return f"{self.reported} of {self.of} data points"


def record_completeness(
    product: Any, checklist: Checklist, documented_elsewhere: Collection[str] = ()
) -> Completeness:
    """How much of a checklist the record of one product holds.

    Args:
        product: Any product record.
        checklist: The checklist of its kind.
        documented_elsewhere: Ids of data points that the patient's file or the protocol holds.

    Raises:
        ValueError: An id that the checklist does not have.
    """
    if strays := set(documented_elsewhere) - {point.id for point in checklist.points}:
        raise ValueError(f"{checklist.id} has no data point {', '.join(sorted(strays))}.")
    asked = (
        replace(heading, points=tuple(p for p in heading.points if _is_asked(product, p)))
        for heading in checklist.headings
    )
    headings = [heading for heading in asked if heading.points]
    return count_points(
        checklist, headings, lambda p: p.id in documented_elsewhere or _is_recorded(product, p)
    )


def count_points(
    checklist: Checklist, headings: Collection[Heading], is_there: Callable[[DataPoint], bool]
) -> Completeness:
    """Completeness over the given headings, with a test of whether a data point is there."""
    counts = []
    for heading in headings:
        missing = tuple(point for point in heading.points if not is_there(point))
        total = len(heading.points)
        counts.append(HeadingCount(heading.id, heading.label, total - len(missing), total, missing))
    return Completeness(
        checklist.id,
        sum(c.reported for c in counts),
        sum(c.of for c in counts),
        sum(bool(point.record) for heading in headings for point in heading.points),
        tuple(counts),
        checklist.caveat,
    )


def checklist_for(checklists: Collection[Checklist], kind: ProductKind | str) -> Checklist | None:
    """The checklist for a kind of product or an intervention, None when none is on file."""
    return next((c for c in checklists if str(kind) in c.applies_to), None)


def value_at(product: Any, path: str) -> Any:
    """The value at a dotted path of a record.

    Raises:
        AttributeError: The record has no such path.
    """
    for name in path.split("."):
        product = getattr(product, name)
    return product


def _is_asked(product: Any, point: DataPoint) -> bool:
    return point.asked_when is None or value_at(product, point.asked_when) is not False


def _is_recorded(product: Any, point: DataPoint) -> bool:
    values = [value_at(product, path) for path in point.record]
    return bool(values) and not any(value is None or value in ((), "") or value == {} for value in values)
