"""Is an outcome skewed? Told from its order statistics, or from a mean that stands too close to the floor."""

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import number_or_array, read_columns
from enthesis.statistics.conversions.five_numbers import FiveNumbers
from enthesis.statistics.conversions.rules import Array, Rule, above, complete, require

__all__ = ["FloorSkew", "critical_skewness", "quartile_skewness", "skew_near_floor", "skewness_statistic"]

FloorSkew = Literal["not shown", "suggested", "strong"]


def skewness_statistic(numbers: FiveNumbers) -> Array:
    """Test statistic of skewness from the printed order statistics; compare with ``critical_skewness``.

    Source: Shi et al. 2023, doi:10.1177/09622802231172043, T1, T2 and T3.
    """
    n = numbers.n
    of_range = np.abs(numbers.minimum + numbers.maximum - 2 * numbers.median) / (
        numbers.maximum - numbers.minimum
    )
    of_quartiles = np.abs(numbers.q1 + numbers.q3 - 2 * numbers.median) / (numbers.q3 - numbers.q1)
    if numbers.scenario == "range":
        return of_range
    if numbers.scenario == "quartiles":
        return of_quartiles
    return np.maximum(2.65 * np.log(0.6 * n) / np.sqrt(n) * of_range, of_quartiles)


def critical_skewness(numbers: FiveNumbers) -> Array:
    """What the statistic exceeds in 5 % of samples of normal data of this size.

    Source: Shi et al. 2023, doi:10.1177/09622802231172043, approximated critical values.
    """
    n = numbers.n
    if numbers.scenario == "range":
        return 1.01 / np.log(n + 9) + 2.43 / (n + 1)
    if numbers.scenario == "quartiles":
        return 2.65 / np.sqrt(n) - 6 / n**2
    return 2.97 / np.sqrt(n) - 39.1 / n**3


def quartile_skewness(q1: ArrayLike, median: ArrayLike, q3: ArrayLike) -> Any:
    """Bowley's coefficient (q1 + q3 - 2 median)/(q3 - q1): 0 symmetric, 1 all skewed to the right.

    Args:
        q1: First quartile.
        median: Median, between the quartiles.
        q3: Third quartile, above q1.

    Raises:
        InvalidData: A figure missing or out of order.

    Source: Bowley 1901, Elements of Statistics.
    """
    q1, median, q3 = read_columns(q1=q1, median=median, q3=q3)
    require(
        *complete(q1=q1, median=median, q3=q3),
        Rule("q3", q3, q3 <= q1, "above q1"),
        Rule("median", median, (median < q1) | (median > q3), "between q1 and q3"),
    )
    return number_or_array((q1 + q3 - 2 * median) / (q3 - q1))


def skew_near_floor(mean: float, sd: float, *, floor: float = 0.0) -> FloorSkew:
    """Whether a mean stands so few SDs above the lowest possible value that the data must be skewed.

    Args:
        mean: Mean, on a scale with a lowest possible value (a final score, never a change).
        sd: Standard deviation, above 0.
        floor: The lowest possible value.

    Returns:
        "strong" when the mean is less than one SD above the floor, "suggested" when less than two.

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Altman & Bland 1996, doi:10.1136/bmj.313.7066.1200; Cochrane Handbook 10.5.3.
    """
    m, s, low = read_columns(mean=mean, sd=sd, floor=floor)
    require(
        *complete(mean=m, sd=s, floor=low), above("sd", s, 0), Rule("mean", m, m < low, f"at least {floor:g}")
    )
    if m - low < s:
        return "strong"
    return "suggested" if m - low < 2 * s else "not shown"
