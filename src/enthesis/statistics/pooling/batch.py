"""Many analyses in one call: arrays in, arrays out, one row per analysis."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import InvalidData
from enthesis.statistics.pooling.common_mean import CommonMean
from enthesis.statistics.pooling.data import Array, Flags, Studies, check_level, prepare
from enthesis.statistics.pooling.estimators import METHODS, estimate_tau2
from enthesis.statistics.pooling.heterogeneity import cochran_q, i2_h2, typical_variance
from enthesis.statistics.pooling.intervals import check_interval, quantile, scale_variance, two_sided_p
from enthesis.statistics.pooling.prediction import check_prediction, prediction_df, prediction_half_width
from enthesis.statistics.pooling.profile import q_profile
from enthesis.statistics.pooling.solution import Solution

__all__ = ["PooledBatch", "pool_batch"]


@dataclass(frozen=True)
class PooledBatch:
    """B pooled effects; the names mean what they mean in `PooledEffect`, every array (B,) or (B, 2).

    A row that cannot be answered is flagged, never raised: ``valid`` is False and its numbers are
    NaN. With one study ``valid`` is True, and only what needs two studies is NaN.

    Attributes:
        valid: The row has studies, all finite with variances above 0.
        converged: tau2 was found (and, for a likelihood, proved to be the global optimum).
        iterations: Newton steps.
        score: What is left of the estimating equation, free of units.
        boundary: tau2 lies on 0.
        roots: Roots of the estimating equation on tau2 > 0.
        residual_spread: Q at tau2 per degree of freedom: what Hartung-Knapp multiplies by.
        degenerate: Hartung-Knapp met effects without any spread and kept the classic variance.
    """

    mu: Array
    se: Array
    statistic: Array
    p: Array
    ci: Array
    level: float
    tau2: Array
    q: Array
    q_df: NDArray[np.int64]
    q_p: Array
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
    converged: Flags
    iterations: NDArray[np.int64]
    score: Array
    boundary: Flags
    roots: NDArray[np.int64]
    residual_spread: Array
    degenerate: Flags
    v: Array = field(repr=False)
    studies: Studies = field(repr=False)

    @cached_property
    def weights(self) -> Array:
        """Share of each study in mu, (B, k); 0 where absent, rows sum to 1."""
        w = 1.0 / (self.v + np.where(self.k > 1, self.tau2, 0.0)[:, None])
        total = w.sum(axis=1, keepdims=True)
        return np.divide(w, total, out=np.zeros_like(w), where=total > 0.0)

    @cached_property
    def tau2_ci(self) -> Array:
        """Q-profile interval of tau2, (B, 2); computed when first asked for."""
        ci = np.full((len(self.k), 2), np.nan)
        rows = np.flatnonzero(self.k > 1)
        if len(rows):
            model = CommonMean.of(self.studies).take(rows)
            ci[rows] = q_profile(model, self.level) * self.studies.unit[rows, None] ** 2
        return ci


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
        method: REML, DL, PM, ML, EB, HE, HS, SJ or EE (common effect).
        interval: "hartung-knapp", "hartung-knapp-floor", "wald" or "wald-t".
        level: Coverage of the intervals.
        prediction: "t-k-minus-1", "t-k-minus-2" or "normal".

    Raises:
        InvalidData: Shapes that do not fit, or a level outside (0, 1).
        ValueError: An unknown name of a method, interval or prediction.
    """
    if method not in METHODS:
        raise ValueError(f"Unknown method {method!r}; give one of {', '.join(METHODS)}.")
    check_interval(interval), check_prediction(prediction), check_level(level)
    y, v, valid = _read(y, v, mask)
    studies = prepare(y, v)
    solution = _solve(studies, method)
    return _assemble(studies, solution, valid, v, method, interval, level, prediction)


def _read(y: ArrayLike, v: ArrayLike, mask: ArrayLike | None) -> tuple[Array, Array, Flags]:
    """Float arrays of one (B, k) shape, v = inf where absent, and which rows are valid."""
    y, v = np.asarray(y, dtype=np.float64), np.asarray(v, dtype=np.float64)
    present = None if mask is None else np.asarray(mask, dtype=np.bool_)
    if y.ndim != 2 or y.shape != v.shape or (present is not None and present.shape != y.shape):
        shapes = f"y {y.shape}, v {v.shape}" + ("" if present is None else f", mask {present.shape}")
        raise InvalidData(f"A batch needs y, v and mask of one shape (analyses, studies); got {shapes}.")
    sound = np.isfinite(y) & np.isfinite(v) & (v > 0.0)
    if present is None and y.shape[1] and sound.all():
        return y, v, np.ones(len(y), dtype=np.bool_)
    present = np.ones(y.shape, dtype=np.bool_) if present is None else present
    valid = present.any(axis=1) & (sound | ~present).all(axis=1)
    present = present & valid[:, None]
    return np.where(present, y, 0.0), np.where(present, v, np.inf), valid


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
    model, plural = CommonMean.of(studies), studies.k > 1
    w = 1.0 / (studies.v + np.where(plural, solution.tau2, 0.0)[:, None])
    total = w.sum(axis=1)
    centre = np.einsum("nk,nk->n", w, studies.z) / total
    q_at_tau2 = np.einsum("nk,nk->n", studies.z, model.project(w, total, studies.z))
    scaling = scale_variance(interval, q_at_tau2, np.maximum(studies.k - 1, 0))
    nan = np.where(valid, 0.0, np.nan)
    mu = studies.origin + studies.unit * centre + nan
    se = studies.unit * np.sqrt(scaling.factor / total) + nan
    statistic = mu / se
    half = quantile(level, scaling.df) * se
    q, q_p = cochran_q(model)
    i2, h2 = _heterogeneity(model, solution.tau2, q, method)
    few = np.where(plural, 0.0, np.nan)
    tau2 = solution.tau2 * studies.unit**2
    ahead = prediction_df(prediction, studies.k)
    reach = prediction_half_width(tau2, se, ahead, level)
    return PooledBatch(
        mu=mu, se=se, statistic=statistic, p=two_sided_p(statistic, scaling.df),
        ci=np.stack([mu - half, mu + half], axis=1), level=level, tau2=tau2,
        q=q + few, q_df=np.maximum(studies.k - 1, 0), q_p=q_p + few, i2=i2 + few, h2=h2 + few,
        prediction_interval=np.stack([mu - reach, mu + reach], axis=1),
        prediction_df=np.where(ahead > 0, ahead, np.nan), prediction_distribution=prediction,
        k=studies.k, method=method, ci_method=interval, df=scaling.df + nan, valid=valid,
        converged=solution.converged & valid, iterations=solution.iterations, score=solution.score,
        boundary=solution.tau2 == 0.0, roots=solution.roots, residual_spread=scaling.spread,
        degenerate=scaling.degenerate, v=v, studies=studies,
    )  # fmt: skip


def _heterogeneity(model: CommonMean, tau2: Array, q: Array, method: str) -> tuple[Array, Array]:
    """From tau2; for a common effect, which has none, from Q."""
    df = np.maximum(model.k - 1, 1)
    if method == "EE":
        h2 = q / df
        return np.maximum(1.0 - 1.0 / np.maximum(h2, 1.0), 0.0), h2
    return i2_h2(tau2, typical_variance(model))
