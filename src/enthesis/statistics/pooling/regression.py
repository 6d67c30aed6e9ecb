"""Meta-regression: what moderators explain of the differences between studies."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import InvalidData
from enthesis.statistics.distributions import chdtrc, fdtrc
from enthesis.statistics.pooling.data import Array, check_level, check_studies
from enthesis.statistics.pooling.design import check_design
from enthesis.statistics.pooling.doubts import regression_doubts
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.fit import Problem, fit_at
from enthesis.statistics.pooling.heterogeneity import cochran_q, i2_h2_of
from enthesis.statistics.pooling.intervals import (
    check_interval,
    quantile,
    scale_variance,
    two_sided_p,
)
from enthesis.statistics.pooling.profile import q_profile
from enthesis.statistics.pooling.regression_results import (
    Coefficient,
    Heterogeneity,
    MetaRegression,
    ModeratorTest,
    PredictedEffect,
)
from enthesis.statistics.pooling.solution import Solution
from enthesis.statistics.pooling.tau2_error import tau2_standard_error

__all__ = ["meta_regression", "predict"]


def meta_regression(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike,
    names: Sequence[str],
    *,
    method: str = "REML",
    interval: str = "hartung-knapp",
    level: float = 0.95,
    intercept: bool = True,
) -> MetaRegression:
    """How the effect moves with moderators, and what heterogeneity they leave.

    Between-study comparisons: they can be confounded, and with fewer than about ten studies per
    moderator they find what is not there.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        X: Moderators without the intercept, (k, m); categories as 0/1 columns.
        names: One name per column of X.
        method: Estimator of the residual tau2; see `pool`.
        interval: See `pool`; the t and F tests have k - p degrees of freedom.
        level: Coverage of the intervals.
        intercept: Put a column of ones in front.

    Raises:
        InvalidData: Values, shapes or names that do not fit.
        CannotEstimate: Not more studies than coefficients, or moderators that say the same.
        ValueError: An unknown method or interval.

    Source: Thompson & Sharp 1999, doi:10.1002/(SICI)1097-0258(19991030)18:20<2693::AID-SIM235>3.0.CO;2-V;
        Knapp & Hartung 2003, doi:10.1002/sim.1482.
    """
    y, v = check_studies(y, v)
    check_level(level)
    check_method(method)
    check_interval(interval)
    design, labels = check_design(X, len(y), names, intercept=intercept)
    problem = Problem.of(y, v, design, intercept=intercept)
    solution = estimate_tau2(problem.model, method)
    fit = fit_at(problem, solution.tau2)
    scaling = scale_variance(interval, fit.q, fit.size, problem.model.k - problem.model.p)
    covariance = fit.covariance[0] * scaling.factor[0]
    residual = _residual(problem, solution, method, level)
    certificate = solution.certificate(0)
    return MetaRegression(
        coefficients=_coefficients(labels, fit.beta[0], covariance, scaling.df, level),
        covariance=tuple(map(tuple, covariance.tolist())),
        moderators=_test(fit.beta[0], covariance, scaling.df[0], first=int(intercept)),
        residual=residual,
        r2=_explained(problem, residual, method) if intercept else None,
        k=len(y),
        level=level,
        method=method,
        ci_method="hartung-knapp-floor" if scaling.degenerate[0] else interval,
        df=None if np.isinf(scaling.df[0]) else int(scaling.df[0]),
        certificate=certificate,
        caveats=regression_doubts(len(y), len(names), method, certificate, interval, scaling),
    )


def predict(
    regression: MetaRegression, X: ArrayLike, *, prediction_df: int | None = None
) -> tuple[PredictedEffect, ...]:
    """The mean effect at each row of X, and where a new study there is expected.

    Args:
        regression: What `meta_regression` gave.
        X: Designs as its coefficients have them, so with a 1 for the intercept, (n, p).
        prediction_df: Degrees of freedom of the prediction interval; those of the fit if left out.
    """
    rows = np.atleast_2d(np.asarray(X, dtype=np.float64))
    beta = np.array([c.estimate for c in regression.coefficients])
    if rows.shape[1] != len(beta):
        raise InvalidData(f"Each row needs {len(beta)} values, one per coefficient; got {rows.shape[1]}.")
    mu = rows @ beta
    se = np.sqrt(np.einsum("ip,pq,iq->i", rows, np.array(regression.covariance), rows))
    df = np.array([np.inf if regression.df is None else regression.df])
    ahead = df if prediction_df is None else np.array([float(prediction_df)])
    half = quantile(regression.level, df) * se
    reach = quantile(regression.level, ahead) * np.sqrt(regression.tau2 + se**2)
    is_random = regression.method != "EE"
    return tuple(
        PredictedEffect(m, s, (m - h, m + h), (m - r, m + r) if is_random else None)
        for m, s, h, r in zip(mu.tolist(), se.tolist(), half.tolist(), reach.tolist(), strict=True)
    )


def _coefficients(
    labels: list[str], beta: Array, covariance: Array, df: Array, level: float
) -> tuple[Coefficient, ...]:
    se = np.sqrt(np.diagonal(covariance))
    statistic = beta / se
    p = two_sided_p(statistic, np.broadcast_to(df, se.shape))
    half = quantile(level, df) * se
    columns = (x.tolist() for x in (beta, se, statistic, p, beta - half, beta + half))
    return tuple(
        Coefficient(name, b, s, t, p, (low, high))
        for name, b, s, t, p, low, high in zip(labels, *columns, strict=True)
    )


def _test(beta: Array, covariance: Array, df: float, *, first: int) -> ModeratorTest:
    """Wald test of the coefficients from ``first`` on: chi-square, or F with df below the line."""
    some, m = beta[first:], len(beta) - first
    wald = float(some @ np.linalg.solve(covariance[first:, first:], some))
    if np.isinf(df):
        return ModeratorTest(wald, m, None, float(chdtrc(m, wald)))
    return ModeratorTest(wald / m, m, int(df), float(fdtrc(m, df, wald / m)))


def _residual(problem: Problem, solution: Solution, method: str, level: float) -> Heterogeneity:
    model, square = problem.model, problem.unit**2
    q, p = cochran_q(model)
    i2, h2 = i2_h2_of(model, solution.tau2, q, method)
    low, high = (q_profile(model, level)[0] * square).tolist()
    error = float(tau2_standard_error(model, solution.tau2, method)[0]) * square
    return Heterogeneity(
        q=float(q[0]),
        df=int(model.k[0] - model.p),
        p=float(p[0]),
        tau2=float(solution.tau2[0]) * square,
        tau2_ci=(low, high),
        tau2_se=None if np.isnan(error) else error,
        i2=float(i2[0]),
        h2=float(h2[0]),
    )


def _explained(problem: Problem, residual: Heterogeneity, method: str) -> float | None:
    """1 - tau2 over tau2 without moderators, 0-1; for a common effect, of the residual variance.

    Source: Raudenbush 2009, in Cooper, Hedges & Valentine, Handbook of Research Synthesis, ch. 16.
    """
    model = problem.model
    bare = replace(model, X=np.ones((1, model.z.shape[1], 1)))
    if method == "EE":
        before, after = float(cochran_q(bare)[0][0]) / (residual.df + model.p - 1), residual.q / residual.df
    else:
        before = float(estimate_tau2(bare, method).tau2[0]) * problem.unit**2
        after = residual.tau2
    return max(0.0, 1.0 - after / before) if before > 0.0 else None
