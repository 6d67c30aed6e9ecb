"""Difference of two means, in the unit of the instrument."""

from typing import Literal

from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, above, at_least, check_option, require
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings

__all__ = ["MeanVariance", "mean_difference", "pooled_variance", "read_two_means"]

MeanVariance = Literal["separate", "pooled"]


@without_warnings
def mean_difference(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
    *,
    variance: MeanVariance = "separate",
) -> EffectSizes:
    """Mean of group 1 less mean of group 2.

    Args:
        m1: Mean of group 1.
        sd1: Standard deviation of group 1 (not its standard error), above 0.
        n1: Patients of group 1, at least 2.
        m2: Mean of group 2.
        sd2: Standard deviation of group 2.
        n2: Patients of group 2.
        variance: "separate" lets the groups differ in spread (Welch); "pooled" assumes one spread.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients in a group.

    Source: Cochrane Handbook 6.5.1.1; Bond, Wiitala & Richard 2003, doi:10.1037/1082-989X.8.4.406.
    """
    check_option("variance", variance, MeanVariance)
    figures = read_two_means(m1, sd1, n1, m2, sd2, n2)
    m1, sd1, n1, m2, sd2, n2 = figures.values()
    if variance == "separate":
        v = sd1**2 / n1 + sd2**2 / n2
    else:
        v = pooled_variance(sd1, n1, sd2, n2) * (1 / n1 + 1 / n2)
    return effect_sizes("MD", m1 - m2, v, figures)


def pooled_variance(sd1: Array, n1: Array, sd2: Array, n2: Array) -> Array:
    """Variance within two groups of one spread, with n1 + n2 - 2 degrees of freedom."""
    return ((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2)


def read_two_means(
    m1: ArrayLike,
    sd1: ArrayLike,
    n1: ArrayLike,
    m2: ArrayLike,
    sd2: ArrayLike,
    n2: ArrayLike,
) -> dict[str, Array]:
    """The six columns of two arms by name, checked: spreads above 0, groups large enough."""
    names = ("m1", "sd1", "n1", "m2", "sd2", "n2")
    read = read_columns(**dict(zip(names, (m1, sd1, n1, m2, sd2, n2), strict=True)))
    figures = dict(zip(names, read, strict=True))
    require(
        above("sd1", figures["sd1"], 0),
        above("sd2", figures["sd2"], 0),
        at_least("n1", figures["n1"], 2),
        at_least("n2", figures["n2"], 2),
    )
    return figures
