"""One scale for instruments of one kind: 0 to 100, one direction, and points of a named instrument."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import number_or_array, read_columns
from enthesis.statistics.conversions.rules import Array, Rule, above, complete, require

__all__ = ["rescale_difference", "rescale_score", "rescale_sd", "reverse_direction", "smd_to_points"]


def rescale_score(score: ArrayLike, low: ArrayLike, high: ArrayLike) -> Any:
    """A score or mean on 0-100, where 0 is the instrument's lowest value and 100 its highest.

    Args:
        score: Score or mean, from low to high.
        low: Lowest possible value of the instrument.
        high: Highest possible value, above low.

    Raises:
        InvalidData: A figure missing, or a score outside the instrument's range.

    Source: linear transformation as used by Thorlund et al. 2011, doi:10.1002/jrsm.46.
    """
    score, low, high = read_columns(score=score, low=low, high=high)
    outside = (score < low) | (score > high)
    require(*_range_rules(low, high), *complete(score=score))
    require(Rule("score", score, outside, "inside the range of the instrument"))
    return number_or_array(100 * (score - low) / (high - low))


def rescale_difference(difference: ArrayLike, low: ArrayLike, high: ArrayLike) -> Any:
    """A difference or a change of scores on 0-100.

    Args:
        difference: Difference or change, no larger than the range.
        low: Lowest possible value of the instrument.
        high: Highest possible value, above low.

    Raises:
        InvalidData: A figure missing, or a difference wider than the instrument's range.
    """
    difference, low, high = read_columns(difference=difference, low=low, high=high)
    require(*_range_rules(low, high), *complete(difference=difference))
    too_wide = np.abs(difference) > high - low
    require(Rule("difference", difference, too_wide, "no wider than the range of the instrument"))
    return number_or_array(100 * difference / (high - low))


def rescale_sd(sd: ArrayLike, low: ArrayLike, high: ArrayLike) -> Any:
    """A standard deviation, standard error or half width on 0-100.

    Args:
        sd: Standard deviation, above 0.
        low: Lowest possible value of the instrument.
        high: Highest possible value, above low.

    Raises:
        InvalidData: A figure missing or outside its range.
    """
    sd, low, high = read_columns(sd=sd, low=low, high=high)
    require(*_range_rules(low, high), *complete(sd=sd), above("sd", sd, 0))
    return number_or_array(100 * sd / (high - low))


def reverse_direction(score: ArrayLike, low: ArrayLike, high: ArrayLike) -> Any:
    """A score counted from the other end of its instrument, so that one direction is better in all trials.

    Standard deviations stay as they are; differences change their sign.

    Args:
        score: Score or mean, from low to high.
        low: Lowest possible value of the instrument.
        high: Highest possible value, above low.

    Raises:
        InvalidData: A figure missing, or a score outside the instrument's range.

    Source: Cochrane Handbook 6.5.1.2.
    """
    score, low, high = read_columns(score=score, low=low, high=high)
    require(*_range_rules(low, high), *complete(score=score))
    require(Rule("score", score, (score < low) | (score > high), "inside the range of the instrument"))
    return number_or_array(low + high - score)


def smd_to_points(smd: ArrayLike, sd_reference: ArrayLike) -> Any:
    """A standardised mean difference (or a limit of its interval) in points of a named instrument.

    Args:
        smd: Standardised mean difference.
        sd_reference: Standard deviation of the instrument in a representative population, above 0: the pooled
            baseline SD of a large trial. The points scale with it, so name where it comes from.

    Raises:
        InvalidData: A figure missing, or a standard deviation of 0 or less.

    Source: Guyatt et al. 2013 (GRADE 13), doi:10.1016/j.jclinepi.2012.08.001; Thorlund et al. 2011,
    doi:10.1002/jrsm.46.
    """
    smd, sd = read_columns(smd=smd, sd_reference=sd_reference)
    require(*complete(smd=smd, sd_reference=sd), above("sd_reference", sd, 0))
    return number_or_array(smd * sd)


def _range_rules(low: Array, high: Array) -> tuple[Rule, ...]:
    return (*complete(low=low, high=high), Rule("high", high, high <= low, "above low"))
