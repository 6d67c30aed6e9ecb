"""Columns of figures as arrays of one length, and the rules that every row of them must keep.

A single number is a column without rows: it stays a number all the way through. An empty cell (``None`` or
NaN) is a missing figure, which is no fault; a figure that breaks a rule is one, and all faults are reported
together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import Fault, InvalidData

__all__ = [
    "Array",
    "Mask",
    "Rule",
    "above",
    "at_least",
    "at_most",
    "between",
    "check_option",
    "complete",
    "no_more_than",
    "number_or_array",
    "plural_rows",
    "read_columns",
    "require",
    "weighted_mean",
]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

# A report of a million broken rows helps nobody; the first ones show the pattern and the rest are counted.
MOST_FAULTS_PER_RULE = 20

# No trial has a figure beyond these sizes: a larger one is refused, a smaller one is 0. Between them
# products, squares and quotients stay numbers.
LARGEST, SMALLEST = 1e50, 1e-100


@dataclass(frozen=True, slots=True)
class Rule:
    """One law of one column: where it is broken, and what is allowed instead."""

    name: str
    values: Array
    broken: Mask
    allowed: str

    def faults(self) -> list[Fault]:
        """One fault per broken row, the rows beyond the first 20 counted in one line."""
        if not self.broken.any():
            return []
        rows = np.flatnonzero(self.broken)
        found = [self._fault(int(row)) for row in rows[:MOST_FAULTS_PER_RULE]]
        if (rest := rows.size - len(found)) > 0:
            found.append(Fault(f"{rest} more rows break the same rule.", where=self.name))
        return found

    def _fault(self, row: int) -> Fault:
        value = float(self.values.flat[row])
        where = f"row {row + 1}" if self.values.ndim else ""
        return Fault(f"Invalid {self.name} {value:.15g}; must be {self.allowed}.", where=where)


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


def require(*rules: Rule) -> None:
    """Raise every fault of every rule together; without one, nothing happens."""
    if faults := [fault for rule in rules for fault in rule.faults()]:
        raise InvalidData(faults)


def check_option(name: str, value: Any, allowed: Any) -> None:
    """Refuse a word that the option does not have.

    Args:
        name: The option.
        value: What was asked for.
        allowed: The Literal type that lists its words.

    Raises:
        InvalidData: Any other word.
    """
    if value not in (words := get_args(allowed)):
        raise InvalidData(f"Invalid {name} {value!r}; must be {' or '.join(map(repr, words))}.")


def weighted_mean(values: Array, weights: Array) -> Array:
    """Mean over the rows in which both figures are known."""
    known = np.isfinite(values) & np.isfinite(weights)
    return np.asarray(np.sum(weights * values, where=known) / np.sum(weights, where=known))


def above(name: str, values: Array, limit: float) -> Rule:
    """Every figure is greater than the limit."""
    return Rule(name, values, values <= limit, f"above {limit:g}")


def at_least(name: str, values: Array, limit: float) -> Rule:
    """Every figure is the limit or more."""
    return Rule(name, values, values < limit, f"at least {limit:g}")


def at_most(name: str, values: Array, limit: float) -> Rule:
    """Every figure is the limit or less."""
    return Rule(name, values, values > limit, f"at most {limit:g}")


def between(name: str, values: Array, low: float, high: float, *, ends: str = "()") -> Rule:
    """Every figure lies in the interval; ``ends`` says which of its ends belong to it, as in "(0, 1]"."""
    below = values < low if ends[0] == "[" else values <= low
    beyond = values > high if ends[1] == "]" else values >= high
    return Rule(name, values, below | beyond, f"in {ends[0]}{low:g}, {high:g}{ends[1]}")


def no_more_than(name: str, values: Array, other: str, limits: Array) -> Rule:
    """No figure exceeds the one beside it in another column."""
    return Rule(name, values, values > limits, f"no more than {other} of the same row")


def complete(**columns: Array) -> tuple[Rule, ...]:
    """No figure of these columns is missing."""
    return tuple(
        Rule(name, values, np.isnan(values), "given (the figure is missing)")
        for name, values in columns.items()
    )


def number_or_array(values: Array) -> Any:
    """A plain float when there are no rows, else the array, closed for writing."""
    if values.ndim == 0:
        return float(values)
    closed = np.array(values)
    closed.setflags(write=False)
    return closed


def plural_rows(rows: Sequence[int]) -> str:
    """Rows in words, counted from 1: ``row 3``, ``rows 1, 2 and 5``."""
    numbers = [str(row + 1) for row in rows[:MOST_FAULTS_PER_RULE]]
    if (rest := len(rows) - len(numbers)) > 0:
        numbers.append(f"{rest} more")
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"
