"""What else happens in an episode: images, care, and what ends observation."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from enthesis.domain.episodes.closures import Closure, ClosureReason, LostReason
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.endings import end_episode, ended_by
from enthesis.web.registry.actions.grading import grade_to_keep
from enthesis.web.registry.actions.storing import store_once
from enthesis.web.registry.models import Care, EndPoint, Episode, Imaging
from enthesis.web.registry.queries.working_site import today_at

__all__ = ["CARE_KINDS", "note_care", "note_endpoint", "note_image"]

CARE_KINDS = {
    "rehabilitation": "rehabilitation programme",
    "exercise": "exercise at home",
    "physiotherapy": "physiotherapy",
    "analgesic": "pain medicine",
    "nsaid": "NSAID",
    "brace": "brace, splint or insole",
    "other-injection": "another injection elsewhere",
    "other": "other care",
}


def note_image(
    *, key: UUID, episode: Episode, system: str, grade: str, wording: str, **image: Any
) -> Imaging:
    """Store one image read, with its grade.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: A day that cannot be, or a grade that does not fit the condition.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    faults = _day_faults(episode, taken_on=image["taken_on"])
    code = wording_read = ""
    try:
        code, wording_read = grade_to_keep(system, grade, episode.condition, wording)
    except InvalidData as error:
        faults += error.faults
    if faults:
        raise InvalidData(faults)
    return store_once(
        Imaging,
        key,
        lambda: Imaging.objects.create(
            **_about(key, episode), grading_system=system, grade=code, grade_wording=wording_read, **image
        ),
    )


def note_care(
    *, key: UUID, episode: Episode, kind: str, started_on: date, ended_on: date | None, what: str
) -> Care:
    """Store care beside the injection.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: An unknown kind, or days that cannot be.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    days = {"started_on": started_on} | ({"ended_on": ended_on} if ended_on else {})
    faults = _day_faults(episode, **days)
    if kind not in CARE_KINDS:
        faults.append(Fault(f"'{kind[:40]}' is no kind of care.", "kind"))
    if ended_on is not None and ended_on < started_on:
        faults.append(Fault(f"ended on {ended_on}, before it began on {started_on}.", "ended_on"))
    if faults:
        raise InvalidData(faults)
    return store_once(
        Care,
        key,
        lambda: Care.objects.create(
            **_about(key, episode), kind=kind, started_on=started_on, ended_on=ended_on, what=what
        ),
    )


def note_endpoint(
    *,
    key: UUID,
    episode: Episode,
    reason: ClosureReason,
    on: date,
    lost_because: LostReason | None,
    note: str,
) -> EndPoint:
    """Store what ends or changes observation; windows that wait are closed with it.

    A death is kept with the patient too. Death, withdrawal and loss close the episode; surgery and a repeat
    injection are outcomes, and leave it open.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: A day that cannot be, lost without saying why, other without a note, a second death.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    if found := EndPoint.objects.filter(key=key).first():
        return found
    faults = _day_faults(episode, on=on)
    try:
        Closure(reason, on, lost_because, note)
    except InvalidData as error:
        faults += error.faults
    patient = episode.patient
    if reason is ClosureReason.DIED and patient.died_on not in (None, on):
        faults.append(
            Fault(f"the death is on record for {patient.died_on}.", "on", "Correct that day instead.")
        )
    if faults:
        raise InvalidData(faults)

    @transaction.atomic
    def store() -> EndPoint:
        told = ": ".join(filter(None, (lost_because.value if lost_because else "", note.strip())))
        if reason is ClosureReason.DIED and patient.died_on is None:
            patient.died_on = on
            patient.save(update_fields=("died_on",))
        for ended in ended_by(reason, episode):
            end_episode(ended, reason, on, lost_because)
        made: EndPoint = EndPoint.objects.create(
            **_about(key, episode), kind=reason.value, on=on, reason=told
        )
        return made

    return store_once(EndPoint, key, store)


def _about(key: UUID, episode: Episode) -> dict[str, Any]:
    return {"key": key, "site_id": episode.site_id, "patient": episode.patient, "episode": episode}


def _day_faults(episode: Episode, **days: date) -> list[Fault]:
    today, born = today_at(episode.site), episode.patient.birth_date
    faults = [
        Fault(f"{day} has not come yet.", name, "Check the year.")
        for name, day in days.items()
        if day > today
    ]
    faults += [
        Fault(f"{day} is before the birth of the patient.", name, "Check the year.")
        for name, day in days.items()
        if day < born
    ]
    return faults
