"""A reported comparison taken as it is: y and v from an estimate with its SE, interval, p, t or F.

For trials that print the difference but not the arms, or an adjusted difference. Ratios (``ratio=True``) are
given as printed and come back as natural logarithms.
"""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, Rule, above, between, require
from enthesis.statistics.conversions.standard_errors import critical_value
from enthesis.statistics.distributions import ndtri, stdtrit
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings

__all__ = [
    "contrast_from_ci",
    "contrast_from_f",
    "contrast_from_p",
    "contrast_from_se",
    "contrast_from_t",
]

# Limits printed with one decimal can move by a twentieth of a typical half width; a tenth is beyond rounding.
OFF_CENTRE = 0.1

NO_SE = "an estimate or a test statistic of 0 holds no standard error."


@without_warnings
def contrast_from_se(estimate: ArrayLike, se: ArrayLike, *, ratio: bool = False) -> EffectSizes:
    """Effect and variance from an estimate and its standard error.

    Args:
        estimate: Difference, or ratio as printed.
        se: Its standard error, above 0; of the logarithm when ``ratio`` is True.
        ratio: The estimate is a ratio.

    Raises:
        InvalidData: A standard error of 0 or less, or a ratio of 0 or less.
    """
    estimate, se = read_columns(estimate=estimate, se=se)
    require(above("se", se, 0), *_ratio_rules(ratio, estimate=estimate))
    return _contrast(_scaled(estimate, ratio), se, {"estimate": estimate, "se": se})


@without_warnings
def contrast_from_ci(
    estimate: ArrayLike,
    lo: ArrayLike,
    hi: ArrayLike,
    *,
    level: ArrayLike = 0.95,
    df: ArrayLike | None = None,
    ratio: bool = False,
) -> EffectSizes:
    """Effect and variance from an estimate and its confidence interval.

    An estimate well off the centre of its interval is taken as printed, with a caveat: one of the three
    figures may be misprinted, or the interval is not of the Wald kind.

    Args:
        estimate: Difference, or ratio as printed.
        lo: Lower limit.
        hi: Upper limit; encloses the estimate together with lo.
        level: Coverage of the interval, in (0, 1).
        df: Degrees of freedom of the t distribution it was made with; None for the normal distribution.
        ratio: Estimate and limits are ratios.

    Raises:
        InvalidData: An interval that does not enclose its estimate or has no width, a level outside (0, 1),
            a ratio of 0 or less.

    Source: Cochrane Handbook 6.3.1 and 6.3.2.
    """
    names = ("estimate", "lo", "hi", "level")
    read = read_columns(**dict(zip(names, (estimate, lo, hi, level), strict=True)))
    figures = dict(zip(names, read, strict=True))
    estimate, lo, hi, level = read
    require(
        between("level", level, 0, 1),
        Rule("estimate", estimate, (estimate < lo) | (estimate > hi), "inside its interval"),
        Rule("hi", hi, hi <= lo, "above lo"),
        *_ratio_rules(ratio, estimate=estimate, lo=lo, hi=hi),
    )
    y, low, high = (_scaled(part, ratio) for part in (estimate, lo, hi))
    half_width = (high - low) / 2
    off_centre = np.abs(y - (high + low) / 2) > OFF_CENTRE * half_width
    return effect_sizes(
        "contrast",
        y,
        (half_width / critical_value(level, df)) ** 2,
        figures,
        doubts=[(off_centre, "the estimate is off the centre of its interval by more than rounding.")],
    )


