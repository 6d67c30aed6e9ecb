"""Fragility index of a meta-analysis: how few patients its significance rests on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.effects import log_odds_ratio, log_risk_ratio, risk_difference, two_by_two
from enthesis.statistics.effects.effect_sizes import EffectSizes
from enthesis.statistics.pooling import pool_batch
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["Change", "MetaFragility", "fragility_of_meta_analysis"]

_MEASURES: dict[str, Callable[..., EffectSizes]] = {
    "OR": log_odds_ratio,
    "RR": log_risk_ratio,
    "RD": risk_difference,
}
_CAVEAT = Caveat(
    "greedy-search",
    "Outcomes were changed one at a time, each time the most telling one; fewer changes may do.",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One patient's outcome turned.

    Attributes:
        trial: Position of the trial in the columns, from 0.
        arm: 1 or 2.
        events: +1 for an event more, -1 for an event less.
    """

    trial: int
    arm: int
    events: int


@dataclass(frozen=True, slots=True)
class MetaFragility:
    """Patients whose outcome would have to differ for the pooled significance to turn.

    Attributes:
        index: Number of changes found.
        quotient: index / all patients.
        significant: Whether the pooled effect is significant as it is; the changes turn that.
        changes: Which outcomes were turned, in order.
        ci: Interval of the pooled effect as it is (ratios: of the logarithm).
        ci_after: The same after the changes.
        measure: "OR", "RR" or "RD".
        method: Estimator of tau2.
        interval: How the interval was built.
        level: Its coverage.
        k: Number of trials.
        caveats: Doubts that the reader must see.
    """

    index: int
    quotient: float
    significant: bool
    changes: tuple[Change, ...]
    ci: tuple[float, float]
    ci_after: tuple[float, float]
    measure: str
    method: str
    interval: str
    level: float
    k: int
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class _Analysis:
    """How trials become an interval."""

    measure: str
    method: str
    interval: str
    level: float

    def effects(self, tables: Array) -> tuple[Array, Array]:
        """y and v of tables (n, 4): events1, n1, events2, n2; NaN where a trial says nothing."""
        options = {} if self.measure == "RD" else {"double_zero": "leave-out"}
        found = _MEASURES[self.measure](*tables.T, **options)
        return found.y, found.v

    def intervals(self, y: Array, v: Array) -> Array:
        """Intervals of pooled effects, (n, 2), for effects (n, k)."""
        return pool_batch(
            y, v, np.isfinite(y), method=self.method, interval=self.interval, level=self.level
        ).ci


def fragility_of_meta_analysis(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    measure: str = "RR",
    method: str = "REML",
    interval: str = "wald",
    level: float = 0.95,
    largest: int = 1000,
) -> MetaFragility:
    """Outcomes to turn, one patient at a time, until the pooled interval gains or loses the null.

    At each step every single change in every arm of every trial is tried, and the one kept whose interval
    ends nearest to where the significance turns. When the effect is not significant both directions are
    tried and the shorter way is given.

    Args:
        events1: Patients with the event in arm 1, shape (k,).
        n1: Patients of arm 1, shape (k,).
        events2: Patients with the event in arm 2, shape (k,).
        n2: Patients of arm 2, shape (k,).
        measure: "OR", "RR" (both pooled as logarithms) or "RD".
        method: Estimator of tau2.
        interval: "wald", "hartung-knapp", ... as in pooling.
        level: Coverage of the interval.
        largest: Give up after so many changes.

    When it misleads: as the index of one trial, it restates a p-value in patients; the search is greedy, so
    the true index may be smaller.

    Raises:
        InvalidData: Events below 0 or above n, an arm without patients, or an unknown measure.
        CannotEstimate: No trial says anything, or no ``largest`` changes turn the significance.

    Source: Atal et al. 2019, doi:10.1016/j.jclinepi.2019.03.012.
    """
    check_level(level)
    if measure not in _MEASURES:
        known = ", ".join(_MEASURES)
        raise InvalidData(Fault(f"{measure!r} is unknown;", "measure", f"give one of {known}."))
    analysis = _Analysis(measure, method, interval, level)
    # two_by_two checks the counts; without halves added it hands them back.
    a, size1, c, size2 = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (events1, n1, events2, n2))
    given = two_by_two(a, size1, c, size2, zero_cells="none")
    tables = np.column_stack([given.a, given.n1, given.c, given.n2])
    y, v = analysis.effects(tables)
    if not np.isfinite(y).any():
        raise CannotEstimate("No trial has both a patient with the event and one without.")
    ci = analysis.intervals(y[None], v[None])[0]
    significant = bool(ci[0] > 0 or ci[1] < 0)
    goals = _goals(ci, significant)
    ways = [way for goal in goals if (way := _search(analysis, tables, goal, largest)) is not None]
    if not ways:
        raise CannotEstimate(f"No {largest} changes of single outcomes, each telling, turn the significance.")
    changes, ci_after = min(ways, key=lambda way: len(way[0]))
    return MetaFragility(
        index=len(changes),
        quotient=len(changes) / float(tables[:, 1].sum() + tables[:, 3].sum()),
        significant=significant,
        changes=tuple(changes),
        ci=(float(ci[0]), float(ci[1])),
        ci_after=(float(ci_after[0]), float(ci_after[1])),
        measure=measure,
        method=method,
        interval=interval,
        level=level,
        k=len(tables),
        caveats=(_CAVEAT,),
    )


#: How far an interval (n, 2) has come towards turning: 0 or more when it has.
_Goal = Callable[[Array], Array]


def _goals(ci: Array, significant: bool) -> list[_Goal]:
    above, below = (lambda ci: ci[:, 0]), (lambda ci: -ci[:, 1])
    if not significant:
        return [above, below]
    return [lambda ci: -ci[:, 0]] if ci[0] > 0 else [lambda ci: ci[:, 1]]


def _search(
    analysis: _Analysis, tables: Array, goal: _Goal, largest: int
) -> tuple[list[Change], Array] | None:
    """Changes that reach the goal one by one, or None."""
    tables = tables.copy()
    changes: list[Change] = []
    y, v = analysis.effects(tables)
    reached = float(goal(analysis.intervals(y[None], v[None]))[0])
    while len(changes) < largest:
        options = _options(tables)
        trial = np.array([option.trial for option in options])
        changed = tables[trial]
        changed[np.arange(len(options)), [2 * (o.arm - 1) for o in options]] += [o.events for o in options]
        all_y, all_v = np.tile(y, (len(options), 1)), np.tile(v, (len(options), 1))
        rows = np.arange(len(options)), trial
        all_y[rows], all_v[rows] = analysis.effects(changed)
        intervals = analysis.intervals(all_y, all_v)
        nearness = goal(intervals)
        best = int(np.nanargmax(nearness))
        if not nearness[best] > reached:
            return None
        reached = float(nearness[best])
        changes.append(options[best])
        tables[trial[best]], y, v = changed[best], all_y[best], all_v[best]
        if reached >= 0:
            return changes, intervals[best]
    return None


def _options(tables: Array) -> list[Change]:
    """Every outcome that could be turned."""
    found = []
    for trial, (events1, n1, events2, n2) in enumerate(tables.tolist()):
        for arm, events, n in ((1, events1, n1), (2, events2, n2)):
            found += [Change(trial, arm, step) for step in (1, -1) if 0 <= events + step <= n]
    return found
