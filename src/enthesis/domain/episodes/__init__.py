"""One course of treatment: what was found before, what is due afterwards, what went wrong, what may be done.

This room owns the words grade, window, follow-up, closure, completeness, chase, consent and adverse event.
Every rule is a pure function of values and of dates that the caller gives: it reads no clock, no file and
no database, and knows no patient by name.
"""

from enthesis.domain.episodes.grading import (
    Grade,
    GradingSystem,
    GradingWording,
    RecordedGrade,
    check_grade,
    systems_for,
)

__all__ = [
    "Grade",
    "GradingSystem",
    "GradingWording",
    "RecordedGrade",
    "check_grade",
    "systems_for",
]
