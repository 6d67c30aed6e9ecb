"""How much a published study tells of what was injected, from the fields that the evidence keeps.

The evidence was read from abstracts and tables more often than from full papers. A data point that is
absent was not seen on the page read; whether the paper holds it elsewhere is not known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from enthesis.domain.products.reporting.checklist import (
    Checklist,
    Completeness,
    DataPoint,
    Heading,
    checklist_for,
    count_points,
)

__all__ = ["ReportedItems", "ReportedProduct", "reported_items", "reported_product"]

NOT_SEEN = "Absent means not seen on the page read, often the abstract; the paper may hold it elsewhere."


@dataclass(frozen=True, slots=True)
class ReportedProduct:
    """What one report states of one arm: the product, its delivery, and the facts of the study around it.

    Platelet dose in 10^9, concentration in 10^9/L, cell dose in 10^6, volume in mL, interval in days.
    """

    intervention: str
    leukocytes: str | None = None
    platelet_dose_e9: float | None = None
    platelet_concentration_e9_per_l: float | None = None
    fold_over_blood: float | None = None
    cell_dose_e6: float | None = None
    volume_ml: float | None = None
    injections: int | None = None
    interval_days: float | None = None
    activation: str | None = None
    guidance: str | None = None
    design: str | None = None
    registration: str | None = None
    condition: str | None = None
    severity: str | None = None
    age_mean: float | None = None
    female_percent: float | None = None
    comparator: str | None = None
    blinding: str | None = None
    outcome_weeks: int | None = None
    outcome_instruments: str | None = None
    adverse_events: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedItems:
    """k of the n data points that the evidence keeps; ``not_kept`` of the checklist cannot be judged."""

    completeness: Completeness
    reported: tuple[str, ...]
    not_kept: int
    caveats: tuple[str, ...]

    @property
    def k(self) -> int:
        """Data points seen."""
        return self.completeness.reported

    @property
    def n(self) -> int:
        """Data points that could have been seen."""
        return self.completeness.of

    @property
    def of_product(self) -> tuple[int, int]:
        """k and n of the data points about the product and its delivery alone."""
        return self.completeness.in_record

    def __str__(self) -> str:
        """'k of n'."""
        return f"{self.k} of {self.n}"


class _ArmFacts(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def intervention(self) -> str: ...


def reported_product(product: Any, arm: _ArmFacts, study: Any) -> ReportedProduct:
    """What one arm of a study of the evidence states, gathered from its product, arm and study values."""
    stated = {
        name: getattr(product, name)
        for name in (
            "leukocytes", "platelet_dose_e9", "platelet_concentration_e9_per_l", "fold_over_blood",
            "cell_dose_e6", "volume_ml", "injections", "interval_days", "activation", "guidance",
        )
    }  # fmt: skip
    others = [other.intervention for other in study.arms if other.id != arm.id]
    blinding, people = study.blinding, study.population
    is_blinding_stated = any(
        value is not None
        for value in (blinding.participants, blinding.personnel, blinding.assessors, blinding.stated)
    )
    weeks = [row.weeks for row in study.results if row.weeks]
    return ReportedProduct(
        intervention=arm.intervention,
        **stated,
        design=study.design,
        registration=study.registration,
        condition=study.condition,
        severity=people.severity,
        age_mean=people.age_mean,
        female_percent=people.female_percent,
        comparator=", ".join(others) or ("none" if study.design == "single-arm" else None),
        blinding="stated" if is_blinding_stated else None,
        outcome_weeks=max(weeks, default=None),
        outcome_instruments=_joined(row.instrument for row in study.results),
        adverse_events=_joined(row.outcome for row in study.results if row.outcome.endswith("adverse-event")),
    )


def reported_items(product: ReportedProduct, checklists: Sequence[Checklist]) -> ReportedItems | None:
    """How many data points of its checklist one arm states, None when no checklist covers the intervention.

    An interval is not asked of a single injection.
    """
    checklist = checklist_for(checklists, product.intervention)
    if checklist is None:
        return None
    kept = tuple(_kept(heading, product) for heading in checklist.headings)
    kept = tuple(heading for heading in kept if heading.points)
    completeness = replace(
        count_points(checklist, kept, lambda point: _is_stated(product, point)), caveat=NOT_SEEN
    )
    return ReportedItems(
        completeness,
        tuple(point.label for heading in kept for point in heading.points if _is_stated(product, point)),
        not_kept=sum(point.study is None for point in checklist.points),
        caveats=(NOT_SEEN, checklist.caveat),
    )


def _kept(heading: Heading, product: ReportedProduct) -> Heading:
    is_single = product.injections == 1
    points = tuple(p for p in heading.points if p.study and not (is_single and p.study == "interval_days"))
    return replace(heading, points=points)


def _is_stated(product: ReportedProduct, point: DataPoint) -> bool:
    return getattr(product, str(point.study)) not in (None, "unknown", "")


def _joined(words: Iterable[str]) -> str | None:
    return ", ".join(sorted(set(words))) or None
