"""Events in two arms: odds ratio, risk ratio, risk difference, arcsine difference, Peto's odds ratio.

Ratios are natural logarithms. Arm 1 is the treatment: a log risk ratio below 0 means fewer events in arm 1.
"""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.two_by_two import DoubleZero, ZeroCells, two_by_two

__all__ = [
    "arcsine_difference",
    "log_odds_ratio",
    "log_risk_ratio",
    "peto_log_odds_ratio",
    "risk_difference",
]

EMPTY_CELL = "a cell it needs is empty and nothing was added."


@without_warnings
def log_odds_ratio(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    zero_cells: ZeroCells = "add-half-where-needed",
    double_zero: DoubleZero = "keep",
) -> EffectSizes:
    """Log of the odds of the event in arm 1 over the odds in arm 2.

    Args:
        events1: Patients with the event in arm 1, from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        zero_cells: What is added where a cell is empty; see ``two_by_two``.
        double_zero: What becomes of rows without an event in either arm; see ``two_by_two``.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: Single numbers with an empty cell, nothing added.

    Source: Woolf 1955, doi:10.1111/j.1469-1809.1955.tb01348.x; Cochrane Handbook 6.4.1.
    """
    table = two_by_two(events1, n1, events2, n2, zero_cells)
    empty = (table.a == 0) | (table.b == 0) | (table.c == 0) | (table.d == 0)
    y = np.log(table.a * table.d / (table.b * table.c))
    v = 1 / table.a + 1 / table.b + 1 / table.c + 1 / table.d
    blocked = [*table.blocked_in_ratio(double_zero), (empty, EMPTY_CELL)]
    return effect_sizes("OR", y, v, table.figures, blocked=blocked, doubts=table.doubts_of_ratio())


@without_warnings
def log_risk_ratio(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    zero_cells: ZeroCells = "add-half-where-needed",
    double_zero: DoubleZero = "keep",
) -> EffectSizes:
    """Log of the risk in arm 1 over the risk in arm 2.

    Args:
        events1: Patients with the event in arm 1, from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        zero_cells: What is added where a cell is empty; see ``two_by_two``.
        double_zero: What becomes of rows without an event in either arm; see ``two_by_two``.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: Single numbers with no event in an arm, nothing added.

    Source: Katz et al. 1978, doi:10.2307/2530610; Cochrane Handbook 6.4.1.
    """
    table = two_by_two(events1, n1, events2, n2, zero_cells)
    y = np.log((table.a / table.n1) / (table.c / table.n2))
    v = 1 / table.a - 1 / table.n1 + 1 / table.c - 1 / table.n2
    blocked = [*table.blocked_in_ratio(double_zero), ((table.a == 0) | (table.c == 0), EMPTY_CELL)]
    return effect_sizes("RR", y, v, table.figures, blocked=blocked, doubts=table.doubts_of_ratio())


@without_warnings
def risk_difference(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    zero_cells: ZeroCells = "add-half-where-needed",
) -> EffectSizes:
    """Risk in arm 1 less risk in arm 2, as a proportion.

    Args:
        events1: Patients with the event in arm 1, from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        zero_cells: What is added where a cell is empty; see ``two_by_two``. With "none", a row in which both
            arms have no event, or nothing but events, has a variance of 0 and no answer.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: Single numbers whose variance is 0.

    Source: Cochrane Handbook 6.4.1.
    """
    table = two_by_two(events1, n1, events2, n2, zero_cells)
    p1, p2 = table.a / table.n1, table.c / table.n2
    v = p1 * (1 - p1) / table.n1 + p2 * (1 - p2) / table.n2
    return effect_sizes("RD", p1 - p2, v, table.figures, doubts=table.doubts())


@without_warnings
def arcsine_difference(events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike) -> EffectSizes:
    """arcsin √risk 1 less arcsin √risk 2: for rare harms, because empty cells need nothing added.

    Args:
        events1: Patients with the event in arm 1, from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.

    Source: Rücker et al. 2009, doi:10.1002/sim.3511.
    """
    table = two_by_two(events1, n1, events2, n2, "none")
    y = np.arcsin(np.sqrt(table.a / table.n1)) - np.arcsin(np.sqrt(table.c / table.n2))
    return effect_sizes("AS", y, 1 / (4 * table.n1) + 1 / (4 * table.n2), table.figures)


@without_warnings
def peto_log_odds_ratio(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    zero_cells: ZeroCells = "add-half-where-needed",
    double_zero: DoubleZero = "keep",
) -> EffectSizes:
    """Peto's one-step log odds ratio (O - E) / V, for rare events and arms of similar size.

    It is biased where arms differ much in size or effects are large. The method itself needs nothing added to
    empty cells: ask for ``zero_cells="none"``, or pool with ``stratified.peto``, which adds nothing. The
    default is the one that all two-arm measures share.

    Args:
        events1: Patients with the event in arm 1, from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        zero_cells: What is added where a cell is empty; see ``two_by_two``.
        double_zero: What becomes of rows without an event in either arm; see ``two_by_two``.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: Single numbers without an event in either arm, nothing added.

    Source: Yusuf et al. 1985, doi:10.1016/S0033-0620(85)80003-7; when not: Greenland & Salvan 1990,
    doi:10.1002/sim.4780090302.
    """
    table = two_by_two(events1, n1, events2, n2, zero_cells)
    n1, n2 = table.n1, table.n2
    total, events = n1 + n2, table.a + table.c
    observed_less_expected = table.a - n1 * events / total
    spread = n1 * n2 * events * (total - events) / (total**2 * (total - 1))
    y, v = observed_less_expected / spread, 1 / spread
    blocked = [*table.blocked_in_ratio(double_zero), ((spread == 0), "no event, or nothing but events.")]
    return effect_sizes("PETO", y, v, table.figures, blocked=blocked, doubts=table.doubts_of_ratio())
