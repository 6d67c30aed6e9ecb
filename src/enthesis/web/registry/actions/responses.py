"""Answers of patients: scored, stored once, and never twice however often they are sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import Instrument, score_response
from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.links import end_of_window
from enthesis.web.registry.models import ChaseStep, FollowUp, Response
from enthesis.web.registry.queries.askable import is_askable

__all__ = ["REPORTED", "Answers", "Receipt", "WindowClosed", "is_complete", "submit"]

# How a step of the worklist begins that a patient asked for by ticking a red flag.
REPORTED = "Patient reports: "
# Answers by instrument and item; None where the patient skipped the item.
Answers = Mapping[str, Mapping[str, float | None]]


class WindowClosed(InvalidData):
    """The follow-up takes no more answers."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is stored for a submission; ``replayed`` when it had been stored before this call."""

    responses: tuple[Response, ...]
    completed: bool
    replayed: bool = False
    not_taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sending:
    submission: UUID
    follow_up: FollowUp
    language: Mapping[str, str]
    mode: Response.Mode
    answered_on: date
    answered_at: datetime
    received_at: datetime
    entered_by: User | None
    problems: tuple[str, ...] = field(default=())


def submit(
    *,
    submission: UUID,
    follow_up: FollowUp,
    answers: Answers,
    language: Mapping[str, str],
    mode: Response.Mode,
    answered_at: datetime,
    now: datetime,
    answered_on: date | None = None,
    entered_by: User | None = None,
    problems: tuple[str, ...] = (),
) -> Receipt:
    """Store the answers of one submission once, score them, and complete the follow-up when nothing is left.

    Sent again, under the same id, the stored answers are given back and nothing is written. Where another
    submission answered an instrument first, the first one counts and ``not_taken`` names it. An instrument
    of which every item was skipped is not stored.

    Args:
        submission: Id that the form was given when it was opened.
        follow_up: With site, patient and episode loaded.
        answers: By instrument and item.
        language: Language in which each instrument was read.
        mode: How the answers came.
        answered_at: When they were given; later than ``now`` counts as now.
        now: Moment by the clock of the server.
        answered_on: Day the answers are about where it differs, as on paper.
        entered_by: Who typed them, for a paper form or a call.
        problems: Ids of red flags that the patient ticked; they call the clinic to act today.

    Raises:
        NotAllowed: Somebody who may not write at this site.
        WindowClosed: The window is over, closed, or not open yet.
        InvalidData: Unknown instruments or items, answers no item allows, nothing answered; names them all.
        CannotEstimate: An instrument is switched off.
    """
    if entered_by is not None:
        current_scope().check_can(Permission.WRITE_RECORD, follow_up.site_id)
    if stored := _stored(submission, follow_up):
        return stored
    given_at = min(answered_at, now)
    day = answered_on or given_at.astimezone(ZoneInfo(follow_up.site.time_zone)).date()
    sending = _Sending(
        submission=submission, follow_up=follow_up, language=language, mode=mode, answered_on=day,
        answered_at=given_at, received_at=now, entered_by=entered_by, problems=problems,
    )  # fmt: skip
    _check_window(sending)
    rows = _scored_rows(sending, answers)
    try:
        return _store(sending, rows)
    except IntegrityError:  # the same or another submission came between the look and the write
        if stored := _stored(submission, follow_up):
            return stored
        return _store(sending, rows)


def _stored(submission: UUID, follow_up: FollowUp) -> Receipt | None:
    rows = tuple(Response.objects.filter(submission=submission).order_by("pk"))
    if not rows:
        return None
    if any(row.follow_up_id != follow_up.pk for row in rows):
        raise InvalidData(Fault("This submission was used for another form.", "submission"))
    return Receipt(rows, follow_up.completed_at is not None, replayed=True)


def _check_window(sending: _Sending) -> None:
    """On paper the day of the answers counts; on a screen also the moment at which they arrive."""
    follow_up, day = sending.follow_up, sending.answered_on
    zone = ZoneInfo(follow_up.site.time_zone)
    typed_in = sending.entered_by is not None
    if follow_up.closed_because and not typed_in:
        raise WindowClosed(Fault("This form was closed by the clinic.", "follow_up"))
    if day > sending.received_at.astimezone(zone).date():
        raise InvalidData(Fault(f"{day} has not come yet.", "answered_on", "Check the day on the paper."))
    if day < follow_up.opens_on:
        raise WindowClosed(Fault(f"This form opens on {follow_up.opens_on}.", "answered_on"))
    if day > follow_up.late_until or (not typed_in and sending.received_at >= end_of_window(follow_up)):
        repair = "Call the clinic; they can still note how you are."
        raise WindowClosed(
            Fault(f"The time for this form ended on {follow_up.late_until}.", "answered_on", repair)
        )


