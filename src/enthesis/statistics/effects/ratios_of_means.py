"""Ratio of two means as a logarithm, for scales with a true zero and means above it."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import weighted_mean
from enthesis.statistics.conversions.rules import Array, check_option
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.mean_differences import pooled_variance, read_two_means

__all__ = ["RatioOfMeansVariance", "log_ratio_of_means"]

RatioOfMeansVariance = Literal["separate", "pooled", "average-cv"]


@without_warnings
def log_ratio_of_means(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
    *,
    variance: RatioOfMeansVariance = "separate",
) -> EffectSizes:
    """Natural logarithm of mean 1 over mean 2.

    Only for ratio scales: not for changes from baseline, nor where 0 on the scale is arbitrary. A row whose
    means differ in sign, or with a mean of 0, has no ratio.

    Args:
        m1: Mean of group 1.
        sd1: Standard deviation of group 1, above 0.
        n1: Patients of group 1, at least 2.
        m2: Mean of group 2, of the same sign.
        sd2: Standard deviation of group 2.
        n2: Patients of group 2.
        variance: "separate" takes each group's own spread; "pooled" one spread for both; "average-cv" each
            group's coefficient of variation averaged over the studies (weights n), which steadies small ones.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients in a group.
        CannotEstimate: Single numbers whose ratio is not positive.

    Source: Hedges, Gurevitch & Curtis 1999, doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2;
    Friedrich, Adhikari & Beyene 2008, doi:10.1186/1471-2288-8-32; averaged coefficients of variation as in
    Doncaster & Spake 2018, doi:10.1111/2041-210X.12927.
    """
    check_option("variance", variance, RatioOfMeansVariance)
    figures = read_two_means(m1, sd1, n1, m2, sd2, n2)
    m1, sd1, n1, m2, sd2, n2 = figures.values()
    without_ratio = m1 * m2 <= 0
    y = np.log(np.where(without_ratio, np.nan, m1 / m2))
    v = _variance(m1, sd1, n1, m2, sd2, n2, variance)
    return effect_sizes(
        "ROM", y, v, figures, blocked=[(without_ratio, "the means are not on the same side of 0.")]
    )


def _variance(
    m1: Array, sd1: Array, n1: Array, m2: Array, sd2: Array, n2: Array, variance: RatioOfMeansVariance
) -> Array:
    if variance == "average-cv":
        return weighted_mean(sd1 / m1, n1) ** 2 / n1 + weighted_mean(sd2 / m2, n2) ** 2 / n2
    if variance == "pooled":
        sd1 = sd2 = np.sqrt(pooled_variance(sd1, n1, sd2, n2))
    return sd1**2 / (n1 * m1**2) + sd2**2 / (n2 * m2**2)
