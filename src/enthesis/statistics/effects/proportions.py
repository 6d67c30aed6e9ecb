"""Proportion of one arm with an event: harms in single-arm series, responders.

The Freeman-Tukey double arcsine is refused: its back-transformation has no single inverse and can mislead
seriously (Schwarzer et al. 2019, doi:10.1002/jrsm.1348; Röver & Friede 2022, doi:10.1002/jrsm.1591).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import (
    Array,
    Mask,
    above,
    at_least,
    check_option,
    no_more_than,
    require,
)
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings
from enthesis.statistics.effects.two_by_two import ZeroCells

__all__ = ["arcsine_proportion", "log_proportion", "logit_proportion", "raw_proportion"]

NO_LIMIT = "no patient, or every patient, has the event and nothing was added."


@without_warnings
def logit_proportion(
    events: ArrayLike, n: ArrayLike, *, zero_cells: ZeroCells = "add-half-where-needed"
) -> EffectSizes:
    """Log odds of the event in one arm.

    Args:
        events: Patients with the event, from 0 to n.
        n: Patients.
        zero_cells: Whether 0.5 is added to events and to non-events: of rows where one of them is 0
            ("add-half-where-needed"), of every row ("add-half-to-all"), or never ("none").

    Raises:
        InvalidData: Events below 0 or above n, or no patients.
        CannotEstimate: Single numbers at 0 or n, nothing added.

    Source: Cochrane Handbook 6.4.1.2 (odds); Warton & Hui 2011, doi:10.1890/10-0340.1 (why the logit).
    """
    counts = _read_counts(events, n, zero_cells)
    y = np.log(counts.events / counts.others)
    v = 1 / counts.events + 1 / counts.others
    return counts.effects("PLO", y, v)


@without_warnings
def log_proportion(
    events: ArrayLike, n: ArrayLike, *, zero_cells: ZeroCells = "add-half-where-needed"
) -> EffectSizes:
    """Log of the proportion with the event in one arm.

    Args:
        events: Patients with the event, from 0 to n.
        n: Patients.
        zero_cells: See ``logit_proportion``.

    Raises:
        InvalidData: Events below 0 or above n, or no patients.
        CannotEstimate: Single numbers at 0 or n, nothing added.

    Source: delta method, as for the risk ratio (Katz et al. 1978, doi:10.2307/2530610).
    """
    counts = _read_counts(events, n, zero_cells)
    y = np.log(counts.events / counts.n)
    v = 1 / counts.events - 1 / counts.n
    return counts.effects("PLN", y, v)


@without_warnings
def raw_proportion(
    events: ArrayLike, n: ArrayLike, *, zero_cells: ZeroCells = "add-half-where-needed"
) -> EffectSizes:
    """Proportion with the event in one arm, untransformed: its interval can pass 0 or 1.

    Args:
        events: Patients with the event, from 0 to n.
        n: Patients.
        zero_cells: See ``logit_proportion``.

    Raises:
        InvalidData: Events below 0 or above n, or no patients.
        CannotEstimate: Single numbers at 0 or n, nothing added.
    """
    counts = _read_counts(events, n, zero_cells)
    y = counts.events / counts.n
    return counts.effects("PR", y, y * (1 - y) / counts.n)


@without_warnings
def arcsine_proportion(events: ArrayLike, n: ArrayLike) -> EffectSizes:
    """arcsin √proportion of one arm: its variance 1/(4n) does not depend on the proportion.

    Args:
        events: Patients with the event, from 0 to n; 0 and n need nothing added.
        n: Patients.

    Raises:
        InvalidData: Events below 0 or above n, or no patients.

    Source: Rücker et al. 2009, doi:10.1002/sim.3511.
    """
    counts = _read_counts(events, n, "none")
    y = np.arcsin(np.sqrt(counts.events / counts.n))
    return effect_sizes("PAS", y, 1 / (4 * counts.n), counts.figures)


@dataclass(frozen=True, eq=False, slots=True)
class _Counts:
    events: Array
    others: Array
    figures: dict[str, Array]
    halved: Mask

    @property
    def n(self) -> Array:
        return self.events + self.others

    def effects(self, measure: str, y: Array, v: Array) -> EffectSizes:
        blocked = [((self.events == 0) | (self.others == 0), NO_LIMIT)]
        doubts = [(self.halved, "0.5 was added to events and to non-events.")]
        return effect_sizes(measure, y, v, self.figures, blocked=blocked, doubts=doubts)


def _read_counts(events: ArrayLike, n: ArrayLike, zero_cells: ZeroCells) -> _Counts:
    check_option("zero_cells", zero_cells, ZeroCells)
    x, n = read_columns(events=events, n=n)
    require(above("n", n, 0), at_least("events", x, 0), no_more_than("events", x, "n", n))
    halved = (x == 0) | (x == n)
    if zero_cells != "add-half-where-needed":
        halved = np.full_like(halved, zero_cells == "add-half-to-all")
    half = np.where(halved, 0.5, 0.0)
    return _Counts(x + half, n - x + half, {"events": x, "n": n}, halved)
