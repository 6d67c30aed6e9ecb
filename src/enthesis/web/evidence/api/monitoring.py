"""Monitored answers as data."""

# ruff: noqa: ARG001  (the framework knows the request by its name)

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from enthesis.domain.evidence.monitoring import monitor_answer
from enthesis.report.monitoring_json import monitoring_object
from enthesis.web.evidence import state
from enthesis.web.evidence.api.schemas import Interval, Shape, Span, documented
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.views.topic import answer_at

__all__ = ["MonitoringShape", "router"]

router = Router()


class LookShape(Shape):
    """One look."""

    trials: int
    people: int
    information: float
    mu: float
    ci: Interval
    z: float
    p: float
    boundary: float | None
    futility: float | None
    adjusted_ci: Interval | None
    status: str


class CourseShape(Shape):
    """A course under one spending of the error."""

    status: str
    decided_at: int | None
    interval: str
    looks: list[LookShape]


class MonitoringShape(Shape):
    """A monitored answer."""

    sentence: str
    timing: str
    favours: str
    horizon: Span | None
    people: int
    information: float
    required: dict[str, Any]
    missing: str | None
    obrien_fleming: CourseShape | None
    pocock: CourseShape | None
    bayes: dict[str, Any] | None
    caveats: list[str]
    limits: list[str]
    feeds_verdicts: bool


@router.get(
    "/evidence/{condition}/{intervention}/{comparator}/{outcome}/{horizon}/monitoring",
    openapi_extra=documented(MonitoringShape),
)
@decorate_view(finished())
def monitoring(
    request: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str, horizon: str
) -> dict[str, Any]:
    """The trials of one answer against boundaries and the information needed, retrospectively.

    No verdict rests on it. Refused with 422 where nothing can be counted; the message says what is missing.
    """
    a = answer_at(condition, intervention, comparator, outcome, horizon)
    return monitoring_object(monitor_answer(a, state.current().evidence.rules))
