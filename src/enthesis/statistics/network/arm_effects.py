"""From arm figures to what each arm says on the scale of the measure.

A trial's contrasts are differences of its arms, and their covariance follows from the arms' own
variances: ``C diag(s) C' + c (C y)(C y)'``, where C takes the differences and c is 0 but for the
standardised mean difference, whose arms share the estimate of the standard deviation. So the
variances of a multi-arm trial cannot contradict one another.
"""

from dataclasses import dataclass

import numpy as np

from enthesis.statistics.conversions.rules import Array, Mask
from enthesis.statistics.effects.mean_differences import MeanVariance
from enthesis.statistics.effects.standardised_mean_differences import hedges_correction
from enthesis.statistics.effects.two_by_two import DoubleZero, ZeroCells
from enthesis.statistics.network.arms import Arms

__all__ = ["ArmEffects", "arm_effects"]


@dataclass(frozen=True, slots=True, eq=False)
class ArmEffects:
    """What each arm says.

    Attributes:
        y: Location of each arm, up to a constant of its trial, (arms,).
        s: Its variance, (arms,).
        shared: The coefficient c of each trial, (k,).
        halved: Trials to whose arms halves were added, (k,).
        refused: Trials that say nothing on this scale, with the reason; "" where they do, (k,).
    """

    y: Array
    s: Array
    shared: Array
    halved: Mask
    refused: tuple[str, ...]


def arm_effects(
    arms: Arms, measure: str, *, variance: MeanVariance, zero_cells: ZeroCells, double_zero: DoubleZero
) -> ArmEffects:
    """Every arm on the scale of the measure; ratios as logarithms.

    Source: Lu & Ades 2006, doi:10.1198/016214505000001302 (contrasts of arms); Gleser & Olkin 2009, in
        Cooper, Hedges & Valentine, Handbook of Research Synthesis, ch. 19 (standardised differences that
        share a group); Cochrane Handbook 10.4.4 (empty cells).
    """
    if measure in {"MD", "SMD"}:
        return _of_means(arms, measure, variance)
    return _of_events(arms, measure, zero_cells, double_zero)


def _of_means(arms: Arms, measure: str, variance: MeanVariance) -> ArmEffects:
    mean, sd, n = (arms.figures[name] for name in ("mean", "sd", "n"))
    k = len(arms.studies)
    first = np.flatnonzero(np.diff(arms.trial, prepend=-1))
    y = mean - mean[first][arms.trial]
    shared = np.zeros(k)
    total = np.bincount(arms.trial, n, minlength=k)
    df = np.asarray(total - np.bincount(arms.trial, minlength=k), dtype=np.float64)
    pooled = np.bincount(arms.trial, (n - 1.0) * sd**2, minlength=k) / df
    if measure == "SMD":
        y = y * (hedges_correction(df) / np.sqrt(pooled))[arms.trial]
        s, shared = 1.0 / n, 0.5 / total
    else:
        s = (sd**2 if variance == "separate" else pooled[arms.trial]) / n
    return ArmEffects(y, s, shared, np.zeros(k, dtype=np.bool_), ("",) * k)


def _of_events(arms: Arms, measure: str, zero_cells: ZeroCells, double_zero: DoubleZero) -> ArmEffects:
    events, n = arms.figures["events"], arms.figures["n"]
    k = len(arms.studies)
    has_empty_cell = _any(arms, (events == 0) | (events == n))
    if zero_cells == "none":
        halved = np.zeros(k, dtype=np.bool_)
    else:
        halved = has_empty_cell | (zero_cells == "add-half-to-all")
    half = np.where(halved, 0.5, 0.0)[arms.trial]
    a, b = events + half, n - events + half
    with np.errstate(divide="ignore", invalid="ignore"):
        y, s = _on_scale(measure, a, b)
    silent = ~_any(arms, events > 0) | ~_any(arms, events < n)
    barred = silent & (measure != "RD") & (double_zero == "leave-out")
    broken = _any(arms, ~(np.isfinite(y) & np.isfinite(s)))
    return ArmEffects(y, s, np.zeros(k), halved, _reasons(barred, broken))


def _on_scale(measure: str, a: Array, b: Array) -> tuple[Array, Array]:
    if measure == "OR":
        return np.log(a / b), 1.0 / a + 1.0 / b
    if measure == "RR":
        return np.log(a / (a + b)), 1.0 / a - 1.0 / (a + b)
    risk = a / (a + b)
    return risk, risk * (1.0 - risk) / (a + b)


def _any(arms: Arms, rows: Mask) -> Mask:
    return np.bincount(arms.trial, rows, minlength=len(arms.studies)) > 0


def _reasons(silent: Mask, broken: Mask) -> tuple[str, ...]:
    return tuple(
        "No arm has an event, or every arm has nothing but events: it says nothing about a ratio."
        if mute
        else "An arm has an empty cell and nothing was added to it."
        if bad
        else ""
        for mute, bad in zip(silent, broken, strict=True)
    )
