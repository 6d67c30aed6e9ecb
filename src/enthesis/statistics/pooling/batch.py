"""Many analyses in one call: arrays in, arrays out, one row per analysis."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.statistics.pooling.common_mean import CommonMean
from enthesis.statistics.pooling.data import Array, Flags, Studies, check_level, prepare, read_batch
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.heterogeneity import i2_h2_by, q_p_value
from enthesis.statistics.pooling.intervals import (
    Scaling,
    check_interval,
    quantile,
    scale_variance,
    two_sided_p,
)
from enthesis.statistics.pooling.kernels import compiled_kernels
from enthesis.statistics.pooling.prediction import check_prediction, prediction_df, prediction_half_width
from enthesis.statistics.pooling.profile import q_profile
from enthesis.statistics.pooling.solution import Solution
from enthesis.statistics.pooling.sums import Sums, sums_at
from enthesis.statistics.pooling.tau2_error import tau2_standard_error

__all__ = ["PooledBatch", "pool_batch"]


@dataclass(frozen=True)
class PooledBatch:
    """B pooled effects; the names mean what they mean in `PooledEffect`, every array (B,) or (B, 2).

    A row that cannot be answered is flagged, never raised: ``valid`` is False and its numbers are
    NaN. With one study ``valid`` is True, and only what needs two studies is NaN. ``df`` and
    ``prediction_df`` are inf for a normal distribution.

    Attributes:
        valid: The row has studies, all finite with variances above 0.
        v: Variances as read, (B, k); inf where absent.
        studies: The studies in scaled units.
        solution: tau2 in scaled units, with its certificate.
        scaling: What the interval was built with.
    """

    mu: Array
    se: Array
    statistic: Array
    ci: Array
    level: float
    tau2: Array
    q: Array
    q_df: NDArray[np.int64]
    i2: Array
    h2: Array
    prediction_interval: Array
    prediction_df: Array
    prediction_distribution: str
    k: NDArray[np.int64]
    method: str
    ci_method: str
    df: Array
    valid: Flags
    v: Array = field(repr=False)
    studies: Studies = field(repr=False)
    solution: Solution = field(repr=False)
    scaling: Scaling = field(repr=False)

    @property
    def converged(self) -> Flags:
        """tau2 was found and, for a likelihood, proved to be the global optimum, (B,)."""
        return self.solution.converged & self.valid

    @property
    def boundary(self) -> Flags:
        """tau2 was estimated as 0, (B,)."""
        return self.tau2 == 0.0

    @property
    def iterations(self) -> NDArray[np.int64]:
        """Newton steps, (B,)."""
        return self.solution.iterations

    @property
    def score(self) -> Array:
        """What is left of the estimating equation at tau2, free of units, (B,)."""
        return self.solution.score

    @property
    def roots(self) -> NDArray[np.int64]:
        """Roots of the estimating equation on tau2 > 0, (B,)."""
        return self.solution.roots

    @cached_property
    def p(self) -> Array:
        """Two-sided p-value of mu = 0, (B,); computed when first asked for."""
        return two_sided_p(self.statistic, self.scaling.df)

    @cached_property
    def q_p(self) -> Array:
        """P-value of Cochran's Q, (B,); computed when first asked for."""
        return q_p_value(self.q, self.q_df)

    @cached_property
    def weights(self) -> Array:
        """Share of each study in mu, (B, k); 0 where absent, valid rows sum to 1."""
        w = 1.0 / (self.v + np.where(self.k > 1, self.tau2, 0.0)[:, None])
        total = w.sum(axis=1, keepdims=True)
        return np.divide(w, total, out=np.zeros_like(w), where=total > 0.0)

    @cached_property
    def tau2_ci(self) -> Array:
        """Q-profile interval of tau2, (B, 2); computed when first asked for."""
        ci = np.full((len(self.k), 2), np.nan)
        rows = np.flatnonzero(self.k > 1)
        model = CommonMean.of(self.studies).take(rows)
        ci[rows] = q_profile(model, self.level) * self.studies.unit[rows, None] ** 2
        return ci

    @cached_property
    def tau2_se(self) -> Array:
        """Large-sample standard error of tau2, (B,); computed when first asked for."""
        se = np.full(len(self.k), np.nan)
        rows = np.flatnonzero(self.k > 1)
        model = CommonMean.of(self.studies).take(rows)
        error = tau2_standard_error(model, self.solution.tau2[rows], self.method)
        se[rows] = error * self.studies.unit[rows] ** 2
        return se