@without_warnings
def contrast_from_p(
    estimate: ArrayLike,
    p: ArrayLike,
    *,
    df: ArrayLike | None = None,
    direction: ArrayLike | None = None,
    ratio: bool = False,
) -> EffectSizes:
    """Effect and variance from an estimate and its exact two-sided p-value.

    A p without direction tells size, not sign. The sign is the estimate's own, unless ``direction`` is given
    because the paper prints a size and says in words whom it favours. "p < 0.05" is not exact: such a study
    belongs to the synthesis without meta-analysis.

    Args:
        estimate: Difference with its sign, or ratio as printed; with ``direction``, a size above 0 (ratios:
            above 1).
        p: Exact two-sided p-value, in (0, 1].
        df: Degrees of freedom of the t-test; None for the normal distribution.
        direction: 1 or -1, the sign of the effect, when the estimate is a size without sign.
        ratio: The estimate is a ratio.

    Raises:
        InvalidData: p outside (0, 1], a direction other than 1 and -1, a signed estimate beside a direction.
        CannotEstimate: Single numbers with p = 1 or an estimate of no effect.

    Source: Cochrane Handbook 6.3.1, 6.3.2 and 6.5.2.3.
    """
    estimate, p = read_columns(estimate=estimate, p=p)
    require(between("p", p, 0, 1, ends="(]"), *_ratio_rules(ratio, estimate=estimate))
    y = _directed(_scaled(estimate, ratio), direction)
    quantile = -ndtri(p / 2) if df is None else -stdtrit(_degrees(df), p / 2)
    return _contrast(y, _quotient(y, quantile), {"estimate": estimate, "p": p})


@without_warnings
def contrast_from_t(estimate: ArrayLike, t: ArrayLike, *, ratio: bool = False) -> EffectSizes:
    """Effect and variance from an estimate and its t (or z) statistic.

    Args:
        estimate: Difference, or ratio as printed.
        t: Test statistic estimate/SE, of the estimate's sign.
        ratio: The estimate is a ratio; t tests its logarithm.

    Raises:
        InvalidData: A t of the opposite sign.
        CannotEstimate: Single numbers of 0.

    Source: Cochrane Handbook 6.5.2.3.
    """
    estimate, t = read_columns(estimate=estimate, t=t)
    require(*_ratio_rules(ratio, estimate=estimate))
    y = _scaled(estimate, ratio)
    require(Rule("t", t, y * t < 0, "of the same sign as the estimate"))
    return _contrast(y, _quotient(y, t), {"estimate": estimate, "t": t})


@without_warnings
def contrast_from_f(
    estimate: ArrayLike, f: ArrayLike, *, direction: ArrayLike | None = None, ratio: bool = False
) -> EffectSizes:
    """Effect and variance from an estimate and the F of two groups (one numerator degree of freedom).

    Args:
        estimate: Difference with its sign, or ratio as printed; with ``direction``, a size without sign.
        f: F statistic of exactly two groups, 0 or more; F = t². An F of three groups is another quantity.
        direction: 1 or -1, the sign of the effect, when the estimate is a size without sign.
        ratio: The estimate is a ratio.

    Raises:
        InvalidData: F below 0, a direction other than 1 and -1, a signed estimate beside a direction.
        CannotEstimate: Single numbers of 0.
    """
    estimate, f = read_columns(estimate=estimate, f=f)
    require(Rule("f", f, f < 0, "at least 0"), *_ratio_rules(ratio, estimate=estimate))
    y = _directed(_scaled(estimate, ratio), direction)
    return _contrast(y, _quotient(y, np.sqrt(f)), {"estimate": estimate, "f": f})


def _contrast(y: Array, se: Array, figures: dict[str, Array]) -> EffectSizes:
    unknown = ~(np.isfinite(se) & (se > 0))
    return effect_sizes("contrast", y, se**2, figures, blocked=[(unknown, NO_SE)])


def _scaled(values: Array, ratio: bool) -> Array:
    return np.log(values) if ratio else values


def _quotient(y: Array, statistic: Array) -> Array:
    return np.abs(y / statistic)


def _ratio_rules(ratio: bool, **values: Array) -> list[Rule]:
    return [above(name, given, 0) for name, given in values.items()] if ratio else []


def _directed(y: Array, direction: ArrayLike | None) -> Array:
    if direction is None:
        return y
    y, sign = read_columns(estimate=y, direction=direction)
    require(
        Rule("direction", sign, ~np.isnan(sign) & (np.abs(sign) != 1), "1 or -1"),
        Rule("estimate", y, y <= 0, "a size without sign when a direction is given"),
    )
    return y * sign


def _degrees(df: ArrayLike) -> Array:
    (degrees,) = read_columns(df=df)
    require(above("df", degrees, 0))
    return degrees
