"""Maximum of a selection model's log-likelihood, from several starts, with its curvature."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from enthesis.statistics.bias.selection_likelihood import SelectionLikelihood
from enthesis.statistics.pooling.data import Array

__all__ = ["LARGEST_DELTA", "SelectionFit", "maximise_selection"]

# A weight a hundred times that of its neighbour is already beyond what data can tell from infinity.
LARGEST_DELTA = 100.0
# Shares of the total spread at which tau2 starts, and factors on delta.
_TAU2_STARTS, _DELTA_STARTS = (1.0, 0.0, 3.0), (1.0, 0.2, 3.0, 30.0)
_STEP = 1e-5
# Half the 95% quantile of chi-squared with one degree of freedom: what lies lower is ruled out.
_SUPPORT = 1.92
# A search has settled when it leaves this slope, and is another maximum when its mean is this far off (in
# median standard errors).
_SETTLED, _APART = 1e-4, 0.1
# Truncated Newton: it found every top that forty random starts found, and calls no threaded linear algebra,
# which makes scipy's L-BFGS-B forty times slower on a busy machine.
_OPTIONS = {"maxfun": 80, "ftol": 1e-13, "gtol": 1e-9, "xtol": 1e-12}

_Objective: TypeAlias = Callable[[Array], tuple[float, Array]]


@dataclass(frozen=True, slots=True)
class SelectionFit:
    """Where the log-likelihood is largest.

    Attributes:
        theta: mu, tau2 and each delta.
        log_likelihood: Its value there.
        se: Standard error of each entry of theta from the observed information; NaN where an entry lies on
            its bound or the information is not positive definite.
        bounded: Which entries lie on a bound.
        score: Largest derivative left among the free entries, in scaled units.
        rivals: Mean at every other local maximum that the data hardly rule out.
    """

    theta: Array
    log_likelihood: float
    se: Array
    bounded: np.ndarray
    score: float
    rivals: tuple[float, ...]


def maximise_selection(
    likelihood: SelectionLikelihood, mu: float, tau2: float, lowest: Array
) -> SelectionFit:
    """The best of many local maxima, polished by Newton's method.

    Args:
        likelihood: Function to maximise.
        mu: Mean without selection, to start from.
        tau2: Between-study variance without selection.
        lowest: Smallest value of each delta.
    """
    from scipy.optimize import minimize

    unit = float(np.sqrt(np.median(likelihood.v)))
    scale = np.concatenate([[unit, unit**2], np.ones(len(lowest))])
    bounds = np.column_stack([np.concatenate([[-np.inf, 0.0], lowest]), np.full(len(scale), LARGEST_DELTA)])
    bounds[:2, 1] = np.inf

    def objective(x: Array) -> tuple[float, Array]:
        value, gradient = likelihood.value_and_gradient(x * scale)
        return -value, -gradient * scale

    found = [
        minimize(objective, start, jac=True, method="TNC", bounds=bounds, options=_OPTIONS)
        for start in _starts(mu / unit, tau2 / unit**2, bounds)
    ]
    x = _polish(objective, min(found, key=lambda one: float(one.fun)).x, bounds)
    rivals = _rivals(objective, [one.x for one in found], x, bounds)
    return _describe(objective, x, bounds, scale, tuple(unit * mu for mu in rivals))


def _starts(mu: float, tau2: float, bounds: Array) -> list[Array]:
    lowest = bounds[2:, 0]
    grid = [(t, d) for t in _TAU2_STARTS for d in _DELTA_STARTS]
    return [
        np.concatenate([[mu, max(tau2, 0.1) * t], np.maximum(np.full(len(lowest), d), lowest)])
        for t, d in grid
    ]


def _rivals(objective: _Objective, ends: list[Array], best: Array, bounds: Array) -> list[float]:
    """Means, in scaled units, of the other local maxima within the support of the best."""
    top, rivals = objective(best)[0], [float(best[0])]
    for end in ends:
        value, gradient = objective(end)
        free = ~_on_bound(end, gradient, bounds)
        settled = np.abs(gradient[free]).max(initial=0.0) < _SETTLED
        new = min(abs(end[0] - mu) for mu in rivals) > _APART
        if settled and new and value - top < _SUPPORT:
            rivals.append(float(end[0]))
    return rivals[1:]


def _polish(objective: _Objective, x: Array, bounds: Array) -> Array:
    """Newton steps on the entries off their bounds, while they improve."""
    for _ in range(20):
        value, gradient = objective(x)
        free = ~_on_bound(x, gradient, bounds)
        if not free.any() or np.abs(gradient[free]).max() < 1e-10:
            break
        hessian = _hessian(objective, x, bounds)[np.ix_(free, free)]
        try:
            step = np.linalg.solve(hessian, gradient[free])
        except np.linalg.LinAlgError:
            break
        trial = x.copy()
        trial[free] -= step
        trial = np.clip(trial, bounds[:, 0], bounds[:, 1])
        if not objective(trial)[0] < value:
            break
        x = trial
    return x


def _on_bound(x: Array, gradient: Array, bounds: Array) -> np.ndarray:
    low = (x <= bounds[:, 0]) & (gradient >= 0)
    high = (x >= bounds[:, 1]) & (gradient <= 0)
    return low | high


def _hessian(objective: _Objective, x: Array, bounds: Array) -> Array:
    """Central differences of the gradient; one-sided next to a bound."""
    rows = []
    for i in range(len(x)):
        ahead, behind = x.copy(), x.copy()
        h = _STEP * max(1.0, abs(x[i]))
        ahead[i], behind[i] = min(x[i] + h, bounds[i, 1]), max(x[i] - h, bounds[i, 0])
        rows.append((objective(ahead)[1] - objective(behind)[1]) / (ahead[i] - behind[i]))
    hessian = np.array(rows)
    return (hessian + hessian.T) / 2


def _describe(
    objective: _Objective, x: Array, bounds: Array, scale: Array, rivals: tuple[float, ...]
) -> SelectionFit:
    value, gradient = objective(x)
    bounded = _on_bound(x, gradient, bounds)
    free = ~bounded
    se = np.full(len(x), np.nan)
    if free.any():
        information = _hessian(objective, x, bounds)[np.ix_(free, free)]
        if np.linalg.eigvalsh(information).min() > 0:
            variance = np.diag(np.linalg.inv(information))
            se[free] = np.sqrt(np.where(variance > 0, variance, np.nan))
    score = float(np.abs(gradient[free]).max(initial=0.0))
    return SelectionFit(x * scale, -value, se * scale, bounded, score, rivals)