def pool_batch(
    y: ArrayLike,
    v: ArrayLike,
    mask: ArrayLike | None = None,
    *,
    method: str = "REML",
    interval: str = "hartung-knapp",
    level: float = 0.95,
    prediction: str = "t-k-minus-1",
) -> PooledBatch:
    """Pooled effects of B analyses at once.

    Args:
        y: Effects, (B, k), each row on one additive scale.
        v: Sampling variances, (B, k).
        mask: True where a study is present, (B, k); what stands in the other places is not read.
        method: REML, DL, PM, ML, EB, HE, HS, HSk, PMM, SJ or EE (common effect).
        interval: "hartung-knapp", "hartung-knapp-floor", "wald" or "wald-t".
        level: Coverage of the intervals.
        prediction: "t-k-minus-1", "t-k-minus-2" or "normal".

    Raises:
        InvalidData: Shapes that do not fit, or a level outside (0, 1).
        ValueError: An unknown name of a method, interval or prediction.
    """
    check_method(method)
    check_interval(interval)
    check_prediction(prediction)
    check_level(level)
    y, v, valid = read_batch(y, v, mask)
    studies = _prepare(y, v)
    solution = _solve(studies, method)
    return _assemble(studies, solution, valid, v, method, interval, level, prediction)


def _solve(studies: Studies, method: str) -> Solution:
    """tau2 in scaled units; NaN where fewer than two studies leave it unknown."""
    rows = np.flatnonzero(studies.k > 1)
    if len(rows) == len(studies.k):
        return estimate_tau2(CommonMean.of(studies), method)
    n = len(studies.k)
    blank = Solution.closed(np.full(n, np.nan))
    if len(rows):
        some = estimate_tau2(CommonMean.of(studies).take(rows), method)
        for name in ("tau2", "converged", "iterations", "score", "roots"):
            getattr(blank, name)[rows] = getattr(some, name)
    return blank


def _assemble(
    studies: Studies,
    solution: Solution,
    valid: Flags,
    v: Array,
    method: str,
    interval: str,
    level: float,
    prediction: str,
) -> PooledBatch:
    sums = _sums(studies, solution.tau2)
    scaling = scale_variance(interval, sums.spread, sums.size, np.maximum(studies.k - 1, 0))
    i2, h2 = i2_h2_by(method, sums.typical, solution.tau2, sums.q, np.maximum(studies.k - 1, 1))
    ahead = prediction_df(prediction, studies.k, method)
    nan, few = np.where(valid, 0.0, np.nan), np.where(studies.k > 1, 0.0, np.nan)
    mu = studies.origin + studies.unit * sums.centre + nan
    se = studies.unit * np.sqrt(scaling.factor / sums.total) + nan
    tau2 = solution.tau2 * studies.unit**2
    return PooledBatch(
        mu=mu,
        se=se,
        statistic=mu / se,
        ci=_around(mu, quantile(level, scaling.df) * se),
        level=level,
        tau2=tau2,
        q=sums.q + few,
        q_df=np.maximum(studies.k - 1, 0),
        i2=i2 + few,
        h2=h2 + few,
        prediction_interval=_around(mu, prediction_half_width(tau2, se, ahead, level)),
        prediction_df=ahead,
        prediction_distribution=prediction,
        k=studies.k,
        method=method,
        ci_method=interval,
        df=scaling.df + nan,
        valid=valid,
        v=v,
        studies=studies,
        solution=solution,
        scaling=scaling,
    )


def _prepare(y: Array, v: Array) -> Studies:
    kernels = compiled_kernels()
    return prepare(y, v) if kernels is None else kernels.prepare_rows(y, v)


def _sums(studies: Studies, tau2: Array) -> Sums:
    kernels = compiled_kernels()
    return sums_at(studies, tau2) if kernels is None else kernels.sum_rows(studies, tau2)


def _around(centre: Array, half: Array) -> Array:
    return np.stack([centre - half, centre + half], axis=1)
