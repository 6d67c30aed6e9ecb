"""The worklist as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from enthesis.domain.episodes import Channel, LostReason, Outcome, StepKind
from enthesis.web.registry.models import ChaseStep
from enthesis.web.registry.present.people import LANGUAGE_NAMES
from enthesis.web.registry.queries.worklist import Chased

__all__ = ["LOST", "OUTCOMES", "Line", "lines", "reports"]

CHANNEL_WORDS = {
    Channel.MESSAGE: "send a message",
    Channel.EMAIL: "send an e-mail",
    Channel.PHONE: "call",
    Channel.LETTER: "write a letter",
}
OUTCOMES = (
    (Outcome.REACHED, "Reached"),
    (Outcome.NO_ANSWER, "No answer"),
    (Outcome.WRONG_CONTACT, "Wrong number"),
    (Outcome.REFUSED, "Refused"),
)
LOST = {
    LostReason.UNREACHABLE: "cannot be reached",
    LostReason.WRONG_CONTACT: "contact is wrong",
    LostReason.MOVED_AWAY: "moved away",
    LostReason.REFUSED: "refused",
    LostReason.TOO_ILL: "too ill",
    LostReason.LANGUAGE: "no common language",
    LostReason.OTHER: "another reason (say it in the note)",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One follow-up of the list."""

    key: str
    name: str
    local_id: str
    telephone: str
    language: str
    patient_address: str
    window: str
    days_left: int
    urgent: bool
    todo: str
    why: str
    channel: str
    tried: tuple[str, ...]


def lines(items: Iterable[Chased], urgent_days: int) -> tuple[Line, ...]:
    """Lines of a page."""
    return tuple(_line(item, urgent_days) for item in items)


def reports(steps: Iterable[ChaseStep]) -> tuple[dict[str, str], ...]:
    """What patients reported unasked."""
    return tuple(
        {
            "key": str(step.follow_up.key),
            "name": step.patient.name,
            "local_id": step.patient.local_id,
            "telephone": step.patient.telephone,
            "note": step.note,
            "on": f"{step.at:%d %b %Y}",
            "address": reverse("patient", args=[step.patient.key]),
        }
        for step in steps
    )


def _line(item: Chased, urgent_days: int) -> Line:
    row, step = item.row, item.step
    left = (row.late_until - item.today).days
    channel = step.channel or Channel.PHONE
    return Line(
        key=str(row.key),
        name=row.patient.name,
        local_id=row.patient.local_id,
        telephone=row.patient.telephone,
        language=LANGUAGE_NAMES.get(row.patient.language, row.patient.language),
        patient_address=reverse("patient", args=[row.patient.key]),
        window="baseline" if row.week == 0 else f"week {row.week}",
        days_left=left,
        urgent=left <= urgent_days,
        todo="Decide" if step.kind is StepKind.DECIDE else CHANNEL_WORDS[channel].capitalize(),
        why=step.why,
        channel=channel.value,
        tried=tuple(_tried(s) for s in item.steps),
    )


def _tried(step: ChaseStep) -> str:
    who = step.by.name if step.by else "sent by the system"
    note = f": {step.note}" if step.note else ""
    return f"{_day(step.at.date())}, {step.channel}, {step.outcome.replace('-', ' ')} ({who}){note}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
