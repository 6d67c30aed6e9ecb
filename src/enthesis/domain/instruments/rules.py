"""The closed set of scoring rules.

A rule says how the points of answered items become one number. Rules are data: an instrument file picks
one, and nothing outside this list can be picked.
"""

from dataclasses import dataclass
from typing import Literal

from enthesis.domain.instruments.items import Better

__all__ = [
    "Highest",
    "ItemRule",
    "Mean",
    "OfScores",
    "Profile",
    "Rule",
    "ScoreRule",
    "ShareOfMaximum",
    "Sum",
    "Table",
    "ValueSetIndex",
    "Weighted",
]


@dataclass(frozen=True, slots=True)
class Mean:
    """``intercept + slope * mean`` of the answered items."""

    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True, slots=True)
class Sum:
    """Sum of the items; a permitted gap is filled with the mean of the answered ones."""

    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True, slots=True)
class ShareOfMaximum:
    """``top`` times the sum over the most that the answered items could have given."""

    top: float = 100.0


@dataclass(frozen=True, slots=True)
class Weighted:
    """``intercept`` plus each item times its own weight; needs every item."""

    weights: tuple[float, ...]
    intercept: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Printed value for each sum, from ``first`` upwards; needs every item."""

    first: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Highest:
    """Highest answer times ``factor``, at most ``cap``; answers are never below 0."""

    factor: float
    cap: float


@dataclass(frozen=True, slots=True)
class Profile:
    """The answers side by side as one number of that many digits; not a quantity."""


@dataclass(frozen=True, slots=True)
class ValueSetIndex:
    """Index by the value set that the caller chose; no score without a choice."""


@dataclass(frozen=True, slots=True)
class OfScores:
    """Sum or mean of other scores of the same instrument; needs all of them."""

    of: tuple[str, ...]
    how: Literal["sum", "mean"]


ItemRule = Mean | Sum | ShareOfMaximum | Weighted | Table | Highest | Profile | ValueSetIndex
Rule = ItemRule | OfScores


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """One score of an instrument: its items, its rule, when it may be given, and how to read it."""

    name: str
    label: str
    items: tuple[str, ...]
    rule: Rule
    min_answered: int
    range: tuple[float, float]
    better: Better
    source: str
    missing: str
    missing_source: str = ""
    normalised: bool = True
    word: str = ""
