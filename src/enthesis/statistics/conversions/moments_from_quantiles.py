"""Mean and standard deviation from a median with quartiles or range, for data close to normal.

Authors print medians because their data are skewed; these formulas assume that they are not. The skewness
test comes with every answer, and an estimated mean stays an estimate.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import number_or_array, plural_rows
from enthesis.statistics.conversions.five_numbers import FiveNumbers, Scenario, five_numbers
from enthesis.statistics.conversions.rules import Array, Mask, check_option
from enthesis.statistics.conversions.skewness import critical_skewness, skewness_statistic
from enthesis.statistics.distributions import ndtri

__all__ = [
    "EstimatedMoments",
    "MeanMethod",
    "SdMethod",
    "mean_luo",
    "mean_wan",
    "moments_from_quantiles",
    "sd_shi",
    "sd_wan",
]

MeanMethod = Literal["luo", "wan"]
SdMethod = Literal["shi", "wan"]


@dataclass(frozen=True, eq=False, slots=True)
class EstimatedMoments:
    """Mean and standard deviation estimated from order statistics; floats, or arrays of shape (k,)."""

    mean: Any
    sd: Any
    scenario: Scenario
    mean_method: str
    sd_method: str
    skewed: Any
    """True where the test finds the data skewed at the 5 % level: the estimate is then not to be trusted.

    False proves nothing: quartiles of forty patients show even a lognormal only three times in ten.
    """
    caveats: tuple[str, ...]


def moments_from_quantiles(
    n: ArrayLike,
    median: ArrayLike,
    *,
    q1: ArrayLike | None = None,
    q3: ArrayLike | None = None,
    minimum: ArrayLike | None = None,
    maximum: ArrayLike | None = None,
    mean_method: MeanMethod = "luo",
    sd_method: SdMethod = "shi",
) -> EstimatedMoments:
    """Mean and standard deviation of one arm from the order statistics that were printed.

    Args:
        n: Patients, at least 5.
        median: Median.
        q1: First quartile; together with q3.
        q3: Third quartile.
        minimum: Smallest value; together with maximum.
        maximum: Largest value.
        mean_method: "luo" (optimal for normal data) or "wan" (the older, simpler formula).
        sd_method: "shi" for all five numbers (without all five, Wan's formula is used), or "wan".

    Raises:
        InvalidData: Neither both quartiles nor both extremes, a missing figure, figures out of order or all
            equal, or fewer than five patients.

    Source: Luo et al. 2018, doi:10.1177/0962280216669183; Wan et al. 2014, doi:10.1186/1471-2288-14-135;
    Shi et al. 2020, doi:10.1002/jrsm.1429; skewness Shi et al. 2023, doi:10.1177/09622802231172043.
    """
    check_option("mean_method", mean_method, MeanMethod)
    check_option("sd_method", sd_method, SdMethod)
    numbers = five_numbers(n, median, q1=q1, q3=q3, minimum=minimum, maximum=maximum)
    if numbers.scenario != "five-numbers":
        sd_method = "wan"
    mean = mean_luo(numbers) if mean_method == "luo" else mean_wan(numbers)
    sd = sd_shi(numbers) if sd_method == "shi" else sd_wan(numbers)
    skewed = skewness_statistic(numbers) > critical_skewness(numbers)
    return EstimatedMoments(
        number_or_array(mean),
        number_or_array(sd),
        numbers.scenario,
        {"luo": "Luo 2018", "wan": "Wan 2014"}[mean_method],
        {"shi": "Shi 2020", "wan": "Wan 2014"}[sd_method],
        bool(skewed) if skewed.ndim == 0 else skewed,
        _caveats(numbers, skewed),
    )


def mean_luo(numbers: FiveNumbers) -> Array:
    """Mean by the weights that are optimal for normal data.

    Source: Luo et al. 2018, doi:10.1177/0962280216669183.
    """
    n, mid_range, mid_quartile = numbers.n, _middle_of_range(numbers), _middle_of_quartiles(numbers)
    if numbers.scenario == "range":
        weight = 4 / (4 + n**0.75)
        return weight * mid_range + (1 - weight) * numbers.median
    if numbers.scenario == "quartiles":
        weight = 0.7 + 0.39 / n
        return weight * mid_quartile + (1 - weight) * numbers.median
    outer, inner = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
    return outer * mid_range + inner * mid_quartile + (1 - outer - inner) * numbers.median


def mean_wan(numbers: FiveNumbers) -> Array:
    """Mean by the fixed weights of the older formulas.

    Source: Hozo, Djulbegovic & Hozo 2005, doi:10.1186/1471-2288-5-13 (range); Wan et al. 2014,
    doi:10.1186/1471-2288-14-135 (quartiles); Bland 2015, doi:10.6000/1929-6029.2015.04.01.6 (five numbers).
    """
    n, median = numbers.n, numbers.median
    if numbers.scenario == "range":
        extremes = numbers.minimum + numbers.maximum
        return (extremes + 2 * median) / 4 + (extremes - 2 * median) / (4 * n)
    if numbers.scenario == "quartiles":
        return (numbers.q1 + median + numbers.q3) / 3
    return (numbers.minimum + 2 * numbers.q1 + 2 * median + 2 * numbers.q3 + numbers.maximum) / 8


def sd_wan(numbers: FiveNumbers) -> Array:
    """Standard deviation from the expected width of the range or of the quartiles of a normal sample.

    The widths are the paper's published approximations (its equations with Blom's normal scores); its tables
    for n up to 50 give the same to within 0.5 % from n = 10 on (1.5 % at n = 5).

    Source: Wan et al. 2014, doi:10.1186/1471-2288-14-135.
    """
    by_range = (numbers.maximum - numbers.minimum) / expected_range(numbers.n)
    by_quartiles = (numbers.q3 - numbers.q1) / expected_quartile_width(numbers.n)
    if numbers.scenario == "range":
        return by_range
    if numbers.scenario == "quartiles":
        return by_quartiles
    return (by_range + by_quartiles) / 2


def sd_shi(numbers: FiveNumbers) -> Array:
    """Standard deviation from all five numbers: range and quartiles, weighted by what each tells at this n.

    Source: Shi et al. 2020, doi:10.1002/jrsm.1429.
    """
    n = numbers.n
    weight = 1 / (1 + 0.07 * n**0.6)
    by_range = (numbers.maximum - numbers.minimum) / expected_range(n)
    by_quartiles = (numbers.q3 - numbers.q1) / expected_quartile_width(n)
    return weight * by_range + (1 - weight) * by_quartiles


def expected_range(n: Array) -> Array:
    """Expected range of n values of a standard normal variable (ξ of the paper, by Blom's normal scores)."""
    return 2 * ndtri((n - 0.375) / (n + 0.25))


def expected_quartile_width(n: Array) -> Array:
    """Expected interquartile range of n values of a standard normal variable (η of the paper)."""
    return 2 * ndtri((0.75 * n - 0.125) / (n + 0.25))


def _middle_of_range(numbers: FiveNumbers) -> Array:
    return (numbers.minimum + numbers.maximum) / 2


def _middle_of_quartiles(numbers: FiveNumbers) -> Array:
    return (numbers.q1 + numbers.q3) / 2


def _caveats(numbers: FiveNumbers, skewed: Mask) -> tuple[str, ...]:
    printed = {
        "range": "median and range",
        "quartiles": "median and quartiles",
        "five-numbers": "median, quartiles and range",
    }[numbers.scenario]
    caveats = [f"Mean and SD were estimated from {printed}, as if the data were normal."]
    if skewed.any():
        whose = f"{plural_rows(np.flatnonzero(skewed).tolist())}: " if skewed.ndim else ""
        caveats.append(f"{whose}the figures are those of skewed data; the estimated mean and SD may mislead.")
    return tuple(caveats)
