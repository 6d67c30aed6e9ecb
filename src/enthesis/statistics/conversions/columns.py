"""Columns of figures as arrays of one length.

A single number is a column without rows: it stays a number all the way through. An empty cell (``None`` or
NaN) is a missing figure, which is no fault; text or a figure beyond any trial is one, and all faults are
reported together.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.conversions.rules import MOST_ROWS_NAMED, Array, Rule

__all__ = ["number_or_array", "plural_rows", "read_columns", "weighted_mean"]

# No trial has a figure beyond these sizes: a larger one is refused, a smaller one is 0. Between them
# products, squares and quotients stay numbers.
LARGEST, SMALLEST = 1e50, 1e-100


def read_columns(**columns: ArrayLike | None) -> tuple[Array, ...]:
    """The columns as float arrays of one common shape, in the order given.

    Args:
        columns: Numbers, or sequences of one length; a number is repeated for every row. ``None`` and NaN
            are missing figures.

    Returns:
        One array per column, all of shape () or (k,).

    Raises:
        InvalidData: Text where a number should be, a figure that is infinite or beyond any trial, or columns
            of different lengths.
    """
    faults: list[Fault] = []
    arrays = [_as_floats(name, given, faults) for name, given in columns.items()]
    lengths = {array.size for array in arrays if array.ndim}
    if len(lengths) > 1:
        listed = ", ".join(f"{n} {a.size}" for n, a in zip(columns, arrays, strict=True) if a.ndim)
        faults.append(
            Fault(f"Columns of different lengths: {listed}.", repair="Give every column one length.")
        )
    if faults:
        raise InvalidData(faults)
    shape = (lengths.pop(),) if lengths else ()
    return tuple(a if a.shape == shape else np.broadcast_to(a, shape) for a in arrays)


def _as_floats(name: str, given: Any, faults: list[Fault]) -> Array:
    try:
        array = np.asarray(np.nan if given is None else given, dtype=np.float64)
    except (TypeError, ValueError):
        array = np.asarray([_as_float(name, row, cell, faults) for row, cell in enumerate(_cells(given))])
    if array.ndim > 1:
        raise ValueError(f"{name} has {array.ndim} dimensions; columns have one.")
    size = np.abs(array)
    allowed = f"a finite number, at most {LARGEST:g} in size"
    faults.extend(Rule(name, array, size > LARGEST, allowed).faults())
    return np.where(size < SMALLEST, 0.0, array)


def _cells(given: Any) -> Sequence[Any]:
    return [given] if isinstance(given, str) or not np.iterable(given) else list(given)


def _as_float(name: str, row: int, cell: Any, faults: list[Fault]) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError):
        if cell is not None and str(cell).strip():
            faults.append(Fault(f"Invalid {name} {cell!r}; must be a number.", where=f"row {row + 1}"))
        return np.nan


def weighted_mean(values: Array, weights: Array) -> Array:
    """Mean over the rows in which both figures are known."""
    known = np.isfinite(values) & np.isfinite(weights)
    return np.asarray(np.sum(weights * values, where=known) / np.sum(weights, where=known))


def number_or_array(values: Array) -> Any:
    """A plain float when there are no rows, else the array, closed for writing."""
    if values.ndim == 0:
        return float(values)
    closed = np.array(values)
    closed.setflags(write=False)
    return closed


def plural_rows(rows: Sequence[int]) -> str:
    """Rows in words, counted from 1: ``row 3``, ``rows 1, 2 and 5``."""
    numbers = [str(row + 1) for row in rows[:MOST_ROWS_NAMED]]
    if (rest := len(rows) - len(numbers)) > 0:
        numbers.append(f"{rest} more")
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"
