"""Standard error, test and confidence interval of a pooled effect."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.distributions import ndtr, ndtri, stdtr, stdtrit
from enthesis.statistics.pooling.data import Array

__all__ = ["INTERVALS", "Scaling", "check_interval", "quantile", "scale_variance", "two_sided_p"]

#: wald: normal. wald-t: t with k - p degrees of freedom. hartung-knapp: the same t, and the variance
#: multiplied by the residual spread. hartung-knapp-floor: by that spread, but never by less than 1.
INTERVALS = ("hartung-knapp", "hartung-knapp-floor", "wald", "wald-t")

#: A residual spread this small, or this small a share of the data's own, is rounding.
ROUNDING = 1e-20
SHARE = 1e-24


class Scaling(NamedTuple):
    """How an interval is built, per analysis.

    Attributes:
        factor: What the classic variance is multiplied by, (B,).
        df: Degrees of freedom, inf for a normal distribution, (B,).
        spread: Residual spread around the fit per degree of freedom; 1 is as expected, (B,).
        degenerate: Hartung-Knapp had no spread to work with and fell back to the floor, (B,).
    """

    factor: Array
    df: Array
    spread: Array
    degenerate: NDArray[np.bool_]

    def row(self, i: int) -> "Scaling":
        """That of analysis i alone."""
        one = slice(i, i + 1)
        return Scaling(self.factor[one], self.df[one], self.spread[one], self.degenerate[one])


def check_interval(interval: str) -> str:
    """The name, if there is such an interval.

    Raises:
        ValueError: There is none.
    """
    if interval not in INTERVALS:
        raise ValueError(f"Unknown interval {interval!r}; give one of {', '.join(INTERVALS)}.")
    return interval


def scale_variance(interval: str, q: Array, size: Array, residual_df: NDArray[np.int64]) -> Scaling:
    """Factor and degrees of freedom; Wald where residual_df is 0.

    Args:
        interval: One of INTERVALS.
        q: Weighted residual sum of squares at the chosen tau2, (B,).
        size: Weighted sum of squares of the data, (B,).
        residual_df: k - p, (B,).

    Source: Hartung & Knapp 2001, doi:10.1002/sim.791; Knapp & Hartung 2003, doi:10.1002/sim.1482.
    """
    enough = residual_df > 0
    spread = np.divide(q, residual_df, out=np.ones_like(q), where=enough)
    df = np.where(enough & (interval != "wald"), residual_df, np.inf)
    degenerate = np.zeros(len(q), dtype=np.bool_)
    factor = np.ones_like(q)
    if interval == "hartung-knapp":
        degenerate = (spread < ROUNDING) | (q <= SHARE * size)
        factor = np.where(degenerate, 1.0, spread)
    elif interval == "hartung-knapp-floor":
        factor = np.maximum(spread, 1.0)
    return Scaling(factor, df, spread, degenerate)


def quantile(level: float, df: Array) -> Array:
    """Two-sided critical value of t, or of the normal where df is inf."""
    upper = 0.5 + level / 2.0
    values, where = df[:1], np.zeros(len(df), dtype=np.int64)
    if not (df == values).all():
        values, where = np.unique(df, return_inverse=True)
    normal = np.isinf(values)
    critical = np.where(normal, ndtri(upper), stdtrit(np.where(normal, 1.0, values), upper))
    return critical[where]


def two_sided_p(statistic: Array, df: Array) -> Array:
    """P(|T| >= |statistic|) under t, or under the normal where df is inf."""
    lower = -np.abs(statistic)
    t = stdtr(np.where(np.isinf(df), 1.0, df), lower)
    return 2.0 * np.where(np.isinf(df), ndtr(lower), t)
