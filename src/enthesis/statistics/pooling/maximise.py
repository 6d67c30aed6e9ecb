"""Maximum (restricted) likelihood of tau2: every peak refined, the highest taken."""

from typing import cast

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling.common_mean import CommonMean
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.isolate import Brackets, isolate_roots
from enthesis.statistics.pooling.kernels import compiled_kernels
from enthesis.statistics.pooling.likelihood import Model, log_likelihood, score_curves
from enthesis.statistics.pooling.solution import Solution

__all__ = ["maximise_likelihood", "stationary_points"]

MAX_STEPS = 100
#: Newton doubles the digits, so a step this small (in units of tau2 + min v) leaves rounding only.
SMALLEST_STEP = 1e-12


def maximise_likelihood(model: Model, *, restricted: bool) -> Solution:
    """The global maximum over tau2 >= 0 of each row; needs k - p >= 1 in every row."""
    kernels = compiled_kernels()
    if kernels is not None and isinstance(model, CommonMean):
        return cast(Solution, kernels.maximise_rows(model.z, model.v, restricted=restricted))
    brackets = isolate_roots(model, restricted=restricted)
    peaks = np.flatnonzero(brackets.is_peak)
    root, steps = _refine(model, brackets, peaks, restricted=restricted)
    tau2, taken = _highest(model, brackets, peaks, root, restricted=restricted)
    curves = score_curves(model, tau2, restricted=restricted)
    score = curves.g / curves.h - 1.0
    iterations = np.zeros(len(tau2), dtype=np.int64)
    iterations[brackets.row[peaks]] = steps
    roots = np.bincount(brackets.row, minlength=len(tau2))
    return Solution(tau2, brackets.proved, iterations, np.where(taken, score, 0.0), roots)


def stationary_points(model: Model, *, restricted: bool) -> Array:
    """Every root of the score on tau2 > 0 of a model with one row, ascending: peaks and troughs."""
    brackets = isolate_roots(model, restricted=restricted)
    return np.sort(_refine(model, brackets, np.arange(len(brackets.row)), restricted=restricted)[0])


def _refine(
    model: Model, brackets: Brackets, chosen: NDArray[np.int64], *, restricted: bool
) -> tuple[Array, NDArray[np.int64]]:
    """The root inside each chosen bracket, by Newton on h / g kept inside the bracket.

    With equal variances h / g is a straight line and the first step lands on the root.
    """
    part = model.take(brackets.row[chosen])
    low, high = brackets.low[chosen].copy(), brackets.high[chosen].copy()
    turn = np.where(brackets.is_peak[chosen], 1.0, -1.0)
    floor = part.v.min(axis=1)
    t, steps = brackets.guess[chosen], np.zeros(len(chosen), dtype=np.int64)
    active = np.arange(len(chosen))
    for _ in range(MAX_STEPS):
        if not len(active):
            break
        here = t[active]
        c = score_curves(part.take(active), here, restricted=restricted)
        before = turn[active] * (c.g - c.h) > 0.0
        low[active] = np.where(before, here, low[active])
        high[active] = np.where(before, high[active], here)
        slope = turn[active] * (c.h * c.g1 - c.h1 * c.g)
        ahead = here - turn[active] * (c.h - c.g) * c.g / np.where(slope > 0.0, slope, 1.0)
        inside = (slope > 0.0) & (ahead >= low[active]) & (ahead <= high[active])
        t[active] = np.where(inside, ahead, 0.5 * (low[active] + high[active]))
        steps[active] += 1
        active = active[np.abs(t[active] - here) > SMALLEST_STEP * (here + floor[active])]
    return t, steps


def _highest(
    model: Model, brackets: Brackets, peaks: NDArray[np.int64], root: Array, *, restricted: bool
) -> tuple[Array, NDArray[np.bool_]]:
    """The best of the peaks and, where the score starts downhill, of the boundary tau2 = 0."""
    row = brackets.row[peaks]
    tau2 = np.zeros(len(model.k))
    tau2[row] = root
    inside = np.bincount(row, minlength=len(tau2))
    rivals = np.flatnonzero(inside + (brackets.at_zero <= 0.0) > 1)
    if len(rivals):
        at_zero = np.flatnonzero(np.isin(np.arange(len(tau2)), rivals) & (brackets.at_zero <= 0.0))
        mine = np.isin(row, rivals)
        rows = np.concatenate([at_zero, row[mine]])
        roots = np.concatenate([np.zeros(len(at_zero)), root[mine]])
        value = log_likelihood(model.take(rows), roots, restricted=restricted)
        order = np.lexsort((value, rows))
        tau2[rows[order]] = roots[order]
    return tau2, tau2 > 0.0
