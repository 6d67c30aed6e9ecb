"""One arm alone: its mean, the log of it, its standardised mean.

Single-arm results never answer whether a treatment works better than another.
"""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, above, at_least, require
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.standardised_mean_differences import hedges_correction

__all__ = ["log_mean", "read_single_mean", "single_mean", "standardised_mean"]


@without_warnings
def single_mean(m: ArrayLike, sd: ArrayLike, n: ArrayLike) -> EffectSizes:
    """The mean of one arm with its sampling variance sd²/n.

    Args:
        m: Mean.
        sd: Standard deviation (not standard error), above 0.
        n: Patients, at least 2.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients.
    """
    figures = read_single_mean(m, sd, n)
    m, sd, n = figures.values()
    return effect_sizes("MN", m, sd**2 / n, figures)


@without_warnings
def log_mean(m: ArrayLike, sd: ArrayLike, n: ArrayLike) -> EffectSizes:
    """Natural logarithm of the mean of one arm, for a scale with a true zero.

    Args:
        m: Mean; a row with a mean of 0 or less has no answer.
        sd: Standard deviation, above 0.
        n: Patients, at least 2.

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than two patients.
        CannotEstimate: Single numbers with a mean of 0 or less.

    Source: delta method, as for the ratio of means (Hedges, Gurevitch & Curtis 1999,
    doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2).
    """
    figures = read_single_mean(m, sd, n)
    m, sd, n = figures.values()
    y, v = np.log(m), sd**2 / (n * m**2)
    return effect_sizes("MNLN", y, v, figures, blocked=[(m <= 0, "the mean is not above 0.")])


@without_warnings
def standardised_mean(m: ArrayLike, sd: ArrayLike, n: ArrayLike) -> EffectSizes:
    """Mean of one arm over its standard deviation, with Hedges' correction.

    Args:
        m: Mean, against a reference value of 0.
        sd: Standard deviation, above 0.
        n: Patients, at least 3 (J needs two degrees of freedom).

    Raises:
        InvalidData: A standard deviation of 0 or less, or fewer than three patients.

    Source: Hedges 1981, doi:10.3102/10769986006002107, for one group.
    """
    figures = read_single_mean(m, sd, n, smallest_n=3)
    m, sd, n = figures.values()
    y = hedges_correction(n - 1) * m / sd
    return effect_sizes("SMN", y, 1 / n + y**2 / (2 * n), figures)


def read_single_mean(m: ArrayLike, sd: ArrayLike, n: ArrayLike, *, smallest_n: float = 2) -> dict[str, Array]:
    """The three columns of one arm by name, checked: spread above 0, group large enough."""
    m, sd, n = read_columns(m=m, sd=sd, n=n)
    require(above("sd", sd, 0), at_least("n", n, smallest_n))
    return {"m": m, "sd": sd, "n": n}
