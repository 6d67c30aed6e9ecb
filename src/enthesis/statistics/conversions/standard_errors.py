"""Standard errors and standard deviations from one another, from confidence intervals and from p-values.

An SE taken for an SD is the commonest error of extraction and makes an effect several times too large: what
is printed after ± must be known before it is converted.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.conversions.columns import number_or_array, read_columns
from enthesis.statistics.conversions.rules import Array, Rule, above, at_least, between, complete, require
from enthesis.statistics.distributions import ndtri, stdtrit

__all__ = [
    "critical_value",
    "sd_from_ci",
    "sd_from_difference_ci",
    "sd_from_difference_p",
    "sd_from_difference_se",
    "sd_from_se",
    "se_from_ci",
    "se_from_p",
    "se_from_sd",
]


def critical_value(level: ArrayLike, df: ArrayLike | None = None) -> Array:
    """How many standard errors a two-sided interval reaches to each side.

    Args:
        level: Coverage, in (0, 1).
        df: Degrees of freedom of the t distribution, above 0; None for the normal distribution.

    Raises:
        InvalidData: A level outside (0, 1), or degrees of freedom of 0 or less.
    """
    if df is None:
        (level,) = read_columns(level=level)
        require(between("level", level, 0, 1))
        return -ndtri((1 - level) / 2)
    level, degrees = read_columns(level=level, df=df)
    require(between("level", level, 0, 1), above("df", degrees, 0))
    return -stdtrit(degrees, (1 - level) / 2)


def sd_from_se(se: ArrayLike, n: ArrayLike) -> Any:
    """Standard deviation of one arm from the standard error of its mean: SE √n.

    Args:
        se: Standard error of the mean, above 0.
        n: Patients, at least 2.

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 6.5.2.2.
    """
    se, n = read_columns(se=se, n=n)
    require(*complete(se=se, n=n), above("se", se, 0), at_least("n", n, 2))
    return number_or_array(se * np.sqrt(n))


def se_from_sd(sd: ArrayLike, n: ArrayLike) -> Any:
    """Standard error of a mean from the standard deviation: SD/√n.

    Args:
        sd: Standard deviation, above 0.
        n: Patients, at least 2.

    Raises:
        InvalidData: A figure missing or outside its range.
    """
    sd, n = read_columns(sd=sd, n=n)
    require(*complete(sd=sd, n=n), above("sd", sd, 0), at_least("n", n, 2))
    return number_or_array(sd / np.sqrt(n))


def se_from_ci(
    lo: ArrayLike,
    hi: ArrayLike,
    *,
    level: ArrayLike = 0.95,
    df: ArrayLike | None = None,
    ratio: bool = False,
) -> Any:
    """Standard error of an estimate from its confidence interval.

    Args:
        lo: Lower limit.
        hi: Upper limit, above lo.
        level: Coverage, in (0, 1).
        df: Degrees of freedom of the t distribution it was made with; None for the normal distribution.
        ratio: The limits are ratios; the standard error is that of the logarithm.

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 6.3.1 and 6.3.2.
    """
    lo, hi = read_columns(lo=lo, hi=hi)
    require(
        *complete(lo=lo, hi=hi),
        Rule("hi", hi, hi <= lo, "above lo"),
        *([above("lo", lo, 0)] if ratio else []),
    )
    width = np.log(hi / lo) if ratio else hi - lo
    return number_or_array(np.asarray(width / (2 * critical_value(level, df))))


def sd_from_ci(lo: ArrayLike, hi: ArrayLike, n: ArrayLike, *, level: ArrayLike = 0.95) -> Any:
    """Standard deviation of one arm from the confidence interval of its mean.

    The t distribution with n - 1 degrees of freedom is right at every n; the handbook's 3.92 is its limit for
    large samples.

    Args:
        lo: Lower limit of the mean.
        hi: Upper limit, above lo.
        n: Patients, at least 2.
        level: Coverage, in (0, 1).

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 6.5.2.2.
    """
    lo, hi, n = read_columns(lo=lo, hi=hi, n=n)
    require(*complete(lo=lo, hi=hi, n=n), at_least("n", n, 2))
    return sd_from_se(se_from_ci(lo, hi, level=level, df=n - 1), n)


def se_from_p(estimate: ArrayLike, p: ArrayLike, *, df: ArrayLike | None = None) -> Any:
    """Standard error of an estimate from its exact two-sided p-value.

    Args:
        estimate: Difference, not 0 (logarithm of a ratio).
        p: Exact two-sided p-value, in (0, 1).
        df: Degrees of freedom of the t-test; None for the normal distribution.

    Raises:
        InvalidData: A figure missing or outside its range.
        CannotEstimate: An estimate of 0: any standard error gives its p of 1.

    Source: Cochrane Handbook 6.3.1 and 6.5.2.3.
    """
    estimate, p = read_columns(estimate=estimate, p=p)
    require(*complete(estimate=estimate, p=p), between("p", p, 0, 1))
    if np.any(estimate == 0):
        raise CannotEstimate("An estimate of 0 holds no standard error, whatever its p-value.")
    return number_or_array(np.asarray(np.abs(estimate) / critical_value(1 - p, df)))


def sd_from_difference_se(se: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Any:
    """Standard deviation shared by two arms from the standard error of their mean difference.

    Args:
        se: Standard error of the difference of two independent means, above 0.
        n1: Patients of arm 1, at least 2.
        n2: Patients of arm 2.

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 6.5.2.3.
    """
    se, n1, n2 = read_columns(se=se, n1=n1, n2=n2)
    require(*complete(se=se, n1=n1, n2=n2), above("se", se, 0), at_least("n1", n1, 2), at_least("n2", n2, 2))
    return number_or_array(se / np.sqrt(1 / n1 + 1 / n2))


def sd_from_difference_ci(
    lo: ArrayLike, hi: ArrayLike, n1: ArrayLike, n2: ArrayLike, *, level: ArrayLike = 0.95
) -> Any:
    """Standard deviation shared by two arms from the t interval of their mean difference.

    Args:
        lo: Lower limit of the difference.
        hi: Upper limit, above lo.
        n1: Patients of arm 1, at least 2.
        n2: Patients of arm 2.
        level: Coverage, in (0, 1).

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 6.5.2.3.
    """
    n1, n2 = read_columns(n1=n1, n2=n2)
    require(*complete(n1=n1, n2=n2), at_least("n1", n1, 2), at_least("n2", n2, 2))
    return sd_from_difference_se(se_from_ci(lo, hi, level=level, df=n1 + n2 - 2), n1, n2)


def sd_from_difference_p(difference: ArrayLike, p: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Any:
    """Standard deviation shared by two arms from their mean difference and the exact p of its t-test.

    Args:
        difference: Difference of two independent means, not 0.
        p: Exact two-sided p-value, in (0, 1).
        n1: Patients of arm 1, at least 2.
        n2: Patients of arm 2.

    Raises:
        InvalidData: A figure missing or outside its range.
        CannotEstimate: A difference of 0.

    Source: Cochrane Handbook 6.5.2.3.
    """
    n1, n2 = read_columns(n1=n1, n2=n2)
    require(*complete(n1=n1, n2=n2), at_least("n1", n1, 2), at_least("n2", n2, 2))
    return sd_from_difference_se(se_from_p(difference, p, df=n1 + n2 - 2), n1, n2)
