"""Confidence in network comparisons and ranks, in words."""

import re

from enthesis.report import numbers
from enthesis.statistics.network import ComparisonConfidence

__all__ = ["RANKS_CANNOT_TELL", "confidence_level", "reason_words"]

RANKS_CANNOT_TELL = (
    "How large a difference is: first and last may lie closer together than patients notice.",
    "How sure it is: a treatment with one small trial has a wide interval and so a chance of every rank, "
    "the first included.",
    "How good the trials are: bias moves a treatment up as well as an effect does.",
    "What harms come with it: the ranks here are of one outcome at one time.",
    "Whether the trials can be compared at all: ranks assume that their patients are alike.",
)

# A hyphen before a digit that follows no word is a minus.
_MINUS = re.compile(r"(?<!\w)-(?=\d)")


def reason_words(reason: str) -> str:
    """A reason of the engine with real minus signs."""
    return _MINUS.sub(numbers.MINUS, reason)


def confidence_level(c: ComparisonConfidence) -> str:
    """'low', or 'very low to low' where concerns that overlap may count once."""
    return c.at_least if c.at_least == c.at_most else f"{c.at_least} to {c.at_most}"
