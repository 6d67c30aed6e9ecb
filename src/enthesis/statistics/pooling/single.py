"""One analysis: the batch of one, with its doubts spelt out."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.pooling.batch import PooledBatch, pool_batch
from enthesis.statistics.pooling.data import check_level, check_studies
from enthesis.statistics.pooling.doubts import SINGLE_STUDY, pooling_doubts, prediction_doubts
from enthesis.statistics.pooling.results import Caveat, Certificate, PooledEffect

__all__ = ["pool", "row_of"]


def pool(
    y: ArrayLike,
    v: ArrayLike,
    *,
    method: str = "REML",
    interval: str = "hartung-knapp",
    level: float = 0.95,
    prediction: str = "t-k-minus-1",
) -> PooledEffect:
    """The pooled effect of k studies; with one study, that study itself.

    Args:
        y: Effect of each study, (k,), on one additive scale.
        v: Sampling variance of each y, (k,), in y's unit squared.
        method: REML, DL, PM, ML, EB, HE, HS, HSk, PMM, SJ or EE (common effect).
        interval: "hartung-knapp", "hartung-knapp-floor" (never shorter than the classic one),
            "wald" (normal) or "wald-t" (t with k - 1 degrees of freedom).
        level: Coverage of every interval.
        prediction: "t-k-minus-1", "t-k-minus-2" or "normal".

    Raises:
        InvalidData: A row without a finite effect or a variance above 0; no study; a bad level.
        ValueError: An unknown name of a method, interval or prediction.
    """
    y, v = check_studies(y, v)
    check_level(level)
    batch = pool_batch(
        y[None, :], v[None, :], method=method, interval=interval, level=level, prediction=prediction
    )
    return row_of(batch, 0)


def row_of(batch: PooledBatch, i: int) -> PooledEffect:
    """Row i of a batch as a value of its own, with its caveats.

    Raises:
        CannotEstimate: The row is not valid.
    """
    if not batch.valid[i]:
        raise CannotEstimate(
            f"Row {i} of the batch holds no study, or one without a sound effect or variance."
        )
    prediction, ahead = _pair(batch.prediction_interval[i]), batch.prediction_df[i]
    certificate = batch.solution.certificate(i)
    k, ci_method = int(batch.k[i]), batch.ci_method
    if k == 1:
        ci_method = "wald"
    elif batch.scaling.degenerate[i]:
        ci_method = "hartung-knapp-floor"
    return PooledEffect(
        mu=float(batch.mu[i]),
        se=float(batch.se[i]),
        statistic=float(batch.statistic[i]),
        p=float(batch.p[i]),
        ci=(float(batch.ci[i, 0]), float(batch.ci[i, 1])),
        level=batch.level,
        tau2=_number(batch.tau2[i]),
        tau2_ci=_pair(batch.tau2_ci[i]),
        tau2_se=_number(batch.tau2_se[i]),
        q=_number(batch.q[i]),
        q_df=int(batch.q_df[i]),
        q_p=_number(batch.q_p[i]),
        i2=_number(batch.i2[i]),
        h2=_number(batch.h2[i]),
        prediction_interval=prediction,
        prediction_df=int(ahead) if np.isfinite(ahead) else None,
        prediction_distribution=None if prediction is None else batch.prediction_distribution,
        k=k,
        weights=tuple(batch.weights[i][np.isfinite(batch.v[i])].tolist()),
        method=batch.method,
        ci_method=ci_method,
        df=int(batch.df[i]) if np.isfinite(batch.df[i]) else None,
        converged=certificate.converged,
        certificate=certificate,
        caveats=_caveats(batch, i, certificate, predicted=prediction is not None),
    )


def _caveats(batch: PooledBatch, i: int, certificate: Certificate, *, predicted: bool) -> tuple[Caveat, ...]:
    if batch.k[i] == 1:
        return (SINGLE_STUDY,)
    low, high = batch.tau2_ci[i].tolist()
    tau2 = float(batch.tau2[i])
    found = pooling_doubts(
        int(batch.k[i]),
        batch.method,
        certificate,
        batch.ci_method,
        batch.scaling.row(i),
        tau2=tau2,
        tau2_ci=(low, high),
        predicted=predicted,
    )
    if not predicted:
        return found
    return (*found, *prediction_doubts(float(batch.se[i]), float(batch.i2[i]), tau2, high))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _pair(pair: np.ndarray) -> tuple[float, float] | None:
    return None if np.isnan(pair).any() else (float(pair[0]), float(pair[1]))
