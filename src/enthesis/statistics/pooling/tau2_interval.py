"""How much the studies may differ: an interval of tau2, and what it means for I2 and H2."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.pooling.data import check_level, check_studies
from enthesis.statistics.pooling.design import check_design
from enthesis.statistics.pooling.doubts import interval_doubts
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.fit import Problem
from enthesis.statistics.pooling.heterogeneity import i2_h2, typical_variance
from enthesis.statistics.pooling.profile import profile_likelihood, q_profile
from enthesis.statistics.pooling.results import Caveat

__all__ = ["KINDS", "Tau2Interval", "tau2_interval"]

KINDS = ("q-profile", "profile-likelihood")

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tau2Interval:
    """Estimate and interval of tau2, carried over to tau, I2 (0-1) and H2."""

    tau2: float
    tau2_ci: Pair
    tau: float
    tau_ci: Pair
    i2: float
    i2_ci: Pair
    h2: float
    h2_ci: Pair
    level: float
    kind: str
    method: str
    caveats: tuple[Caveat, ...]


def tau2_interval(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    kind: str = "q-profile",
    method: str = "REML",
    level: float = 0.95,
    intercept: bool = True,
) -> Tau2Interval:
    """The interval of tau2; the search reaches as far as the data need, whatever their unit.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        X: Moderators, (k, m), if any; then this is the residual tau2.
        names: One name per moderator.
        kind: "q-profile", or "profile-likelihood" for REML and ML.
        method: Estimator of tau2.
        level: Coverage.
        intercept: Put a column of ones in front of the moderators.

    Raises:
        InvalidData: As for `pool` and `meta_regression`.
        CannotEstimate: Not more studies than coefficients.
        ValueError: An unknown kind or method, or a profile likelihood of another method.
    """
    y, v = check_studies(y, v)
    check_level(level)
    _check_kind(kind, check_method(method))
    moderators = np.empty((len(y), 0)) if X is None else X
    if X is None and len(y) == 1:
        raise CannotEstimate("One study holds no between-study variance; at least 2 are needed.")
    intercept = intercept or X is None
    design, _ = check_design(moderators, len(y), names, intercept=intercept)
    problem = Problem.of(y, v, design, intercept=intercept)
    model, connected = problem.model, True
    if kind == "q-profile":
        low, high = q_profile(model, level)[0].tolist()
    else:
        low, high, connected = profile_likelihood(model, level, restricted=method == "REML")
    tau2 = float(estimate_tau2(model, method).tau2[0])
    i2, h2 = i2_h2(np.array([tau2, low, high]), typical_variance(model))
    square = problem.unit**2
    return Tau2Interval(
        tau2=tau2 * square,
        tau2_ci=(low * square, high * square),
        tau=float(np.sqrt(tau2)) * problem.unit,
        tau_ci=(float(np.sqrt(low)) * problem.unit, float(np.sqrt(high)) * problem.unit),
        i2=float(i2[0]),
        i2_ci=(float(i2[1]), float(i2[2])),
        h2=float(h2[0]),
        h2_ci=(float(h2[1]), float(h2[2])),
        level=level,
        kind=kind,
        method=method,
        caveats=_doubts(tau2, low, high, connected=connected),
    )


def _check_kind(kind: str, method: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"Unknown kind {kind!r}; give one of {', '.join(KINDS)}.")
    if kind == "profile-likelihood" and method not in {"REML", "ML"}:
        raise ValueError(f"A profile likelihood needs method REML or ML, not {method!r}.")


def _doubts(tau2: float, low: float, high: float, *, connected: bool) -> tuple[Caveat, ...]:
    found = list(interval_doubts(tau2, low, high))
    if not connected:
        text = "The likelihood has several peaks; some values inside the interval are rejected."
        found.append(Caveat("tau2-interval-broken", text))
    return tuple(found)
