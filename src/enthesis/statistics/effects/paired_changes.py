"""Change within one group: two measurements of the same patients, in raw and standardised units.

A change from baseline without a comparator holds natural course, regression to the mean and placebo as well
as treatment.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, above, at_least, between, check_option, require
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.standardised_mean_differences import hedges_correction

__all__ = [
    "ChangeVariance",
    "log_ratio_of_paired_means",
    "mean_change",
    "standardised_mean_change",
    "standardised_mean_change_raw_score",
    "standardised_mean_change_raw_score_separate_sds",
]

ChangeVariance = Literal["large-sample", "shrunken-large-sample"]


@without_warnings
def mean_change(
    m1: ArrayLike, sd1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n: ArrayLike, r: ArrayLike
) -> EffectSizes:
    """Mean of measurement 1 less mean of measurement 2, in the unit of the instrument.

    Args:
        m1: Mean of measurement 1 (usually follow-up).
        sd1: Standard deviation of measurement 1, above 0.
        m2: Mean of measurement 2 (usually baseline).
        sd2: Standard deviation of measurement 2.
        n: Patients measured twice, at least 2.
        r: Correlation of the two measurements, in (-1, 1).

    Raises:
        InvalidData: A figure outside its range.

    Source: Cochrane Handbook 6.5.2.8.
    """
    figures = _read_pairs(m1, sd1, m2, sd2, n, r)
    m1, sd1, m2, sd2, n, r = figures.values()
    return effect_sizes("MC", m1 - m2, _change_variance(sd1, sd2, r) / n, figures)


@without_warnings
def standardised_mean_change(
    m1: ArrayLike,
    sd1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    variance: ChangeVariance = "large-sample",
) -> EffectSizes:
    """Mean change over the standard deviation of the changes, with Hedges' correction.

    Larger than the raw-score kind when the measurements correlate above 0.5; never pool the two kinds.

    Args:
        m1: Mean of measurement 1.
        sd1: Standard deviation of measurement 1, above 0.
        m2: Mean of measurement 2.
        sd2: Standard deviation of measurement 2.
        n: Patients measured twice, at least 3.
        r: Correlation of the two measurements, in (-1, 1).
        variance: "large-sample" with g; "shrunken-large-sample" with d, times J².

    Raises:
        InvalidData: A figure outside its range.

    Source: Gibbons, Hedeker & Davis 1993, doi:10.3102/10769986018003271; Morris & DeShon 2002,
    doi:10.1037/1082-989X.7.1.105.
    """
    figures = _read_pairs(m1, sd1, m2, sd2, n, r, smallest_n=3)
    m1, sd1, m2, sd2, n, r = figures.values()
    d = (m1 - m2) / np.sqrt(_change_variance(sd1, sd2, r))
    return _standardised("SMCC", d, 1 / n, n, figures, variance)


@without_warnings
def standardised_mean_change_raw_score(
    m1: ArrayLike,
    sd1: ArrayLike,
    m2: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    variance: ChangeVariance = "large-sample",
) -> EffectSizes:
    """Mean change over the standard deviation of measurement 1, the spreads taken as equal.

    Args:
        m1: Mean of measurement 1.
        sd1: Standard deviation that standardises, above 0.
        m2: Mean of measurement 2.
        n: Patients measured twice, at least 3.
        r: Correlation of the two measurements, in (-1, 1).
        variance: "large-sample" with g; "shrunken-large-sample" with d, times J².

    Raises:
        InvalidData: A figure outside its range.

    Source: Becker 1988, doi:10.1111/j.2044-8317.1988.tb00901.x; Morris & DeShon 2002,
    doi:10.1037/1082-989X.7.1.105.
    """
    figures = _read_pairs(m1, sd1, m2, sd1, n, r, smallest_n=3)
    del figures["sd2"]
    m1, sd1, m2, n, r = figures.values()
    return _standardised("SMCR", (m1 - m2) / sd1, 2 * (1 - r) / n, n, figures, variance)


@without_warnings
def standardised_mean_change_raw_score_separate_sds(
    m1: ArrayLike, sd1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n: ArrayLike, r: ArrayLike
) -> EffectSizes:
    """Mean change over the standard deviation of measurement 1, which need not equal that of measurement 2.

    Args:
        m1: Mean of measurement 1.
        sd1: Standard deviation that standardises, above 0.
        m2: Mean of measurement 2.
        sd2: Standard deviation of measurement 2.
        n: Patients measured twice, at least 3.
        r: Correlation of the two measurements, in (-1, 1).

    Raises:
        InvalidData: A figure outside its range.

    Source: Bonett 2008, doi:10.1037/1082-989X.13.2.99, with Hedges' J.
    """
    figures = _read_pairs(m1, sd1, m2, sd2, n, r, smallest_n=3)
    m1, sd1, m2, sd2, n, r = figures.values()
    y = hedges_correction(n - 1) * (m1 - m2) / sd1
    v = _change_variance(sd1, sd2, r) / (sd1**2 * (n - 1)) + y**2 / (2 * (n - 1))
    return effect_sizes("SMCRH", y, v, figures)


@without_warnings
def log_ratio_of_paired_means(
    m1: ArrayLike, sd1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n: ArrayLike, r: ArrayLike
) -> EffectSizes:
    """Natural logarithm of mean 1 over mean 2 of the same patients, for scales with a true zero.

    Args:
        m1: Mean of measurement 1.
        sd1: Standard deviation of measurement 1, above 0.
        m2: Mean of measurement 2, of the same sign; a row of other signs has no answer.
        sd2: Standard deviation of measurement 2.
        n: Patients measured twice, at least 2.
        r: Correlation of the two measurements, in (-1, 1).

    Raises:
        InvalidData: A figure outside its range.
        CannotEstimate: Single numbers whose ratio is not positive.

    Source: Lajeunesse 2011, doi:10.1890/11-0423.1.
    """
    figures = _read_pairs(m1, sd1, m2, sd2, n, r)
    m1, sd1, m2, sd2, n, r = figures.values()
    without_ratio = m1 * m2 <= 0
    y = np.log(np.where(without_ratio, np.nan, m1 / m2))
    cv1, cv2 = sd1 / m1, sd2 / m2
    v = (cv1**2 + cv2**2 - 2 * r * cv1 * cv2) / n
    blocked = [(without_ratio, "the means are not on the same side of 0.")]
    return effect_sizes("ROMC", y, v, figures, blocked=blocked)


def _change_variance(sd1: Array, sd2: Array, r: Array) -> Array:
    return sd1**2 + sd2**2 - 2 * r * sd1 * sd2


def _standardised(
    measure: str, d: Array, inverse: Array, n: Array, figures: dict[str, Array], variance: ChangeVariance
) -> EffectSizes:
    check_option("variance", variance, ChangeVariance)
    factor = hedges_correction(n - 1)
    if variance == "shrunken-large-sample":
        v = factor**2 * (inverse + d**2 / (2 * n))
    else:
        v = inverse + (factor * d) ** 2 / (2 * n)
    return effect_sizes(measure, factor * d, v, figures)


def _read_pairs(
    m1: ArrayLike,
    sd1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    smallest_n: float = 2,
) -> dict[str, Array]:
    names = ("m1", "sd1", "m2", "sd2", "n", "r")
    read = read_columns(**dict(zip(names, (m1, sd1, m2, sd2, n, r), strict=True)))
    figures = dict(zip(names, read, strict=True))
    require(
        above("sd1", figures["sd1"], 0),
        above("sd2", figures["sd2"], 0),
        at_least("n", figures["n"], smallest_n),
        between("r", figures["r"], -1, 1),
    )
    return figures
