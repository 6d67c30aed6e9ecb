"""Sandwich standard errors: a mean or a meta-regression whose variances need not be right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.bias.critical import confidence_interval, p_value
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.design import check_design
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.fit import Problem, fit_at
from enthesis.statistics.pooling.regression_results import Coefficient
from enthesis.statistics.pooling.results import Caveat

__all__ = ["RobustFit", "robust_fit"]

# Tipton 2015, doi:10.1037/met0000011: below about 40 clusters the correction used here is too optimistic.
_FEW_CLUSTERS = 40


@dataclass(frozen=True, slots=True)
class RobustFit:
    """Coefficients with standard errors that survive a wrong variance, or effects that hang together.

    Attributes:
        coefficients: The intercept first; t with ``df`` degrees of freedom.
        covariance: Sandwich covariance of the coefficients, (p, p).
        tau2: Between-study variance in the weights.
        df: Clusters less coefficients.
        clusters: Number of clusters; k when every study is one of its own.
        k: Number of effects.
        level: Coverage of the intervals.
        method: Estimator of tau2.
        caveats: Doubts that the reader must see.
    """

    coefficients: tuple[Coefficient, ...]
    covariance: tuple[tuple[float, ...], ...]
    tau2: float
    df: int
    clusters: int
    k: int
    level: float
    method: str
    caveats: tuple[Caveat, ...]


def robust_fit(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    cluster: Sequence[object] | None = None,
    method: str = "REML",
    level: float = 0.95,
) -> RobustFit:
    """Mean, or coefficients of moderators, with the CR1 sandwich: n / (n - p) times the plain one.

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared; used for the weights.
        X: Moderators without the intercept, shape (k, m); none for the mean alone.
        names: One name per column of X.
        cluster: Study that each effect belongs to, length k; each effect its own without it.
        method: Estimator of tau2 in the weights.
        level: Coverage of the intervals.

    When it misleads: with few clusters, or one that is unlike the others, its intervals are too short; then
    use CR2 with Satterthwaite's degrees of freedom.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Not more clusters than coefficients, moderators that say the same, or no residual.

    Source: Hedges, Tipton & Johnson 2010, doi:10.1002/jrsm.5.
    """
    y, v = check_effects(y, v)
    check_level(level)
    check_method(method)
    k = len(y)
    columns = np.empty((k, 0)) if X is None else X
    design, labels = check_design(columns, k, names, intercept=True)
    groups, n = _groups(cluster, k)
    df = n - design.shape[1]
    if df < 1:
        raise CannotEstimate(f"{n} clusters cannot carry {design.shape[1]} coefficients.")
    problem = Problem.of(y, v, design)
    tau2 = estimate_tau2(problem.model, method).tau2
    fit = fit_at(problem, tau2)
    scores = np.zeros((n, design.shape[1]))
    np.add.at(scores, groups, design * (fit.w[0] * (y - design @ fit.beta[0]))[:, None])
    bread = fit.covariance[0]
    covariance = bread @ (scores.T @ scores) @ bread * n / df
    return RobustFit(
        coefficients=_coefficients(labels, fit.beta[0], covariance, bread, df, level),
        covariance=tuple(map(tuple, covariance.tolist())),
        tau2=float(tau2[0]) * problem.unit**2,
        df=df,
        clusters=n,
        k=k,
        level=level,
        method=method,
        caveats=_caveats(n),
    )


def _groups(cluster: Sequence[object] | None, k: int) -> tuple[NDArray[np.int64], int]:
    """Number of the cluster of each effect, and how many there are."""
    if cluster is None:
        return np.arange(k), k
    if len(cluster) != k:
        raise InvalidData(f"cluster has {len(cluster)} values for {k} effects.")
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in cluster]), len(numbers)


def _coefficients(
    labels: list[str], beta: Array, covariance: Array, bread: Array, df: int, level: float
) -> tuple[Coefficient, ...]:
    variance = np.diagonal(covariance)
    # A residual this small beside the classic variance is rounding of an exact fit.
    if (variance <= 1e-20 * np.diagonal(bread)).any():
        raise CannotEstimate("The fit leaves no residual; a robust standard error cannot be estimated.")
    rows = zip(labels, beta.tolist(), np.sqrt(variance).tolist(), strict=True)
    return tuple(
        Coefficient(name, b, se, b / se, p_value(b / se, df), confidence_interval(b, se, level, df))
        for name, b, se in rows
    )


def _caveats(clusters: int) -> tuple[Caveat, ...]:
    if clusters >= _FEW_CLUSTERS:
        return ()
    text = f"{clusters} clusters: the interval is likely too short; CR2 with Satterthwaite's df is safer."
    return (Caveat("few-clusters", text),)
