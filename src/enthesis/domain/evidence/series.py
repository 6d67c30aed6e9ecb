"""Single-arm series, shown as what they are: change without a control group, never an effect of treatment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enthesis.domain.evidence.questions import intervention_key
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.study import Arm, ArmFigures, Result, Study, WithinArm

__all__ = ["OCEBM_OF_DESIGN", "Series", "SeriesRow", "series"]

# Levels for treatment benefit, edition of 2011: trial 2, controlled cohort 3, series 4.
# Source: OCEBM Levels of Evidence Working Group 2011.
OCEBM_OF_DESIGN = {"rct": 2, "quasi-randomised": 3, "nonrandomised": 3, "single-arm": 4}


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One row of a series: figures of its arm at a visit, or the change printed for it."""

    result: Result
    figures: ArmFigures | None
    change: WithinArm | None
    baseline: ArmFigures | None


@dataclass(frozen=True, slots=True)
class Series:
    """One arm of a study without a control group."""

    study: Study
    arm: Arm
    intervention: str
    rows: tuple[SeriesRow, ...]

    @property
    def ocebm_level(self) -> int:
        """Level of evidence for benefit (OCEBM 2011)."""
        return OCEBM_OF_DESIGN[self.study.design]


def series(studies: Iterable[Study], rules: EvidenceRules) -> Iterator[Series]:
    """Every arm of every single-arm study."""
    for study in studies:
        if study.is_comparative:
            continue
        for arm in study.arms:
            if arm.is_original:
                name = intervention_key(frozenset((arm.intervention, *arm.plus)) - rules.background, rules)
                if name:
                    yield Series(study, arm, name, tuple(_rows(study, arm)))


def _rows(study: Study, arm: Arm) -> Iterator[SeriesRow]:
    at_start = {r.instrument: r.figures_of(arm.id) for r in study.results if r.weeks == 0}
    for row in study.results:
        if row.weeks == 0 or row.subgroup:
            continue
        change = next((w for w in row.within_arm if w.arm == arm.id), None)
        yield SeriesRow(row, row.figures_of(arm.id), change, at_start.get(row.instrument))
