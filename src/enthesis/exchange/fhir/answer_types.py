"""Which FHIR type an answer has: a coded choice, a whole number, or any number on a line."""

from enum import StrEnum

from enthesis.domain.instruments import Response

__all__ = ["MOST_CHOICES", "AnswerType", "answer_type", "is_line"]

MOST_CHOICES = 7
"""Answers that are listed one by one; a plain 0 to 10 is typed or slid as a number."""


class AnswerType(StrEnum):
    """Item types of FHIR that an instrument needs; each value is FHIR's own word."""

    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"


def answer_type(response: Response) -> AnswerType:
    """FHIR type of the answers an item takes."""
    if not response.whole:
        return AnswerType.DECIMAL
    listed = response.levels or response.points or response.labels or len(response.allowed) <= MOST_CHOICES
    return AnswerType.CHOICE if listed else AnswerType.INTEGER


def is_line(response: Response) -> bool:
    """True for a scale between two ends, shown as a slider; False for a choice or a measured quantity."""
    return answer_type(response) is not AnswerType.CHOICE and response.unit in ("", "mm")
