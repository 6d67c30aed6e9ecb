"""Hedges' g from what a paper prints of its test: t, F or p with the sizes of two independent groups."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, Rule, at_least, between, require
from enthesis.statistics.distributions import stdtrit
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.standardised_mean_differences import (
    SmdVariance,
    hedges_correction,
    smd_variance,
)

__all__ = ["smd_from_f", "smd_from_p", "smd_from_t"]


@without_warnings
def smd_from_t(
    t: ArrayLike, n1: ArrayLike, n2: ArrayLike, *, variance: SmdVariance = "large-sample"
) -> EffectSizes:
    """Hedges' g from the t of an unpaired t-test with one pooled standard deviation.

    Not for a paired test, nor for the t of an adjusted model: both divide by another standard deviation.

    Args:
        t: Test statistic, positive when group 1 has the larger mean.
        n1: Patients of group 1, at least 2.
        n2: Patients of group 2.
        variance: See ``smd_variance``.

    Raises:
        InvalidData: Fewer than two patients in a group.

    Source: Rosenthal 1994, in Cooper & Hedges (editors), The Handbook of Research Synthesis, pp. 231-244;
    Borenstein et al. 2009, chapter 4.
    """
    t, n1, n2 = read_columns(t=t, n1=n1, n2=n2)
    require(at_least("n1", n1, 2), at_least("n2", n2, 2))
    return _g(t, n1, n2, {"t": t, "n1": n1, "n2": n2}, variance)


@without_warnings
def smd_from_f(
    f: ArrayLike,
    n1: ArrayLike,
    n2: ArrayLike,
    *,
    direction: ArrayLike,
    variance: SmdVariance = "large-sample",
) -> EffectSizes:
    """Hedges' g from the F of a one-way analysis of variance of exactly two groups.

    Args:
        f: F statistic with one numerator degree of freedom, 0 or more.
        n1: Patients of group 1, at least 2.
        n2: Patients of group 2.
        direction: 1 when group 1 has the larger mean, -1 when the smaller; F itself has no sign.
        variance: See ``smd_variance``.

    Raises:
        InvalidData: F below 0, a direction other than 1 and -1, fewer than two patients in a group.
    """
    f, n1, n2, sign = read_columns(f=f, n1=n1, n2=n2, direction=direction)
    require(at_least("f", f, 0), at_least("n1", n1, 2), at_least("n2", n2, 2), _signs(sign))
    figures = {"f": f, "n1": n1, "n2": n2, "direction": sign}
    return _g(sign * np.sqrt(f), n1, n2, figures, variance)


@without_warnings
def smd_from_p(
    p: ArrayLike,
    n1: ArrayLike,
    n2: ArrayLike,
    *,
    direction: ArrayLike,
    variance: SmdVariance = "large-sample",
) -> EffectSizes:
    """Hedges' g from the exact two-sided p of an unpaired t-test.

    Args:
        p: Exact two-sided p-value, in (0, 1].
        n1: Patients of group 1, at least 2.
        n2: Patients of group 2.
        direction: 1 when group 1 has the larger mean, -1 when the smaller; p itself has no sign.
        variance: See ``smd_variance``.

    Raises:
        InvalidData: p outside (0, 1], a direction other than 1 and -1, fewer than two patients in a group.
    """
    p, n1, n2, sign = read_columns(p=p, n1=n1, n2=n2, direction=direction)
    require(between("p", p, 0, 1, ends="(]"), at_least("n1", n1, 2), at_least("n2", n2, 2), _signs(sign))
    figures = {"p": p, "n1": n1, "n2": n2, "direction": sign}
    return _g(-sign * stdtrit(n1 + n2 - 2, p / 2), n1, n2, figures, variance)


def _g(t: Array, n1: Array, n2: Array, figures: dict[str, Array], variance: SmdVariance) -> EffectSizes:
    d = t * np.sqrt(1 / n1 + 1 / n2)
    factor = hedges_correction(n1 + n2 - 2)
    return effect_sizes("SMD", factor * d, smd_variance(d, n1, n2, factor, variance), figures)


def _signs(sign: Array) -> Rule:
    return Rule("direction", sign, ~np.isnan(sign) & (np.abs(sign) != 1), "1 or -1")
