"""When a phase of the plan is, in days and in weeks after the injection."""

from collections.abc import Sequence
from math import ceil

__all__ = ["phase_span"]


def phase_span(days: Sequence[int]) -> str:
    """Days of a phase, both included, and the weeks they lie in; the day of the injection is day 0.

    Args:
        days: First and last day.
    """
    first, last = days
    begin, end = (max(1, ceil(day / 7)) for day in (first, last))
    weeks = f"week {begin}" if begin == end else f"weeks {begin}–{end}"
    return f"days {first}–{last}, {weeks}"
