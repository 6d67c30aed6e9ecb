"""One course of treatment: what was found before, what is due afterwards, what went wrong, what may be done.

This room owns the words grade, window, follow-up, closure, completeness, chase, consent and adverse event.
Every rule is a pure function of values and of dates that the caller gives: it reads no clock, no file and
no database, and knows no patient by name.
"""

from enthesis.domain.episodes.closures import Closure, ClosureReason, LostReason
from enthesis.domain.episodes.completeness import (
    Completeness,
    CompletenessRow,
    Standing,
    completeness,
    standing_of,
)
from enthesis.domain.episodes.grading import (
    Grade,
    GradingSystem,
    GradingWording,
    RecordedGrade,
    check_grade,
    systems_for,
)
from enthesis.domain.episodes.protocol import Asked, Protocol, Window, Yardstick
from enthesis.domain.episodes.schedule import (
    Answered,
    Course,
    FollowUp,
    Schedule,
    SetAside,
    courses,
    schedule,
)
from enthesis.domain.episodes.states import FollowUpState, transitions

__all__ = [
    "Answered",
    "Asked",
    "Closure",
    "ClosureReason",
    "Completeness",
    "CompletenessRow",
    "Course",
    "FollowUp",
    "FollowUpState",
    "Grade",
    "GradingSystem",
    "GradingWording",
    "LostReason",
    "Protocol",
    "RecordedGrade",
    "Schedule",
    "SetAside",
    "Standing",
    "Window",
    "Yardstick",
    "check_grade",
    "completeness",
    "courses",
    "schedule",
    "standing_of",
    "systems_for",
    "transitions",
]