def _scored_rows(sending: _Sending, answers: Answers) -> list[Response]:
    """Rows to store, scored before any transaction begins."""
    faults = list(_strangers(sending.follow_up, answers))
    known, rows = load_instruments(), []
    for name, given in answers.items():
        if name in known and any(value is not None for value in given.values()):
            try:
                rows.append(_row(sending, known[name], given))
            except InvalidData as error:
                faults += (Fault(f.message, f"{name}.{f.where}".rstrip("."), f.repair) for f in error.faults)
            except CannotEstimate as error:
                faults.append(Fault(str(error), name))
    if not faults and not rows and not sending.problems:
        faults.append(Fault("Nothing is answered yet.", "answers", "Answer at least one question."))
    if faults:
        raise InvalidData(faults)
    return rows


def _strangers(follow_up: FollowUp, answers: Answers) -> Iterator[Fault]:
    for name in answers:
        if name not in follow_up.instruments:
            yield Fault(f"'{name[:40]}' is not asked in this form.", "answers")


def _row(sending: _Sending, instrument: Instrument, given: Mapping[str, float | None]) -> Response:
    scored = score_response(instrument, given)
    answered = {name: _plain(value) for name, value in scored.answers if value is not None}
    scores = {s.name: round(s.value, 4) for s in scored.scores if s.value is not None}
    follow_up = sending.follow_up
    return Response(
        site_id=follow_up.site_id, patient=follow_up.patient, episode=follow_up.episode, follow_up=follow_up,
        submission=sending.submission, instrument=instrument.id, instrument_version=instrument.version,
        language=sending.language.get(instrument.id, "en"), answers=answered, scores=scores,
        score=scores.get(scored.scores[0].name) if scored.scores else None, mode=sending.mode,
        answered_on=sending.answered_on, answered_at=sending.answered_at, received_at=sending.received_at,
        entered_by=sending.entered_by,
    )  # fmt: skip


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


@transaction.atomic
def _store(sending: _Sending, rows: list[Response]) -> Receipt:
    """Write under a lock on the follow-up, so that of two who arrive together the second sees the first."""
    follow_up = sending.follow_up
    locked = FollowUp.objects.select_for_update().values_list("completed_at", flat=True)
    follow_up.completed_at = locked.get(pk=follow_up.pk)
    valid = Response.objects.filter(follow_up=follow_up, replaced_by=None).order_by("pk")
    if own := tuple(row for row in valid if row.submission == sending.submission):
        return Receipt(own, follow_up.completed_at is not None, replayed=True)
    before: dict[str, date] = {row.instrument: row.answered_on for row in valid}
    fresh = [row for row in rows if row.instrument not in before]
    if fresh:
        Response.objects.bulk_create(fresh)
    done = before.keys() | {row.instrument for row in fresh}
    if follow_up.completed_at is None and is_complete(follow_up, done):
        follow_up.completed_at = sending.received_at
        follow_up.completed_on = max((sending.answered_on, *before.values()))
        follow_up.save(update_fields=("completed_at", "completed_on"))
    if sending.problems:
        _call_the_clinic(sending)
    late = tuple(row.instrument for row in rows if row.instrument in before)
    return Receipt(tuple(fresh), follow_up.completed_at is not None, not_taken=late)


def is_complete(follow_up: FollowUp, done: set[str]) -> bool:
    """Whether everything is answered that can be asked; where nothing can, all that the protocol names."""
    known, condition = load_instruments(), follow_up.episode.condition
    shown = {n for n in follow_up.instruments if n in known and is_askable(known[n], condition)}
    return (shown or set(follow_up.instruments)) <= done


def _call_the_clinic(sending: _Sending) -> None:
    """A step of the worklist for today, once; it waits there until somebody has called."""
    follow_up = sending.follow_up
    today = sending.received_at.astimezone(ZoneInfo(follow_up.site.time_zone)).date()
    note = f"{REPORTED}{', '.join(sending.problems)}"[:300]
    if ChaseStep.objects.filter(follow_up=follow_up, note=note, next_on=today).exists():
        return
    ChaseStep.objects.create(
        site_id=follow_up.site_id,
        patient=follow_up.patient,
        episode=follow_up.episode,
        follow_up=follow_up,
        channel="message",
        at=sending.received_at,
        outcome="reached",
        note=note,
        next_on=today,
    )
