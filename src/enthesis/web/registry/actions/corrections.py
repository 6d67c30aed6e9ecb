"""Putting a recorded value right: the old value, the new one, who, when and why all stay on record."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import score_response
from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.endings import settle_endings
from enthesis.web.registry.actions.grading import grade_to_keep
from enthesis.web.registry.actions.keeping import keep_correction
from enthesis.web.registry.models import AdverseEvent, Care, EndPoint, Imaging, Injection, Response
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.adverse_events import harm_of
from enthesis.web.registry.records.products import report_of_row
from enthesis.web.registry.records.row_kinds import is_taken_back, kind_of_row

__all__ = ["correct_response", "correct_row"]


@transaction.atomic
def correct_row(*, row: AboutPatient, values: Mapping[str, Any], reason: str, by: User) -> tuple[str, ...]:
    """Put values of a row right, and give the names of the fields that changed.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: No reason, a field that is not put right here, or a value that cannot be; names each.
    """
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    _check_stands(row)
    allowed = kind_of_row(row).fields
    if strange := sorted(values.keys() - set(allowed)):
        raise InvalidData(Fault("This field is not put right here.", name) for name in strange)
    before = {name: getattr(row, name) for name, new in values.items() if getattr(row, name) != new}
    if not before:
        return ()
    _check_reason(reason)
    for name in before:
        setattr(row, name, values[name])
    _check(row, before)
    for name, old in before.items():
        keep_correction(row=row, field=name, before=old, after=getattr(row, name), reason=reason, by=by)
    row.save(update_fields=tuple(before))
    if isinstance(row, EndPoint) and "on" in before:
        settle_endings(row)
    return tuple(before)


@transaction.atomic
def correct_response(
    *, response: Response, answers: Mapping[str, float | None], reason: str, by: User
) -> Response:
    """Answers put right: a new response in the place of the old one, which stays as it was given.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: No reason, nothing changed, replaced before, or answers that no item allows.
        CannotEstimate: The instrument is switched off.
    """
    current_scope().check_can(Permission.WRITE_RECORD, response.site_id)
    _check_reason(reason)
    _check_stands(response)
    if response.replaced_by_id is not None:
        raise InvalidData(Fault("These answers were put right before.", repair="Open the later ones."))
    scored = score_response(_instrument(response), dict(answers))
    answered = {name: _number(v) for name, v in scored.answers if v is not None}
    if answered == response.answers:
        raise InvalidData(Fault("No answer is other than before.", "reason"))
    scores = {s.name: round(s.value, 4) for s in scored.scores if s.value is not None}
    main = scores.get(scored.scores[0].name) if scored.scores else None
    # One valid response a window: the old one steps aside, by naming itself, before the new one has a number.
    response.replaced_by = response
    response.save(update_fields=("replaced_by",))
    fresh = Response(
        **{name: getattr(response, name) for name in _CARRIED}, submission=uuid4(), answers=answered,
        scores=scores, score=main, received_at=timezone.now(), entered_by=by,
    )  # fmt: skip
    fresh.save(force_insert=True)
    response.replaced_by = fresh
    response.save(update_fields=("replaced_by",))
    keep_correction(
        row=response, field="answers", before=response.answers, after=answered, reason=reason, by=by
    )
    return fresh


_CARRIED = (
    "site", "patient", "episode", "follow_up", "instrument", "instrument_version", "language", "mode",
    "answered_on", "answered_at",
)  # fmt: skip


def _instrument(response: Response) -> Any:
    known = load_instruments()
    if response.instrument not in known:
        raise CannotEstimate(f"The instrument '{response.instrument}' is not in use any more.")
    return known[response.instrument]


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidData(Fault("A correction needs its reason.", "reason"))


def _check_stands(row: AboutPatient) -> None:
    if is_taken_back(row):
        raise InvalidData(Fault("This record was taken back.", repair="Record it afresh where it belongs."))


def _check(row: AboutPatient, changed: Collection[str]) -> None:
    faults = []
    try:
        row.full_clean(exclude=[f.name for f in row._meta.fields if f.name not in kind_of_row(row).fields])
    except ValidationError as error:
        for name, told in error.message_dict.items():
            faults += [Fault(text, "" if name == "__all__" else name) for text in told]
    faults += _day_faults(row)
    try:
        _check_meaning(row, changed)
    except InvalidData as error:
        faults += error.faults
    if faults:
        raise InvalidData(faults)


GRADING = frozenset({"grading_system", "grade", "grade_wording"})
# Fields of a row by the places that the rules of the domain name.
PLACES = {
    "onset": "started_on", "resolved": "ended_on", "known_on": "known_at", "seriousness": "serious",
    "grade, outcome": "grade", "grade, seriousness": "serious", "seriousness, outcome": "outcome",
}  # fmt: skip


def _check_meaning(row: AboutPatient, changed: Collection[str]) -> None:
    """What the rules of the domain say of the whole row."""
    if isinstance(row, AdverseEvent):
        try:
            harm_of(row)
        except ValueError as error:
            raise InvalidData(Fault(f"{error}; choose a value of the list.")) from None
        except InvalidData as error:
            raise InvalidData(replace(f, where=PLACES.get(f.where, f.where)) for f in error.faults) from None
    if isinstance(row, Injection):
        report_of_row(row, row.preparation)
    # A grade that was right by a system no longer in use stays while only other values are put right.
    if isinstance(row, Imaging) and GRADING.intersection(changed):
        row.grade, row.grade_wording = grade_to_keep(
            row.grading_system, row.grade, row.episode.condition, row.grade_wording
        )
    if isinstance(row, Care) and row.ended_on and row.ended_on < row.started_on:
        told = f"ended on {row.ended_on}, before it began on {row.started_on}."
        raise InvalidData(Fault(told, "ended_on"))


def _day_faults(row: AboutPatient) -> list[Fault]:
    today, born = today_at(row.site), row.patient.birth_date
    days = {n: _day(getattr(row, n), row) for n in kind_of_row(row).fields}
    known = {name: day for name, day in days.items() if day}
    faults = [Fault(f"{d} has not come yet.", n, "Check the year.") for n, d in known.items() if d > today]
    return faults + [
        Fault(f"{d} is before the birth of the patient.", n, "Check the year.")
        for n, d in known.items()
        if d < born
    ]


def _day(value: Any, row: AboutPatient) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(row.site.time_zone)).date()
    return value if isinstance(value, date) else None
