"""Critical value and p-value of one statistic: t, or normal without degrees of freedom."""

import numpy as np

from enthesis.statistics.pooling.intervals import quantile, two_sided_p

__all__ = ["confidence_interval", "p_value"]


def confidence_interval(estimate: float, se: float, level: float, df: float | None) -> tuple[float, float]:
    """estimate -/+ the two-sided critical value times se."""
    half = float(quantile(level, _df(df))[0]) * se
    return estimate - half, estimate + half


def p_value(statistic: float, df: float | None) -> float:
    """Two-sided p-value."""
    return float(two_sided_p(np.array([statistic]), _df(df))[0])


def _df(df: float | None) -> np.ndarray:
    return np.array([np.inf if df is None else float(df)])
