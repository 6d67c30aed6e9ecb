"""What every measure returns: y and v per row, with what stands against a row said in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.conversions.columns import number_or_array, plural_rows
from enthesis.statistics.conversions.rules import Array, Mask

__all__ = ["EffectSizes", "RowNote", "effect_sizes", "without_warnings"]

# Rows that divide by zero or leave the domain of a function are not finite, and ``effect_sizes`` names every
# such row in the result, which a warning on a console does not.
without_warnings = np.errstate(all="ignore")


@dataclass(frozen=True, slots=True)
class RowNote:
    """One remark and the rows it holds for."""

    message: str
    rows: tuple[int, ...]
    """Positions in the columns, from 0; empty when single numbers were given."""

    def __str__(self) -> str:
        """The remark with its rows counted from 1, as a reader counts them."""
        return f"{plural_rows(self.rows)}: {self.message}" if self.rows else self.message


@dataclass(frozen=True, eq=False, slots=True)
class EffectSizes:
    """Effects and their sampling variances, row by row.

    Columns in, arrays of shape (k,) out; single numbers in, floats out. A row without an answer holds NaN in
    an array and is named in ``not_estimable``; a single number without an answer raises CannotEstimate.
    """

    measure: str
    y: Any
    """Effects on an additive scale (ratios as logarithms)."""
    v: Any
    """Sampling variance of each y, in y's unit squared; above 0 where estimable."""
    caveats: tuple[RowNote, ...] = ()
    """Doubts that did not stop the answer."""
    not_estimable: tuple[RowNote, ...] = ()
    """Rows without an answer, and why."""

    @property
    def se(self) -> Any:
        """Standard error of each y; a float for single numbers."""
        return number_or_array(np.sqrt(self.v))

    @property
    def estimable(self) -> Any:
        """True where there is an answer; a bool for single numbers."""
        return bool(np.isfinite(self.y)) if np.ndim(self.y) == 0 else np.isfinite(self.y)


def effect_sizes(
    measure: str,
    y: Array,
    v: Array,
    columns: Mapping[str, Array],
    *,
    blocked: Iterable[tuple[Mask, str]] = (),
    doubts: Iterable[tuple[Mask, str]] = (),
) -> EffectSizes:
    """Assemble the result: close the rows that have no answer and name the reason of each.

    Args:
        measure: The measure's code.
        y: Effects, shape () or (k,); whatever stands in a blocked row is dropped.
        v: Variances, same shape.
        columns: The figures used, to name the missing ones.
        blocked: Rows without an answer, with the reason; the first reason of a row counts.
        doubts: Rows with an answer and a caveat.

    Raises:
        CannotEstimate: Single numbers were given and there is no answer in them.
    """
    reasons = [(np.isnan(values), f"{name} is missing.") for name, values in columns.items()]
    reasons += list(blocked)
    reasons.append((~(np.isfinite(y) & np.isfinite(v) & (v > 0)), "the variance is not a positive number."))
    open_rows = np.ones(np.shape(y), dtype=bool)
    refused = []
    for mask, why in reasons:
        refused += _note(mask & open_rows, f"not estimable, {why}")
        open_rows = open_rows & ~mask
    if np.ndim(y) == 0 and refused:
        raise CannotEstimate(f"{measure}: {refused[0].message}")
    kept = [note for mask, message in doubts for note in _note(mask & open_rows, message)]
    y, v = np.where(open_rows, y, np.nan), np.where(open_rows, v, np.nan)
    return EffectSizes(measure, number_or_array(y), number_or_array(v), tuple(kept), tuple(refused))


def _note(mask: Mask, message: str) -> list[RowNote]:
    if not mask.any():
        return []
    rows = tuple(np.flatnonzero(mask).tolist()) if mask.ndim else ()
    return [RowNote(message, rows)]
