"""The clinic's day as a page: lists of lines, each with the way to the work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from enthesis.web.evidence.state import current
from enthesis.web.registry.models import FollowUp, Injection, Patient
from enthesis.web.registry.present.harms import harm_view
from enthesis.web.registry.present.injections import intervention_label, sign_address
from enthesis.web.registry.queries.day import MOST_SHOWN, Day

__all__ = ["DayList", "DayView", "Task", "day_view"]


@dataclass(frozen=True, slots=True)
class Task:
    """One line: whom it is about, what, and where it is done."""

    patient: Patient
    person_address: str
    words: str
    address: str
    act: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class DayList:
    """Lines under one heading; ``none`` is said when there are none."""

    id: str
    title: str
    none: str
    tasks: tuple[Task, ...]

    @property
    def is_cut(self) -> bool:
        """True when there may be more than is shown."""
        return len(self.tasks) >= MOST_SHOWN


@dataclass(frozen=True, slots=True)
class DayView:
    """The day with the sentence that opens it; ``quiet`` says of what there is nothing."""

    on: date
    lead: str
    lists: tuple[DayList, ...]
    quiet: tuple[str, ...]
    patients: tuple[Patient, ...]


def day_view(day: Day, today: date) -> DayView:
    """A day as shown."""
    clocks = tuple(_task(h, *_clock(h, today)) for h in day.clocks)
    lists = (
        DayList("clocks", "Harms to report", "No serious harm waits to be reported.", clocks),
        DayList(
            "injections",
            "Injections today",
            "No injection is on record for today.",
            tuple(
                _task(i, _injection_words(i), reverse("injection", args=[i.key]), "Open")
                for i in day.injections
            ),
        ),
        DayList(
            "due",
            "Questionnaires due",
            "No questionnaire is open today.",
            tuple(_task(f, _due_words(f), reverse("patient", args=[f.patient.key]), "Open") for f in day.due),
        ),
        DayList(
            "begun",
            "Begun and not sent",
            "Nobody left a questionnaire half done.",
            tuple(
                _task(d, _due_words(d.follow_up), reverse("patient", args=[d.patient.key]), "Open")
                for d in day.begun
            ),
        ),
        DayList(
            "unsigned",
            "To be signed",
            "Every injection of the last 90 days is signed.",
            tuple(_task(i, _injection_words(i, dated=True), *_signing(i)) for i in day.unsigned),
        ),
    )
    people = {t.patient.pk: t.patient for x in lists for t in x.tasks}
    busy = tuple(x for x in lists if x.tasks)
    quiet = tuple(x.none for x in lists if not x.tasks)
    return DayView(today, _lead(lists), busy, quiet, tuple(people.values()))


def _task(row: Any, words: str, address: str, act: str, urgent: bool = False) -> Task:
    return Task(row.patient, reverse("patient", args=[row.patient.key]), words, address, act, urgent)


def _lead(lists: Iterable[DayList]) -> str:
    told = [f"{x.title.lower()}: {len(x.tasks)}{'+' if x.is_cut else ''}" for x in lists if x.tasks]
    return (
        "; ".join(told).capitalize() + "." if told else "Nothing waits: no injection, form or report is due."
    )


def _clock(harm: Any, today: date) -> tuple[str, str, str, bool]:
    view = harm_view(harm, today)
    due = view.first_due
    if due is None:
        return f"{harm.term}, serious: no clock on file", view.address, "Open", False
    late = f", {due.overdue_days} days late" if due.overdue_days else ""
    return (
        f"{harm.term}, serious: {due.words}, by {due.due:%-d %b %Y}{late}",
        view.address,
        "Open",
        bool(late),
    )


def _injection_words(row: Injection, *, dated: bool = False) -> str:
    day = f"{row.given_on:%-d %b %Y}: " if dated else ""
    return f"{day}{intervention_label(row.intervention)} into {row.target}"


def _due_words(row: FollowUp) -> str:
    name = "baseline" if row.week == 0 else f"week {row.week}"
    condition = current().evidence.vocabulary.conditions[row.episode.condition].label
    return f"{condition}, {name}; open until {row.closes_on:%-d %b %Y}"


def _signing(row: Injection) -> tuple[str, str]:
    address = sign_address("injection", str(row.key))
    return (address, "Sign") if address else (reverse("injection", args=[row.key]), "Open")
