"""Median, quartiles and extremes of one arm: which of them were printed, and that they stand in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import InvalidData
from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, Rule, at_least, complete, require

__all__ = ["FiveNumbers", "Scenario", "five_numbers"]

Scenario = Literal["range", "quartiles", "five-numbers"]
"""S1 (minimum, median, maximum), S2 (quartiles and median), S3 (all five) of Wan et al. 2014."""

# Below five patients the order statistics that the formulas rest on do not exist apart from one another.
SMALLEST_N = 5


@dataclass(frozen=True, eq=False, slots=True)
class FiveNumbers:
    """The order statistics of each row; those not printed are NaN in every row."""

    n: Array
    median: Array
    minimum: Array
    q1: Array
    q3: Array
    maximum: Array
    scenario: Scenario


def five_numbers(
    n: ArrayLike,
    median: ArrayLike,
    *,
    q1: ArrayLike | None = None,
    q3: ArrayLike | None = None,
    minimum: ArrayLike | None = None,
    maximum: ArrayLike | None = None,
) -> FiveNumbers:
    """The printed order statistics, checked, with the scenario they make.

    Args:
        n: Patients, at least 5.
        median: Median.
        q1: First quartile; together with q3.
        q3: Third quartile.
        minimum: Smallest value; together with maximum.
        maximum: Largest value.

    Raises:
        InvalidData: Neither both quartiles nor both extremes, a missing figure, figures out of order or all
            equal, or fewer than five patients.

    Source: Wan et al. 2014, doi:10.1186/1471-2288-14-135 (the scenarios).
    """
    scenario = _scenario(q1 is not None and q3 is not None, minimum is not None and maximum is not None)
    given = {"minimum": minimum, "q1": q1, "median": median, "q3": q3, "maximum": maximum}
    ordered = {name: column for name, column in given.items() if column is not None}
    read = read_columns(n=n, **ordered)
    figures = dict(zip(("n", *ordered), read, strict=True))
    require(*complete(**figures), at_least("n", figures["n"], SMALLEST_N), *_order(figures))
    blank = np.full(figures["n"].shape, np.nan)
    columns = dict.fromkeys(("n", "median", "minimum", "q1", "q3", "maximum"), blank) | figures
    return FiveNumbers(**columns, scenario=scenario)


def _scenario(quartiles: bool, extremes: bool) -> Scenario:
    if quartiles and extremes:
        return "five-numbers"
    if quartiles:
        return "quartiles"
    if extremes:
        return "range"
    raise InvalidData("A median alone has no spread: give q1 and q3, or minimum and maximum, or all four.")


def _order(figures: dict[str, Array]) -> Iterator[Rule]:
    names = [name for name in ("minimum", "q1", "median", "q3", "maximum") if name in figures]
    for lower, upper in pairwise(names):
        yield Rule(upper, figures[upper], figures[upper] < figures[lower], f"no less than {lower}")
    for lower, upper in (("minimum", "maximum"), ("q1", "q3")):
        if lower in figures and upper in figures:
            yield Rule(upper, figures[upper], figures[upper] == figures[lower], f"above {lower}")
