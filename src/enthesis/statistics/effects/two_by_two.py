"""The two-by-two table of events in two arms, and what is done about its empty cells."""

from dataclasses import dataclass
from typing import Literal

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

__all__ = ["DoubleZero", "TwoByTwo", "ZeroCells", "two_by_two"]

ZeroCells = Literal["add-half-where-needed", "add-half-to-all", "none"]
"""Whether 0.5 is added to the four cells of a row: of rows with an empty cell, of every row, or of no row.

Source: Cochrane Handbook 10.4.4.2; Sweeting, Sutton & Lambert 2004, doi:10.1002/sim.1761 (what it costs).
"""

DoubleZero = Literal["keep", "leave-out"]
"""What becomes of a row without an event in either arm (or with nothing but events) in a ratio measure.

Such a row says nothing about a ratio (Cochrane Handbook 10.4.4.1). "keep" lets the added halves speak, with
a caveat; "leave-out" names it as not estimable.
"""


@dataclass(frozen=True, eq=False, slots=True)
class TwoByTwo:
    """Events and non-events of two arms, halves added where the policy says so."""

    a: Array
    """Events of arm 1."""
    b: Array
    """Arm 1 without the event."""
    c: Array
    """Events of arm 2."""
    d: Array
    """Arm 2 without the event."""
    figures: dict[str, Array]
    """The columns as given."""
    halved: Mask
    """Rows to which halves were added."""
    double_zero: Mask
    """Rows with no event at all, or with nothing but events."""

    @property
    def n1(self) -> Array:
        """Patients of arm 1 (with the halves)."""
        return self.a + self.b

    @property
    def n2(self) -> Array:
        """Patients of arm 2 (with the halves)."""
        return self.c + self.d

    def doubts(self) -> list[tuple[Mask, str]]:
        """Caveats of the added halves."""
        return [(self.halved, "0.5 was added to each of the four cells.")]

    def doubts_of_ratio(self) -> list[tuple[Mask, str]]:
        """Caveats of the added halves and of double-zero rows, for a ratio measure."""
        return [
            *self.doubts(),
            (
                self.double_zero,
                "both arms have no event, or nothing but events: the row says nothing about a ratio, and its "
                "value comes from the added halves alone.",
            ),
        ]

    def blocked_in_ratio(self, double_zero: DoubleZero) -> list[tuple[Mask, str]]:
        """Rows to leave out of a ratio measure."""
        check_option("double_zero", double_zero, DoubleZero)
        if double_zero == "keep":
            return []
        return [(self.double_zero, "both arms have no event, or nothing but events.")]


def two_by_two(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    zero_cells: ZeroCells = "add-half-where-needed",
) -> TwoByTwo:
    """The table of events and non-events, checked, with halves added by the named policy.

    Counts need not be whole: a shared comparator that was split has halves and thirds of patients.

    Args:
        events1: Patients with the event in arm 1, from 0 to n1.
        n1: Patients of arm 1, above 0.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        zero_cells: See ``ZeroCells``.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
    """
    check_option("zero_cells", zero_cells, ZeroCells)
    names = ("events1", "n1", "events2", "n2")
    read = read_columns(**dict(zip(names, (events1, n1, events2, n2), strict=True)))
    a, n1, c, n2 = read
    require(
        above("n1", n1, 0),
        above("n2", n2, 0),
        at_least("events1", a, 0),
        at_least("events2", c, 0),
        no_more_than("events1", a, "n1", n1),
        no_more_than("events2", c, "n2", n2),
    )
    b, d = n1 - a, n2 - c
    halved = _rows_to_halve(zero_cells, (a == 0) | (b == 0) | (c == 0) | (d == 0))
    half = np.where(halved, 0.5, 0.0)
    double_zero = ((a == 0) & (c == 0)) | ((b == 0) & (d == 0))
    return TwoByTwo(
        a + half, b + half, c + half, d + half, dict(zip(names, read, strict=True)), halved, double_zero
    )


def _rows_to_halve(zero_cells: ZeroCells, with_empty_cell: Mask) -> Mask:
    if zero_cells == "add-half-where-needed":
        return with_empty_cell
    return np.full_like(with_empty_cell, zero_cells == "add-half-to-all")
