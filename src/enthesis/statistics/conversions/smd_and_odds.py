"""Standardised mean differences and log odds ratios turned into one another.

A continuous outcome cut at a threshold gives an odds ratio; the two meet if the outcome is logistic (or
normal) with one spread in both arms.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import number_or_array, read_columns
from enthesis.statistics.conversions.rules import above, check_option, complete, require

__all__ = ["Converted", "Distribution", "log_odds_ratio_from_smd", "smd_from_log_odds_ratio"]

Distribution = Literal["logistic", "normal"]

LOG_ODDS_PER_SD = {
    # Standard deviation of the standard logistic distribution: Hasselblad & Hedges 1995,
    # doi:10.1037/0033-2909.117.1.167; Chinn 2000.
    "logistic": np.pi / np.sqrt(3),
    # Cox & Snell 1989, for a normal outcome; least biased of seven: Sánchez-Meca, Marín-Martínez &
    # Chacón-Moscoso 2003, doi:10.1037/1082-989X.8.4.448.
    "normal": 1.65,
}


@dataclass(frozen=True, eq=False, slots=True)
class Converted:
    """An effect and its variance on the other scale; floats, or arrays of shape (k,)."""

    y: Any
    v: Any


def log_odds_ratio_from_smd(
    smd: ArrayLike, v: ArrayLike, *, distribution: Distribution = "logistic"
) -> Converted:
    """Log odds ratio of being beyond a threshold, from a standardised mean difference.

    Args:
        smd: Standardised mean difference.
        v: Its sampling variance, above 0.
        distribution: "logistic" multiplies by π/√3 = 1.814, "normal" by 1.65.

    Raises:
        InvalidData: A figure missing, or a variance of 0 or less.

    Source: Chinn 2000, doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M.
    """
    check_option("distribution", distribution, Distribution)
    return _scaled(smd, v, LOG_ODDS_PER_SD[distribution])


def smd_from_log_odds_ratio(
    log_odds_ratio: ArrayLike, v: ArrayLike, *, distribution: Distribution = "logistic"
) -> Converted:
    """Standardised mean difference from a log odds ratio.

    Args:
        log_odds_ratio: Natural logarithm of an odds ratio.
        v: Its sampling variance, above 0.
        distribution: "logistic" divides by π/√3 = 1.814, "normal" by 1.65.

    Raises:
        InvalidData: A figure missing, or a variance of 0 or less.

    Source: Chinn 2000, doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M.
    """
    check_option("distribution", distribution, Distribution)
    return _scaled(log_odds_ratio, v, 1 / LOG_ODDS_PER_SD[distribution])


def _scaled(effect: ArrayLike, variance: ArrayLike, factor: float) -> Converted:
    y, v = read_columns(effect=effect, v=variance)
    require(*complete(effect=y, v=v), above("v", v, 0))
    return Converted(number_or_array(y * factor), number_or_array(v * factor**2))
