"""Difference of two means in units of a standard deviation, where trials use different instruments."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns, weighted_mean
from enthesis.statistics.conversions.rules import Array, above, at_least, check_option, require
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.mean_differences import pooled_variance, read_two_means

__all__ = [
    "SmdVariance",
    "glass_delta",
    "hedges_correction",
    "smd_variance",
    "standardised_mean_difference",
    "standardised_mean_difference_separate_sds",
]

SmdVariance = Literal["large-sample", "shrunken-large-sample", "unbiased", "average-effect"]


def hedges_correction(df: Array) -> Array:
    """Hedges' exact J, the factor that removes the small-sample bias of a standardised difference.

    J = Γ(df/2) / (√(df/2) Γ((df-1)/2)), to 13 digits for any df above 1.

    Source: Hedges 1981, doi:10.3102/10769986006002107.
    """
    from scipy.special import poch

    x = (df - 1) / 2
    return np.where(x > 50, _gamma_ratio_series(np.maximum(x, 50)), poch(x, 0.5)) / np.sqrt(df / 2)


def _gamma_ratio_series(x: Array) -> Array:
    """Γ(x + 1/2)/Γ(x) for x of 50 and more, where differences of log-gammas lose up to six digits.

    Source: Tricomi & Erdélyi 1951, doi:10.2140/pjm.1951.1.133; the first term left out is below 1e-14.
    """
    coefficients = (1, -1 / 8, 1 / 128, 5 / 1024, -21 / 32768, -399 / 262144, 869 / 4194304)
    return np.sqrt(x) * np.polynomial.polynomial.polyval(1 / x, coefficients)


@without_warnings
def standardised_mean_difference(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
    *,
    variance: SmdVariance = "large-sample",
    corrected: bool = True,
) -> EffectSizes:
    """Hedges' g: mean difference over the pooled standard deviation, corrected for small samples.

    Comparing standardised differences across trials assumes that their patients are equally diverse; a trial
    with narrow entry criteria has a small SD and so a large g.

    Args:
        m1: Mean of group 1.
        sd1: Standard deviation of group 1, above 0.
        n1: Patients of group 1, at least 2.
        m2: Mean of group 2.
        sd2: Standard deviation of group 2.
        n2: Patients of group 2.
        variance: See ``smd_variance``. "average-effect" uses every row for the variance of each.
        corrected: False gives Cohen's d, without J.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients in a group.

    Source: Hedges 1981, doi:10.3102/10769986006002107.
    """
    figures = read_two_means(m1, sd1, n1, m2, sd2, n2)
    m1, sd1, n1, m2, sd2, n2 = figures.values()
    d = (m1 - m2) / np.sqrt(pooled_variance(sd1, n1, sd2, n2))
    factor = hedges_correction(n1 + n2 - 2) if corrected else np.ones_like(d)
    return effect_sizes("SMD", factor * d, smd_variance(d, n1, n2, factor, variance), figures)


def smd_variance(d: Array, n1: Array, n2: Array, factor: Array, variance: SmdVariance) -> Array:
    """Sampling variance of g = factor * d.

    "large-sample": 1/n1 + 1/n2 + g²/(2(n1+n2)), Hedges & Olkin 1985 p. 86, the field's default.
    "shrunken-large-sample": the same with d, times J², Borenstein et al. 2009 chapter 4.
    "unbiased": Viechtbauer 2007, doi:10.3102/1076998606298034.
    "average-effect": as large-sample, with the mean of g over the studies (weights n1+n2) in place of each g,
    so that a study's weight does not depend on its own effect (Hunter & Schmidt 2004, chapter 7).
    """
    check_option("variance", variance, SmdVariance)
    inverse, g, total = 1 / n1 + 1 / n2, factor * d, n1 + n2
    if variance == "shrunken-large-sample":
        return factor**2 * (inverse + d**2 / (2 * total))
    if variance == "unbiased":
        df = total - 2
        return inverse + (1 - (df - 2) / (df * hedges_correction(df) ** 2)) * g**2
    if variance == "average-effect":
        return inverse + weighted_mean(g, total) ** 2 / (2 * total)
    return inverse + g**2 / (2 * total)


@without_warnings
def standardised_mean_difference_separate_sds(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
) -> EffectSizes:
    """Mean difference over the root of the average variance, which need not be equal in the groups.

    Args:
        m1: Mean of group 1.
        sd1: Standard deviation of group 1, above 0.
        n1: Patients of group 1, at least 2.
        m2: Mean of group 2.
        sd2: Standard deviation of group 2.
        n2: Patients of group 2.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients in a group.

    Source: Bonett 2008, doi:10.1037/1082-989X.13.2.99, and 2009, doi:10.1037/a0016619; Hedges' J on
    n1 + n2 - 2 degrees corrects the estimate, and the corrected estimate stands in the variance.
    """
    figures = read_two_means(m1, sd1, n1, m2, sd2, n2)
    m1, sd1, n1, m2, sd2, n2 = figures.values()
    average = (sd1**2 + sd2**2) / 2
    y = hedges_correction(n1 + n2 - 2) * (m1 - m2) / np.sqrt(average)
    spread = sd1**4 / (n1 - 1) + sd2**4 / (n2 - 1)
    v = y**2 * spread / (8 * average**2) + (sd1**2 / (n1 - 1) + sd2**2 / (n2 - 1)) / average
    return effect_sizes("SMDH", y, v, figures)


@without_warnings
def glass_delta(m1: ArrayLike, n1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n2: ArrayLike) -> EffectSizes:
    """Mean difference over the standard deviation of group 2 alone (usually the comparator).

    For treatments that change the spread as well as the mean.

    Args:
        m1: Mean of group 1.
        n1: Patients of group 1, at least 2.
        m2: Mean of group 2.
        sd2: Standard deviation of group 2, above 0.
        n2: Patients of group 2, at least 3 (J needs two degrees of freedom).

    Raises:
        InvalidData: A standard deviation of 0 or less, or too few patients.

    Source: Glass 1976, doi:10.3102/0013189X005010003; large-sample variance of Hedges & Olkin 1985.
    """
    m1, n1, m2, sd2, n2 = read_columns(m1=m1, n1=n1, m2=m2, sd2=sd2, n2=n2)
    require(above("sd2", sd2, 0), at_least("n1", n1, 2), at_least("n2", n2, 3))
    y = hedges_correction(n2 - 1) * (m1 - m2) / sd2
    v = 1 / n1 + 1 / n2 + y**2 / (2 * n2)
    return effect_sizes("SMD1", y, v, {"m1": m1, "n1": n1, "m2": m2, "sd2": sd2, "n2": n2})
