"""How many patients respond: from a relative effect and the responders without treatment."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import number_or_array, read_columns
from enthesis.statistics.conversions.rules import above, between, complete, require
from enthesis.statistics.distributions import ndtr, ndtri

__all__ = ["responder_difference_from_smd", "responders_from_odds_ratio", "responders_from_smd"]


def responders_from_smd(smd: ArrayLike, control_proportion: ArrayLike) -> Any:
    """Proportion responding with treatment, Φ(Φ⁻¹(p) + SMD), if the outcome is normal with one spread.

    Not to be read as the share of patients whom the treatment made respond: some respond with either.

    Args:
        smd: Standardised mean difference, positive when treatment is better.
        control_proportion: Proportion responding in the comparator group, in (0, 1).

    Returns:
        The proportion with treatment, in (0, 1).

    Raises:
        InvalidData: A figure missing, or a proportion outside (0, 1).

    Source: Furukawa 1999, doi:10.1016/S0140-6736(99)01163-1; Furukawa & Leucht 2011,
    doi:10.1371/journal.pone.0019070.
    """
    smd, p = read_columns(smd=smd, control_proportion=control_proportion)
    require(*complete(smd=smd, control_proportion=p), between("control_proportion", p, 0, 1))
    return number_or_array(np.asarray(ndtr(ndtri(p) + smd)))


def responder_difference_from_smd(smd: ArrayLike, control_proportion: ArrayLike) -> Any:
    """Proportion responding with treatment less that without; its inverse is the number needed to treat.

    Args:
        smd: Standardised mean difference, positive when treatment is better.
        control_proportion: Proportion responding in the comparator group, in (0, 1).

    Raises:
        InvalidData: A figure missing, or a proportion outside (0, 1).

    Source: Furukawa & Leucht 2011, doi:10.1371/journal.pone.0019070.
    """
    smd, p = read_columns(smd=smd, control_proportion=control_proportion)
    return number_or_array(np.asarray(responders_from_smd(smd, p) - p))


def responders_from_odds_ratio(odds_ratio: ArrayLike, control_proportion: ArrayLike) -> Any:
    """Proportion with the event under treatment from an odds ratio and the proportion without treatment.

    Args:
        odds_ratio: Odds ratio (not its logarithm), above 0.
        control_proportion: Proportion with the event in the comparator group, in (0, 1).

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 5.1, 12.5.4.3.
    """
    ratio, p = read_columns(odds_ratio=odds_ratio, control_proportion=control_proportion)
    require(
        *complete(odds_ratio=ratio, control_proportion=p),
        above("odds_ratio", ratio, 0),
        between("control_proportion", p, 0, 1),
    )
    return number_or_array(ratio * p / (1 - p + ratio * p))
