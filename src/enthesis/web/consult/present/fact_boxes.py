"""The boxes on the page: what stands in each, what may be chosen, and what is wrong with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enthesis.domain.selection import FACETS
from enthesis.errors import Fault
from enthesis.web.consult.present.fact_document import MOST_SIGNS, NONE, Given, rows_shown
from enthesis.web.consult.present.fact_fields import FactField, FactGroup, RowField
from enthesis.web.evidence.state import current

__all__ = ["Box", "BoxGroup", "BoxRows", "Option", "box_groups", "summary"]

# Where a fault of a fact stands on the page, when that is not where its facet is given.
_PLACES = {"tear_size_mm": "tear.size_mm", "system": "grading", "grading.system": "grading",
           "grading.grade": "grading", "wording": "grading.wording"}  # fmt: skip
NOT_KNOWN = ("", "not known")
# One more than is taken, so that what is sent again is refused again.
SHOWN = MOST_SIGNS + 1


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a box."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One box with its label, value, choices and faults."""

    field: FactField
    name: str
    id: str
    value: str
    options: tuple[Option, ...]
    units: tuple[Option, ...]
    faults: tuple[str, ...]

    @property
    def described_by(self) -> str:
        """Ids of what explains the box."""
        parts = ["hint"] * bool(self.field.hint) + ["fault"] * bool(self.faults)
        return " ".join(f"{self.id}-{part}" for part in parts)


@dataclass(frozen=True, slots=True)
class BoxRows:
    """A list of entries: a tick for none, rows of boxes, and room for more."""

    row: RowField
    none: bool
    rows: tuple[tuple[Box, ...], ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoxGroup:
    """Boxes under one heading."""

    group: FactGroup
    boxes: tuple[Box, ...]
    rows: tuple[BoxRows, ...]


def box_groups(
    groups: Sequence[FactGroup], given: Given, faults: Iterable[Fault] = ()
) -> tuple[BoxGroup, ...]:
    """Every group with what was typed and what is wrong."""
    placed: dict[str, list[str]] = {}
    for fault in faults:
        placed.setdefault(_place_of(fault.where), []).append(_sentence(fault))
    return tuple(
        BoxGroup(
            group,
            tuple(_box(f, f.path, given, placed) for f in group.fields),
            tuple(_rows(row, given, placed) for row in group.rows),
        )
        for group in groups
    )


def summary(groups: Iterable[BoxGroup], faults: Iterable[Fault]) -> tuple[tuple[str, str, str], ...]:
    """Id of the box, its label and the fault, in the order found; the id is empty where no box has it."""
    boxes = {
        b.name: b for g in groups for b in (*g.boxes, *(b for r in g.rows for row in r.rows for b in row))
    }
    told = []
    for fault in faults:
        box = boxes.get(_place_of(fault.where))
        told.append((box.id if box else "", box.field.label if box else fault.where, _sentence(fault)))
    return tuple(told)


def _sentence(fault: Fault) -> str:
    text = f"{fault.message} {fault.repair}".strip()
    return text[:1].upper() + text[1:]


def _place_of(where: str) -> str:
    return _PLACES.get(where) or (FACETS[where].given if where in FACETS else where)


def _rows(row: RowField, given: Given, placed: dict[str, list[str]]) -> BoxRows:
    shown = range(rows_shown(given, row.path))
    rows = tuple(
        tuple(_box(f, f"{row.path}[{at}].{f.path}", given, placed) for f in row.fields) for at in shown
    )
    return BoxRows(row, bool(given.get(f"{row.path}.none")), rows, tuple(placed.get(row.path, ())))


def _box(field: FactField, name: str, given: Given, placed: dict[str, list[str]]) -> Box:
    values = [str(v) for v in given.get(name, ())]
    value = values[-1][:SHOWN] if values else ""
    unit = next(iter(given.get(f"{name}.unit", ())), "")
    return Box(
        field=field,
        name=name,
        id=re.sub(r"[^a-z0-9]+", "-", f"fact-{name}").strip("-"),
        value=value,
        options=_options(field, values),
        units=tuple(_choose([("", "choose the unit"), *_with(unit, field.units)], [unit]))
        if field.units
        else (),
        faults=tuple(placed.get(name, ())),
    )


def _options(field: FactField, values: list[str]) -> tuple[Option, ...]:
    match field.kind:
        case "flag":
            choices = [NOT_KNOWN, ("yes", "yes"), ("no", "no")]
        case "words":
            return tuple(_choose([(NONE, "none of these"), *field.choices], values))
        case "word":
            choices = [NOT_KNOWN, *(field.choices or _substances())]
        case _:
            return ()
    return tuple(_choose(choices, values or [""]))


def _choose(choices: Iterable[tuple[str, str]], values: Sequence[str]) -> list[Option]:
    return [Option(value, words, value in values) for value, words in choices]


def _with(unit: str, units: Sequence[str]) -> list[tuple[str, str]]:
    """The usual units, and the one on record where it is another."""
    held = [*units] if unit in ("", *units) else [unit, *units]
    return [(u, u) for u in held]


def _substances() -> tuple[tuple[str, str], ...]:
    words = current().evidence.vocabulary.interventions
    return tuple((name, held.label) for name, held in words.items())
