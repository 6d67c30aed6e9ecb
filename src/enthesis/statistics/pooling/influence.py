"""Which studies stand out, and which ones the answer hangs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.pooling.data import Array, Flags, check_studies
from enthesis.statistics.pooling.design import check_design, is_full_rank
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.fit import Problem, fit_at
from enthesis.statistics.pooling.heterogeneity import cochran_q

__all__ = ["Influence", "influence"]

#: Numbers of a design held at once: 80 MB of doubles over the ten or so arrays in use.
PORTION = 1_000_000
#: A study that leaves less than this of its leverage to the others fixes its own fitted value.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Influence:
    """Case diagnostics, one value per study in the order given, each (k,) unless said otherwise.

    A study without which the model cannot be fitted (``estimable`` is False) has NaN wherever its
    deletion is needed; a study that fixes its own fitted value has no standardized residual (NaN).

    Attributes:
        fitted: Fitted value.
        residual: y less its fitted value.
        standardized_residual: Residual over its standard error.
        deleted_residual: y less what the other studies predict for it.
        deleted_residual_se: Its standard error.
        rstudent: Their ratio: beyond about 2 the study does not fit the others.
        dffits: Change of its fitted value without it, in standard errors.
        cook: Change of all coefficients without it.
        cov_ratio: Generalised variance without it over with it; above 1 it adds precision.
        tau2_deleted: tau2 without it.
        q_deleted: Q without it.
        hat: Leverage.
        weight: Share of the weight, summing to 1.
        dfbetas: Change of each coefficient without it, in standard errors, (k, p).
        q_contribution: Its squared standardized deviation: the first axis of Baujat's plot.
        mu_influence: Squared change of its fitted value, over the variance without it: the second.
        estimable: The model can be fitted without it.
    """

    fitted: Array
    residual: Array
    standardized_residual: Array
    deleted_residual: Array
    deleted_residual_se: Array
    rstudent: Array
    dffits: Array
    cook: Array
    cov_ratio: Array
    tau2_deleted: Array
    q_deleted: Array
    hat: Array
    weight: Array
    dfbetas: Array
    q_contribution: Array
    mu_influence: Array
    estimable: Flags


def influence(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    method: str = "REML",
    intercept: bool = True,
) -> Influence:
    """Case diagnostics of a pooled effect, or of a meta-regression.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        X: Moderators, (k, m), if any.
        names: One name per moderator.
        method: Estimator of tau2; it is estimated anew without each study.
        intercept: Put a column of ones in front of the moderators.

    Raises:
        InvalidData: As for `meta_regression`.
        CannotEstimate: As for `meta_regression`.

    Source: Viechtbauer & Cheung 2010, doi:10.1002/jrsm.11; Baujat et al. 2002, doi:10.1002/sim.1221.
    """
    y, v = check_studies(y, v)
    check_method(method)
    moderators = np.empty((len(y), 0)) if X is None else X
    intercept = intercept or X is None
    design, _ = check_design(moderators, len(y), names, intercept=intercept)
    fit = partial(_fit_rows, y, v, design, method=method, intercept=intercept)
    whole, without = fit(np.ones((1, len(y)), dtype=np.bool_)), fit(~np.eye(len(y), dtype=np.bool_))
    return _compare(y, v, design, whole, without)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Fits of several parts of the same studies; NaN where a part cannot be fitted."""

    beta: Array
    covariance: Array
    log_determinant: Array
    tau2: Array
    q: Array
    hat: Array


def _fit_rows(y: Array, v: Array, X: Array, present: Flags, *, method: str, intercept: bool) -> _Rows:
    """Each row of ``present``, (n, k), fitted in portions that fit in memory."""
    portion = max(1, PORTION // X.size)
    parts = [
        _fit_portion(y, v, X, present[i : i + portion], method, intercept)
        for i in range(0, len(present), portion)
    ]
    return _Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in _Rows.__slots__))


def _fit_portion(y: Array, v: Array, X: Array, present: Flags, method: str, intercept: bool) -> _Rows:
    n, (k, p) = len(present), X.shape
    rows = _Rows(*(np.full(shape, np.nan) for shape in ((n, p), (n, p, p), (n,), (n,), (n,), (n, k))))
    good = is_full_rank(present[:, :, None] * X) & (present.sum(axis=1) > p)
    if not good.any():
        return rows
    problem = Problem.of(y, v, X, present[good], intercept=intercept)
    tau2 = estimate_tau2(problem.model, method).tau2
    fit = fit_at(problem, tau2)
    rows.beta[good], rows.covariance[good], rows.hat[good] = fit.beta, fit.covariance, fit.hat
    rows.log_determinant[good] = np.linalg.slogdet(fit.covariance)[1]
    rows.tau2[good], rows.q[good] = tau2 * problem.unit**2, cochran_q(problem.model)[0]
    return rows


def _compare(y: Array, v: Array, X: Array, whole: _Rows, without: _Rows) -> Influence:
    beta, covariance, tau2, hat = whole.beta[0], whole.covariance[0], whole.tau2[0], whole.hat[0]
    fitted, total = X @ beta, v + tau2
    residual = y - fitted
    predicted = np.einsum("kp,kp->k", X, without.beta)
    spread = np.einsum("kp,kpq,kq->k", X, without.covariance, X)
    deleted_se = np.sqrt(v + without.tau2 + spread)
    change = beta - without.beta
    free = np.where(1.0 - hat > ROUNDING, 1.0 - hat, 0.0)
    return Influence(
        fitted=fitted,
        residual=residual,
        standardized_residual=_ratio(residual, np.sqrt(total * free)),
        deleted_residual=y - predicted,
        deleted_residual_se=deleted_se,
        rstudent=(y - predicted) / deleted_se,
        dffits=_ratio(fitted - predicted, np.sqrt(hat * (v + without.tau2))),
        cook=np.einsum("kp,pq,kq->k", change, np.linalg.inv(covariance), change),
        cov_ratio=np.exp(without.log_determinant - whole.log_determinant[0]),
        tau2_deleted=without.tau2,
        q_deleted=without.q,
        hat=hat,
        weight=(1.0 / total) / (1.0 / total).sum(),
        dfbetas=change / _reference_error(v, X, without.tau2),
        q_contribution=residual**2 / total,
        mu_influence=_ratio((fitted - predicted) ** 2, spread),
        estimable=np.isfinite(without.tau2),
    )


def _ratio(above: Array, below: Array) -> Array:
    """NaN where there is nothing to divide by."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below != 0.0)


def _reference_error(v: Array, X: Array, tau2: Array) -> Array:
    """Standard errors of the coefficients from all studies, at each tau2 without one of them, (k, p)."""
    w = 1.0 / (v + np.where(np.isfinite(tau2), tau2, 0.0)[:, None])
    cross = np.einsum("kp,nk,kq->npq", X, w, X)
    return np.sqrt(np.diagonal(np.linalg.inv(cross), axis1=1, axis2=2))
