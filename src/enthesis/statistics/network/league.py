"""Every treatment against every other."""

from dataclasses import dataclass

import numpy as np

from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.intervals import quantile, two_sided_p

__all__ = ["League", "league_of"]


@dataclass(frozen=True, slots=True, eq=False)
class League:
    """Row treatment less column treatment, each array (T, T) and closed for writing; the diagonal is 0.

    Attributes:
        treatments: Of rows and columns.
        estimate: Effects; logarithms for OR and RR.
        se: Standard errors.
        p: Two-sided p-values; 1 on the diagonal.
        ci_low: Lower limits.
        ci_high: Upper limits.
        prediction_low: Lower limits of the prediction intervals; None where there are none.
        prediction_high: Upper limits.
        level: Coverage of both.
    """

    treatments: tuple[str, ...]
    estimate: Array
    se: Array
    p: Array
    ci_low: Array
    ci_high: Array
    prediction_low: Array | None
    prediction_high: Array | None
    level: float


def league_of(
    treatments: tuple[str, ...],
    effects: Array,
    covariance: Array,
    *,
    df: float,
    tau2: float | None,
    prediction_df: float,
    level: float,
) -> League:
    """The table from effects against the first treatment, (T,), and their covariance, (T, T).

    Args:
        treatments: Names, (T,).
        effects: Effects, 0 for the first.
        covariance: Their covariance, 0 for the first.
        df: Degrees of freedom of the intervals; inf for a normal.
        tau2: Between-trial variance, if known.
        prediction_df: Degrees of freedom of the prediction intervals; NaN where there are none.
        level: Coverage.
    """
    estimate = effects[:, None] - effects[None, :]
    own = np.diagonal(covariance)
    variance = own[:, None] + own[None, :] - 2.0 * covariance
    np.fill_diagonal(variance, 0.0)
    se = np.sqrt(np.maximum(variance, 0.0))
    statistic = np.divide(estimate, se, out=np.zeros_like(se), where=se > 0.0)
    p = two_sided_p(statistic, np.full(se.shape, df))
    half = float(quantile(level, np.array([df]))[0]) * se
    low = high = None
    if tau2 is not None and not np.isnan(prediction_df):
        reach = float(quantile(level, np.array([prediction_df]))[0]) * np.sqrt(variance + tau2)
        np.fill_diagonal(reach, 0.0)
        low, high = _closed(estimate - reach), _closed(estimate + reach)
    return League(
        treatments=treatments,
        estimate=_closed(estimate),
        se=_closed(se),
        p=_closed(p),
        ci_low=_closed(estimate - half),
        ci_high=_closed(estimate + half),
        prediction_low=low,
        prediction_high=high,
        level=level,
    )


def _closed(values: Array) -> Array:
    values.setflags(write=False)
    return values
