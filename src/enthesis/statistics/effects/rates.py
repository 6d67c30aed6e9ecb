"""Events per time at risk: for outcomes that a patient can have twice, or follow-up that varies."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, Mask, above, at_least, check_option, require
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.two_by_two import ZeroCells

__all__ = [
    "log_rate",
    "log_rate_ratio",
    "rate",
    "rate_difference",
    "square_root_rate",
    "square_root_rate_difference",
]

NO_EVENTS = "an arm has no event and nothing was added."
HALVED = "0.5 was added to the events."


@without_warnings
def log_rate_ratio(
    events1: ArrayLike,
    time1: ArrayLike,
    events2: ArrayLike,
    time2: ArrayLike,
    *,
    zero_cells: ZeroCells = "add-half-where-needed",
) -> EffectSizes:
    """Log of the event rate of arm 1 over that of arm 2.

    Args:
        events1: Events in arm 1, 0 or more.
        time1: Time at risk in arm 1, above 0, in one unit for all.
        events2: Events in arm 2.
        time2: Time at risk in arm 2.
        zero_cells: Whether 0.5 is added to the events of both arms: of rows where one is 0, of every row, or
            never.

    Raises:
        InvalidData: Events below 0, or no time at risk.
        CannotEstimate: Single numbers without an event in an arm, nothing added.

    Source: Cochrane Handbook 6.7.1.
    """
    figures, x1, x2, halved = _read_two_rates(events1, time1, events2, time2, zero_cells)
    y = np.log((x1 / figures["time1"]) / (x2 / figures["time2"]))
    v = 1 / x1 + 1 / x2
    blocked = [((x1 == 0) | (x2 == 0), NO_EVENTS)]
    return effect_sizes("IRR", y, v, figures, blocked=blocked, doubts=[(halved, HALVED)])


@without_warnings
def rate_difference(
    events1: ArrayLike,
    time1: ArrayLike,
    events2: ArrayLike,
    time2: ArrayLike,
    *,
    zero_cells: ZeroCells = "add-half-where-needed",
) -> EffectSizes:
    """Event rate of arm 1 less that of arm 2, per unit of time.

    Args:
        events1: Events in arm 1, 0 or more.
        time1: Time at risk in arm 1, above 0.
        events2: Events in arm 2.
        time2: Time at risk in arm 2.
        zero_cells: See ``log_rate_ratio``.

    Raises:
        InvalidData: Events below 0, or no time at risk.
        CannotEstimate: Single numbers without any event, nothing added.

    Source: Cochrane Handbook 6.7.1.
    """
    figures, x1, x2, halved = _read_two_rates(events1, time1, events2, time2, zero_cells)
    t1, t2 = figures["time1"], figures["time2"]
    v = x1 / t1**2 + x2 / t2**2
    return effect_sizes("IRD", x1 / t1 - x2 / t2, v, figures, doubts=[(halved, HALVED)])


@without_warnings
def square_root_rate_difference(
    events1: ArrayLike, time1: ArrayLike, events2: ArrayLike, time2: ArrayLike
) -> EffectSizes:
    """√rate of arm 1 less √rate of arm 2: its variance does not depend on the events, so 0 needs no mending.

    Args:
        events1: Events in arm 1, 0 or more.
        time1: Time at risk in arm 1, above 0.
        events2: Events in arm 2.
        time2: Time at risk in arm 2.

    Raises:
        InvalidData: Events below 0, or no time at risk.

    Source: variance-stabilising root of a Poisson count, Bartlett 1936, doi:10.2307/2983678.
    """
    figures, x1, x2, _ = _read_two_rates(events1, time1, events2, time2, "none")
    t1, t2 = figures["time1"], figures["time2"]
    return effect_sizes("IRSD", np.sqrt(x1 / t1) - np.sqrt(x2 / t2), 1 / (4 * t1) + 1 / (4 * t2), figures)


@without_warnings
def log_rate(
    events: ArrayLike, time: ArrayLike, *, zero_cells: ZeroCells = "add-half-where-needed"
) -> EffectSizes:
    """Log of the event rate of one arm.

    Args:
        events: Events, 0 or more.
        time: Time at risk, above 0.
        zero_cells: See ``log_rate_ratio``.

    Raises:
        InvalidData: Events below 0, or no time at risk.
        CannotEstimate: Single numbers without an event, nothing added.
    """
    x, t = _read_rate(events, time)
    raised, halved = _halve(x, x == 0, zero_cells)
    y, v = np.log(raised / t), 1 / raised
    figures = {"events": x, "time": t}
    return effect_sizes("IRLN", y, v, figures, blocked=[(raised == 0, NO_EVENTS)], doubts=[(halved, HALVED)])


@without_warnings
def rate(
    events: ArrayLike, time: ArrayLike, *, zero_cells: ZeroCells = "add-half-where-needed"
) -> EffectSizes:
    """Event rate of one arm, per unit of time.

    Args:
        events: Events, 0 or more.
        time: Time at risk, above 0.
        zero_cells: See ``log_rate_ratio``.

    Raises:
        InvalidData: Events below 0, or no time at risk.
        CannotEstimate: Single numbers without an event, nothing added.
    """
    x, t = _read_rate(events, time)
    raised, halved = _halve(x, x == 0, zero_cells)
    figures = {"events": x, "time": t}
    blocked = [(raised == 0, NO_EVENTS)]
    return effect_sizes("IR", raised / t, raised / t**2, figures, blocked=blocked, doubts=[(halved, HALVED)])


@without_warnings
def square_root_rate(events: ArrayLike, time: ArrayLike) -> EffectSizes:
    """√rate of one arm; 0 events need no mending.

    Args:
        events: Events, 0 or more.
        time: Time at risk, above 0.

    Raises:
        InvalidData: Events below 0, or no time at risk.

    Source: variance-stabilising root of a Poisson count, Bartlett 1936, doi:10.2307/2983678.
    """
    x, t = _read_rate(events, time)
    return effect_sizes("IRS", np.sqrt(x / t), 1 / (4 * t), {"events": x, "time": t})


def _read_two_rates(
    events1: ArrayLike, time1: ArrayLike, events2: ArrayLike, time2: ArrayLike, zero_cells: ZeroCells
) -> tuple[dict[str, Array], Array, Array, Mask]:
    names = ("events1", "time1", "events2", "time2")
    read = read_columns(**dict(zip(names, (events1, time1, events2, time2), strict=True)))
    x1, t1, x2, t2 = read
    require(
        above("time1", t1, 0), above("time2", t2, 0), at_least("events1", x1, 0), at_least("events2", x2, 0)
    )
    empty = (x1 == 0) | (x2 == 0)
    raised1, halved = _halve(x1, empty, zero_cells)
    raised2, _ = _halve(x2, empty, zero_cells)
    return dict(zip(names, read, strict=True)), raised1, raised2, halved


def _read_rate(events: ArrayLike, time: ArrayLike) -> tuple[Array, Array]:
    x, t = read_columns(events=events, time=time)
    require(above("time", t, 0), at_least("events", x, 0))
    return x, t


def _halve(x: Array, empty: Mask, zero_cells: ZeroCells) -> tuple[Array, Mask]:
    check_option("zero_cells", zero_cells, ZeroCells)
    if zero_cells == "add-half-where-needed":
        return x + np.where(empty, 0.5, 0.0), empty
    halved = np.full_like(empty, zero_cells == "add-half-to-all")
    return x + np.where(halved, 0.5, 0.0), halved
