"""Recording a harm, judging it, and noting that it was reported."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from enthesis.domain.episodes.adjudication import AdjudicationAct, AdjudicationState, adjudicate
from enthesis.domain.episodes.entry_limits import EntryFinding, Gravity
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.storing import Confirmed, check_entry, store_once
from enthesis.web.registry.models import AdverseEvent, Episode, Injection
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.adverse_events import harm_of

__all__ = ["NEEDED", "HarmEntry", "judge_harm", "note_report", "record_harm"]

A = AdjudicationAct
# Who may take each step: the lead judges, the site answers.
NEEDED = {
    A.TAKE_UP: Permission.ADJUDICATE,
    A.ASK_SITE: Permission.ADJUDICATE,
    A.JUDGE: Permission.ADJUDICATE,
    A.REOPEN: Permission.ADJUDICATE,
    A.ANSWER: Permission.ANSWER_QUERY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmEntry:
    """What is typed about one harm."""

    term: str
    grade: int
    serious: list[str]
    started_on: date
    known_on: date
    cause_product: str
    cause_procedure: str
    expected: bool | None
    outcome: str
    ended_on: date | None = None
    injection: Injection | None = None
    description: str = ""


def record_harm(*, key: UUID, episode: Episode, entry: HarmEntry, confirmed: Confirmed) -> AdverseEvent:
    """Store a harm once.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: Days to come or out of order, or grade, seriousness and outcome that disagree.
        ToConfirm: The harm began before the injection it is told of.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    if found := AdverseEvent.objects.filter(key=key).first():
        return found
    row = _row(key, episode, entry)
    faults = _day_faults(entry, episode, today_at(episode.site))
    try:
        harm_of(row)
    except InvalidData as error:
        faults += error.faults
    if faults:
        raise InvalidData(faults)
    check_entry(_doubts(entry), confirmed=confirmed)

    def store() -> AdverseEvent:
        row.save(force_insert=True)
        return row

    return store_once(AdverseEvent, key, store)


@transaction.atomic
def judge_harm(*, harm: AdverseEvent, act: AdjudicationAct, reason: str, by: User) -> None:
    """Move the judgement of a harm one step.

    Raises:
        NotAllowed: The caller's role does not take this step, or the table has no such step.
        InvalidData: No reason was given.
    """
    current_scope().check_can(NEEDED[act], harm.site_id)
    if not reason.strip() and act is not A.TAKE_UP:
        raise InvalidData(Fault("Say why, in a few words.", "reason"))
    harm.adjudication = adjudicate(AdjudicationState(harm.adjudication), act).value
    harm.adjudicated_by, harm.adjudication_reason = f"user:{by.key}", reason.strip()
    harm.save(update_fields=("adjudication", "adjudicated_by", "adjudication_reason"))


def note_report(*, harm: AdverseEvent, on: date) -> None:
    """Note the day on which a harm was reported to whoever must know.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: A day before the clinic knew, or to come.
    """
    current_scope().check_can(Permission.WRITE_RECORD, harm.site_id)
    known = harm.known_at.astimezone(ZoneInfo(harm.site.time_zone)).date()
    if not known <= on <= today_at(harm.site):
        raise InvalidData(Fault(f"reported on {on}; must lie between {known} and today.", "reported_on"))
    harm.reported_on = on
    harm.save(update_fields=("reported_on",))


def _row(key: UUID, episode: Episode, entry: HarmEntry) -> AdverseEvent:
    return AdverseEvent(
        key=key, site=episode.site, patient=episode.patient, episode=episode, injection=entry.injection,
        term=entry.term, grade=entry.grade, serious=entry.serious, started_on=entry.started_on,
        ended_on=entry.ended_on, known_at=_moment(entry.known_on, episode), cause_product=entry.cause_product,
        cause_procedure=entry.cause_procedure, expected=entry.expected, outcome=entry.outcome,
        description=entry.description, adjudication=AdjudicationState.REPORTED.value,
    )  # fmt: skip


def _moment(day: date, episode: Episode) -> datetime:
    """Now for today; the first moment of an earlier day, so that a clock never starts too late."""
    zone = ZoneInfo(episode.site.time_zone)
    return timezone.now() if day == today_at(episode.site) else datetime.combine(day, time(0), zone)


def _day_faults(entry: HarmEntry, episode: Episode, today: date) -> list[Fault]:
    faults = []
    for name in ("started_on", "known_on", "ended_on"):
        day: date | None = getattr(entry, name)
        if day is not None and day > today:
            faults.append(Fault(f"{day} has not come yet.", name, "Check the year."))
        elif day is not None and day < episode.patient.birth_date:
            faults.append(Fault(f"{day} is before the birth of the patient.", name, "Check the year."))
    if entry.injection is not None and entry.injection.episode_id != episode.pk:
        faults.append(Fault("This injection is of another episode.", "injection"))
    return faults


def _doubts(entry: HarmEntry) -> list[EntryFinding]:
    if entry.injection is None or entry.started_on >= entry.injection.given_on:
        return []
    told = f"began on {entry.started_on}, before the injection of {entry.injection.given_on}."
    return [
        EntryFinding(Gravity.CONFIRM, "started_on", told, "A harm of the injection begins with it or later.")
    ]
