"""Trials that print only a direction or a p-value, counted without pretending an effect size.

All sound trials of the question vote, those with figures too, because voting on the rest alone would be a
selection. Source: Cochrane Handbook chapter 12; Campbell 2020, doi:10.1136/bmj.l6890.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import cast

from scipy.special import ndtr

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.study import PrintedP
from enthesis.errors import CannotEstimate
from enthesis.statistics import swim

__all__ = ["Directions", "TrialDirection", "directions"]


@dataclass(frozen=True, slots=True)
class TrialDirection:
    """Direction of one trial: +1 the intervention did better, -1 the comparator, 0 not told or neither."""

    contrast: Contrast
    direction: int
    reported: swim.ReportedP | None
    has_figures: bool


@dataclass(frozen=True, slots=True)
class Directions:
    """Directions of all sound trials of a question, their vote and their combined p-value."""

    question: Question
    trials: tuple[TrialDirection, ...]
    vote: swim.EffectDirection | None
    combined: swim.CombinedP | None


def directions(a: Answer) -> Directions | None:
    """Directions of an answer, or None when every trial gave figures."""
    told = [c for c in a.directions if not c.pick.is_suspect]
    if not told:
        return None
    trials = (*_with_figures(a), *(_told(c) for c in told))
    return Directions(a.question, trials, _vote(trials), _combine(trials))


def _with_figures(a: Answer) -> Iterator[TrialDirection]:
    if a.synthesis is None:
        return
    for contrast, effect in zip(a.synthesis.contrasts, a.synthesis.effects, strict=True):
        benefit = a.synthesis.benefit(effect.y)
        sign = (benefit > 0) - (benefit < 0)
        p = float(2 * ndtr(-abs(effect.y) / sqrt(effect.v)))
        reported = swim.ReportedP(max(p, 1e-300), sign, n=contrast.n) if sign else None
        yield TrialDirection(contrast, sign, reported, True)


def _told(contrast: Contrast) -> TrialDirection:
    pick = contrast.pick
    winner = pick.winner
    sign = 0 if winner is None else 1 if winner in pick.of else -1
    printed = pick.result.contrast.p if pick.result.contrast else None
    return TrialDirection(contrast, sign, _reported(printed, sign, contrast.n), False)


def _reported(printed: PrintedP | None, sign: int, n: int | None) -> swim.ReportedP | None:
    if printed is None or printed.value <= 0 or not sign:
        return None
    relation = cast(swim.Relation, printed.relation)
    return swim.ReportedP(printed.value, sign, relation, n=n if n and n >= 2 else None)


def _vote(trials: tuple[TrialDirection, ...]) -> swim.EffectDirection | None:
    try:
        return swim.count_directions([t.direction for t in trials])
    except CannotEstimate:
        return None


def _combine(trials: tuple[TrialDirection, ...]) -> swim.CombinedP | None:
    reported = [t.reported for t in trials if t.reported is not None]
    if len(reported) < 2:
        return None
    try:
        return swim.combine_p_values(reported)
    except CannotEstimate:
        return None
