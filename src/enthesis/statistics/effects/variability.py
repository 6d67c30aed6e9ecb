"""Spread as an outcome: does one arm vary more than the other, and how much does an arm vary.

A treatment that helps some patients much and others not at all widens the spread of its arm; equal spreads
are evidence against large differences between patients in what they gain.
"""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.rules import Array
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.mean_differences import read_two_means
from enthesis.statistics.effects.single_means import read_single_mean

__all__ = [
    "log_coefficient_of_variation",
    "log_coefficient_of_variation_ratio",
    "log_sd",
    "log_variability_ratio",
]

NO_RATIO = "the mean is not above 0."


@without_warnings
def log_variability_ratio(sd1: ArrayLike, n1: ArrayLike, sd2: ArrayLike, n2: ArrayLike) -> EffectSizes:
    """Log of the standard deviation of arm 1 over that of arm 2.

    Args:
        sd1: Standard deviation of arm 1, above 0.
        n1: Patients of arm 1, at least 2.
        sd2: Standard deviation of arm 2.
        n2: Patients of arm 2.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients in an arm.

    Source: Nakagawa et al. 2015, doi:10.1111/2041-210X.12309.
    """
    figures = read_two_means(0.0, sd1, n1, 0.0, sd2, n2)
    _, sd1, n1, _, sd2, n2 = figures.values()
    y, v = _log_sd_ratio(sd1, n1, sd2, n2)
    return effect_sizes("VR", y, v, figures)


@without_warnings
def log_coefficient_of_variation_ratio(
    m1: ArrayLike, sd1: ArrayLike, n1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n2: ArrayLike
) -> EffectSizes:
    """Log of the coefficient of variation of arm 1 over that of arm 2, for scales with a true zero.

    Args:
        m1: Mean of arm 1; a row with a mean of 0 or less has no answer.
        sd1: Standard deviation of arm 1, above 0.
        n1: Patients of arm 1, at least 2.
        m2: Mean of arm 2.
        sd2: Standard deviation of arm 2.
        n2: Patients of arm 2.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients in an arm.
        CannotEstimate: Single numbers with a mean of 0 or less.

    Source: Nakagawa et al. 2015, doi:10.1111/2041-210X.12309, without the correlation of mean and SD.
    """
    figures = read_two_means(m1, sd1, n1, m2, sd2, n2)
    m1, sd1, n1, m2, sd2, n2 = figures.values()
    y, v = _log_sd_ratio(sd1, n1, sd2, n2)
    y = y - np.log(m1 / m2)
    v = v + sd1**2 / (n1 * m1**2) + sd2**2 / (n2 * m2**2)
    return effect_sizes("CVR", y, v, figures, blocked=[((m1 <= 0) | (m2 <= 0), NO_RATIO)])


@without_warnings
def log_sd(sd: ArrayLike, n: ArrayLike) -> EffectSizes:
    """Log of the standard deviation of one arm, corrected for its small-sample bias.

    Args:
        sd: Standard deviation, above 0.
        n: Patients, at least 2.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients.

    Source: Nakagawa et al. 2015, doi:10.1111/2041-210X.12309.
    """
    figures = read_single_mean(0.0, sd, n)
    _, sd, n = figures.values()
    return effect_sizes("SDLN", np.log(sd) + 1 / (2 * (n - 1)), 1 / (2 * (n - 1)), figures)


@without_warnings
def log_coefficient_of_variation(m: ArrayLike, sd: ArrayLike, n: ArrayLike) -> EffectSizes:
    """Log of standard deviation over mean of one arm, for a scale with a true zero.

    Args:
        m: Mean; a row with a mean of 0 or less has no answer.
        sd: Standard deviation, above 0.
        n: Patients, at least 2.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients.
        CannotEstimate: Single numbers with a mean of 0 or less.

    Source: Nakagawa et al. 2015, doi:10.1111/2041-210X.12309.
    """
    figures = read_single_mean(m, sd, n)
    m, sd, n = figures.values()
    y = np.log(sd / m) + 1 / (2 * (n - 1))
    v = 1 / (2 * (n - 1)) + sd**2 / (n * m**2)
    return effect_sizes("CVLN", y, v, figures, blocked=[(m <= 0, NO_RATIO)])


def _log_sd_ratio(sd1: Array, n1: Array, sd2: Array, n2: Array) -> tuple[Array, Array]:
    half1, half2 = 1 / (2 * (n1 - 1)), 1 / (2 * (n2 - 1))
    return np.log(sd1 / sd2) + half1 - half2, half1 + half2
