"""Standard deviation of the change from baseline, which depends on a correlation that few papers print."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import number_or_array, read_columns
from enthesis.statistics.conversions.rules import Rule, above, between, complete, require

__all__ = [
    "ASSUMED_CORRELATION",
    "SENSITIVITY_CORRELATIONS",
    "change_sd",
    "correlation_from_sds",
]

ASSUMED_CORRELATION = 0.5
"""Taken when no trial of the instrument prints one; at 0.5 a change score is as precise as a final score."""

SENSITIVITY_CORRELATIONS = (0.3, 0.7)
"""What the answer is repeated with whenever 0.5 was assumed."""


def change_sd(sd_baseline: ArrayLike, sd_final: ArrayLike, r: ArrayLike = ASSUMED_CORRELATION) -> Any:
    """Standard deviation of the change from the spreads before and after and their correlation.

    Args:
        sd_baseline: Standard deviation at baseline, above 0.
        sd_final: Standard deviation at follow-up, above 0.
        r: Correlation of baseline and follow-up within the arm, in (-1, 1).

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 6.5.2.8; Follmann et al. 1992, doi:10.1016/0895-4356(92)90054-Q.
    """
    before, after, r = read_columns(sd_baseline=sd_baseline, sd_final=sd_final, r=r)
    require(
        *complete(sd_baseline=before, sd_final=after, r=r),
        above("sd_baseline", before, 0),
        above("sd_final", after, 0),
        between("r", r, -1, 1),
    )
    return number_or_array(np.sqrt(before**2 + after**2 - 2 * r * before * after))


def correlation_from_sds(sd_baseline: ArrayLike, sd_final: ArrayLike, sd_change: ArrayLike) -> Any:
    """Correlation of baseline and follow-up from a trial that prints all three spreads.

    Args:
        sd_baseline: Standard deviation at baseline, above 0.
        sd_final: Standard deviation at follow-up, above 0.
        sd_change: Standard deviation of the change, above 0.

    Raises:
        InvalidData: A figure missing or outside its range, or three spreads that no correlation joins (one of
            them may be a standard error).

    Source: Cochrane Handbook 6.5.2.8.
    """
    before, after, change = read_columns(sd_baseline=sd_baseline, sd_final=sd_final, sd_change=sd_change)
    require(
        *complete(sd_baseline=before, sd_final=after, sd_change=change),
        above("sd_baseline", before, 0),
        above("sd_final", after, 0),
        above("sd_change", change, 0),
    )
    apart = (change < np.abs(before - after)) | (change > before + after)
    allowed = "between the difference and the sum of the other two spreads (is one of them a standard error?)"
    require(Rule("sd_change", change, apart, allowed))
    return number_or_array((before**2 + after**2 - change**2) / (2 * before * after))
