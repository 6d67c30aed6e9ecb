"""The axes of one question: those along which its trials really differ, and why the others are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.domain.evidence.fragility.choices import READINGS
from enthesis.domain.evidence.fragility.tables import Candidate
from enthesis.domain.evidence.fragility.traits import TRAITS, Trait
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.statistics.multiverse import AnalysisAxis, Axis, SelectionAxis

__all__ = ["ESTIMATORS", "INTERVALS", "IdleAxis", "analysis_axes", "reading_axes", "trait_axes"]

# Left out: EB gives the numbers of PM; HS, HSk and PMM are biased low or rarely used at so few trials.
ESTIMATORS = {
    "REML": "restricted maximum likelihood",
    "PM": "Paule-Mandel",
    "DL": "DerSimonian-Laird",
    "ML": "maximum likelihood",
    "SJ": "Sidik-Jonkman",
    "HE": "Hedges",
    "EE": "common effect",
}
# Declared first: the interval that verdicts rest on.
INTERVALS = {
    "hartung-knapp-floor": "Hartung-Knapp, floored",
    "hartung-knapp": "Hartung-Knapp",
    "wald": "normal",
}

_NO_CHOICE = {
    "instrument": "no trial reports a second scale of this outcome that could speak for it",
    "window": "no trial has another visit in the span or its neighbours",
    "values": "no trial gives both values and changes, or what is needed to compute changes",
    "correlation": "no change had to be computed from values before and after",
    "figures": "no trial prints a comparison besides the figures of its arms",
}


@dataclass(frozen=True, slots=True)
class IdleAxis:
    """A declared choice that changes nothing here, and why."""

    name: str
    why: str


def reading_axes(held: Sequence[Candidate], moves: Sequence[bool]) -> tuple[list[Axis], list[IdleAxis]]:
    """One axis per choice of reading that changes what some trial says."""
    axes: list[Axis] = []
    idle = []
    for at, (name, levels) in enumerate(READINGS.items()):
        if not moves[at]:
            idle.append(IdleAxis(name, _NO_CHOICE[name]))
            continue
        inside = np.array([[i in c.levels[at] for c in held] for i in range(len(levels))])
        axes.append(SelectionAxis(name, tuple(str(x) for x in levels), np.where(inside, 0, -1)))
    return axes, idle


def trait_axes(held: Sequence[Candidate], rules: EvidenceRules) -> tuple[list[Axis], list[IdleAxis]]:
    """One axis per trait in which the trials differ; a level that keeps nothing, or all, is left out."""
    axes: list[Axis] = []
    idle = []
    for trait in TRAITS:
        rows = {name: [keeps(c.read.contrast, rules) for c in held] for name, keeps in trait.levels}
        distinct = _distinct(trait, rows)
        if len(distinct) < 2:
            idle.append(IdleAxis(trait.name, _why_idle(trait, rows)))
        else:
            ranks = np.where(np.array(list(distinct.values())), 0, -1)
            axes.append(SelectionAxis(trait.name, tuple(distinct), ranks))
    return axes, idle


def _distinct(trait: Trait, rows: dict[str, list[bool]]) -> dict[str, list[bool]]:
    declared = trait.levels[0][0]
    kept = {declared: rows[declared]}
    for name, row in rows.items():
        if any(row) and row not in kept.values():
            kept[name] = row
    return kept


def _why_idle(trait: Trait, rows: dict[str, list[bool]]) -> str:
    others = [rows[name] for name, _ in trait.levels[1:]]
    return trait.same if any(any(row) for row in others) else trait.none


def analysis_axes() -> tuple[AnalysisAxis, AnalysisAxis]:
    """The estimator of the spread between trials, and the interval."""
    return (
        AnalysisAxis("estimator", tuple(ESTIMATORS.values()), tuple({"method": m} for m in ESTIMATORS)),
        AnalysisAxis("interval", tuple(INTERVALS.values()), tuple({"interval": i} for i in INTERVALS)),
    )
