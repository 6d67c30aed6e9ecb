"""The rules that every row of a column must keep, and the faults of the rows that break them."""

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from enthesis.errors import Fault, InvalidData

__all__ = [
    "MOST_ROWS_NAMED",
    "Array",
    "Mask",
    "Rule",
    "above",
    "at_least",
    "between",
    "check_option",
    "complete",
    "no_more_than",
    "require",
]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

# A report of a million broken rows helps nobody; the first ones show the pattern and the rest are counted.
MOST_ROWS_NAMED = 20


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
        found = [self._fault(int(row)) for row in rows[:MOST_ROWS_NAMED]]
        if (rest := rows.size - len(found)) > 0:
            found.append(Fault(f"{rest} more rows break the same rule.", where=self.name))
        return found

    def _fault(self, row: int) -> Fault:
        value = float(self.values.flat[row])
        where = f"row {row + 1}" if self.values.ndim else ""
        return Fault(f"Invalid {self.name} {value:.15g}; must be {self.allowed}.", where=where)


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


def above(name: str, values: Array, limit: float) -> Rule:
    """Every figure is greater than the limit."""
    return Rule(name, values, values <= limit, f"above {limit:g}")


def at_least(name: str, values: Array, limit: float) -> Rule:
    """Every figure is the limit or more."""
    return Rule(name, values, values < limit, f"at least {limit:g}")


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
