"""What the registry of this installation shows for similar patients: before and after, without a control.

Similar is: the same condition and injection and, where it is known, the same stage. Rows are those of the
sites in reach of whoever asks.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db.models import Q
from django.utils import timezone

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.episodes import ClosureReason
from enthesis.domain.episodes.mean_change import FEWEST_SHOWN, MeanChange, mean_change
from enthesis.errors import CannotEstimate
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import FollowUp, Response
from enthesis.web.registry.queries.protocols import STANDARD

__all__ = ["Similar", "SimilarWeek", "similar_patients"]

WEEKS = (12, 26, 52)
SECONDS_KEPT = 600
EXCUSED = ["injection-cancelled", str(ClosureReason.DIED), *(str(r) for r in ClosureReason if r.is_endpoint)]


@dataclass(frozen=True, slots=True)
class SimilarWeek:
    """One time: answers due and given, and the change where enough people have both scores."""

    week: int
    due: int
    answered: int
    change: MeanChange | None

    @property
    def percent(self) -> int:
        """Answers of those due, in percent."""
        return round(100 * self.answered / self.due) if self.due else 0


@dataclass(frozen=True, slots=True)
class Similar:
    """The whole picture; ``stage`` is empty where patients of every stage are counted."""

    n: int
    stage: str
    instrument: str
    better: str
    weeks: tuple[SimilarWeek, ...]
    fewest: int = FEWEST_SHOWN


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    value: Similar | None


_kept: dict[tuple[object, ...], _Kept] = {}
_lock = Lock()


def similar_patients(condition: str, intervention: str, grading: Mapping[str, str]) -> Similar | None:
    """Similar patients in reach; None where no questionnaire is followed for the condition.

    Counted anew every ten minutes for each scope.

    Args:
        condition: The condition.
        intervention: The injection.
        grading: System and grade of the patient; empty when not known.
    """
    stage = load_selection().stages.get(grading.get("system", ""), {}).get(grading.get("grade", ""), "")
    key = (current_scope().sites, condition, intervention, stage)
    with _lock:
        found = _kept.get(key)
    if found is None or found.until < time.monotonic():
        found = _Kept(time.monotonic() + SECONDS_KEPT, _count(condition, intervention, stage))
        with _lock:
            _kept[key] = found
    return found.value


def _count(condition: str, intervention: str, stage: str) -> Similar | None:
    yardsticks = load_protocols()[STANDARD].yardsticks.get(condition, ())
    if not yardsticks:
        return None
    instrument = yardsticks[0].instrument
    of = Q(
        injection__intervention=intervention, injection__cancelled_because="", episode__condition=condition
    )
    rows = FollowUp.objects.filter(of & _of_stage(stage))
    known = load_instruments()[instrument]
    return Similar(
        n=rows.values("injection_id").distinct().count(),
        stage=stage,
        instrument=known.name,
        better=str(known.better(yardsticks[0].score)),
        weeks=tuple(_week(rows, instrument, week, timezone.localdate()) for week in WEEKS),
    )


def _of_stage(stage: str) -> Q:
    told = Q()
    if stage:
        grades = [
            Q(episode__grading_system=system, episode__grade__in=[g for g, s in held.items() if s == stage])
            for system, held in load_selection().stages.items()
        ]
        told = grades[0]
        for one in grades[1:]:
            told |= one
    return told


def _week(rows, instrument: str, week: int, today: date) -> SimilarWeek:  # type: ignore[no-untyped-def]
    due = rows.filter(week=week, closes_on__lt=today).exclude(closed_because__in=EXCUSED)
    scores = {at: _scores(rows, instrument, at) for at in (0, week)}
    both = sorted(scores[0].keys() & scores[week].keys())
    try:
        change = mean_change([scores[0][i] for i in both], [scores[week][i] for i in both])
    except CannotEstimate:
        change = None
    return SimilarWeek(week, due.count(), due.filter(injection_id__in=list(scores[week])).count(), change)


def _scores(rows, instrument: str, week: int) -> dict[int, float]:  # type: ignore[no-untyped-def]
    held = Response.objects.filter(
        follow_up__in=rows.filter(week=week), instrument=instrument, replaced_by=None, score__isnull=False
    )
    return dict(held.values_list("follow_up__injection_id", "score"))
