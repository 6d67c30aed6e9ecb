"""What each study's own effect probably is, once the others are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.pooling.data import Array, check_level, check_studies
from enthesis.statistics.pooling.design import check_design
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.fit import Problem, fit_at
from enthesis.statistics.pooling.intervals import check_interval, quantile, scale_variance

__all__ = ["ShrunkenEffects", "blup"]


@dataclass(frozen=True)
class ShrunkenEffects:
    """Best linear unbiased prediction of each study's true effect, each (k,), ``ci`` (k, 2)."""

    effect: Array
    se: Array
    ci: Array
    level: float


def blup(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    method: str = "REML",
    interval: str = "hartung-knapp",
    level: float = 0.95,
    intercept: bool = True,
) -> ShrunkenEffects:
    """Study effects drawn towards the mean (or the regression), the less precise the further.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        X: Moderators, (k, m), if any.
        names: One name per moderator.
        method: Estimator of tau2, taken as known.
        interval: See `pool`.
        level: Coverage.
        intercept: Put a column of ones in front of the moderators.

    Raises:
        InvalidData: As for `meta_regression`.
        CannotEstimate: As for `meta_regression`.

    Source: Raudenbush & Bryk 1985, doi:10.3102/10769986010002075.
    """
    y, v = check_studies(y, v)
    check_level(level)
    check_method(method)
    check_interval(interval)
    moderators = np.empty((len(y), 0)) if X is None else X
    intercept = intercept or X is None
    design, _ = check_design(moderators, len(y), names, intercept=intercept)
    problem = Problem.of(y, v, design, intercept=intercept)
    scaled = estimate_tau2(problem.model, method).tau2
    fit = fit_at(problem, scaled)
    scaling = scale_variance(interval, fit.q, fit.size, problem.model.k - problem.model.p)
    tau2 = float(scaled[0]) * problem.unit**2
    trust = tau2 / (tau2 + v)
    fitted = design @ fit.beta[0]
    spread = np.einsum("kp,pq,kq->k", design, fit.covariance[0], design) * scaling.factor[0]
    se = np.sqrt(trust * v + (1.0 - trust) ** 2 * spread)
    effect = trust * y + (1.0 - trust) * fitted
    half = quantile(level, scaling.df) * se
    return ShrunkenEffects(effect, se, np.stack([effect - half, effect + half], axis=1), level)
