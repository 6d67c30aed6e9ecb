"""Erasing a person on request: who it was goes, what was done stays without a name. It cannot be undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from enthesis.domain.episodes import ClosureReason
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.audit.recording import Action, record
from enthesis.web.registry.models import (
    Consent,
    Correction,
    Draft,
    FollowUp,
    Imaging,
    Injection,
    Message,
    Patient,
    PatientLink,
    SearchTerm,
)
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.records.identifying_words import identifying_words, without_words
from enthesis.web.vault import SealedDateField, SealedTextField

__all__ = ["erase_patient", "erased_keys"]

FILE = "erased-patients.txt"
NOBODY = "Erased person"


@transaction.atomic
def erase_patient(*, patient: Patient, reason: str) -> None:
    """Remove everything that says who a patient is, and end every way to reach them.

    The name also goes from free texts, where it is spelt as it was registered. The key is noted beside the
    keys, so that a restored backup is known to hold somebody who was erased.

    Raises:
        NotAllowed: The caller may not erase at this site.
        InvalidData: No reason, or erased before.
    """
    current_scope().check_can(Permission.ERASE, patient.site_id)
    if not reason.strip():
        raise InvalidData(Fault("Say why: who asked, and when.", "reason"))
    if patient.erased_at is not None:
        raise InvalidData(Fault("This person was erased before.", "reason"))
    words = identifying_words(patient)
    Draft.objects.filter(patient=patient).delete()
    for row in _rows_about(patient):
        _erase_row(row, words)
    _end_contact(patient)
    _erase_identity(patient)
    told = without_words(reason.strip(), words)
    record(patient.act(Action.DELETE, {"erased": True, "reason": told}))
    key = str(patient.key)
    transaction.on_commit(lambda: _note(key))


def erased_keys() -> frozenset[str]:
    """Keys of everybody who was erased on this machine."""
    path = _file()
    return frozenset(path.read_text(encoding="ascii").split()) if path.exists() else frozenset()


def _rows_about(patient: Patient) -> Iterator[AboutPatient]:
    """Every row about a patient of any room, those of later rooms too."""
    for model in apps.get_models():
        if issubclass(model, AboutPatient):
            yield from model.objects.filter(patient=patient)


def _erase_row(row: AboutPatient, words: tuple[str, ...]) -> None:
    changed: dict[str, Any] = {}
    for field in _text_fields(row):
        old = getattr(row, field.name)
        new = without_words(old, words)
        if new != old:
            changed[field.name] = new
    changed |= _emptied(row)
    changed = {name: new for name, new in changed.items() if getattr(row, name) != new}
    for name, new in changed.items():
        setattr(row, name, new)
    if changed:
        row.save(update_fields=tuple(changed))


def _text_fields(row: AboutPatient) -> list[Any]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    sealed = (SealedTextField, SealedDateField)
    return [f for f in row._meta.concrete_fields if isinstance(f, kinds) and not isinstance(f, sealed)]


def _emptied(row: AboutPatient) -> dict[str, Any]:
    """What goes whole, because it is about who it is."""
    if isinstance(row, Message):
        ended = {"state": Message.State.CANCELLED} if row.state in WAITING else {}
        return {"body": "", "address": "", "subject": "", **ended}
    if isinstance(row, Consent):
        return {"signature_svg": "", "witness": ""}
    if isinstance(row, Correction) and row.row_kind == "patient":
        return {"before": None, "after": None}
    if isinstance(row, Injection | Imaging):
        return {"image_reference": ""}
    return {}


WAITING = frozenset({Message.State.WAITING, Message.State.HELD, Message.State.FAILED})


def _end_contact(patient: Patient) -> None:
    PatientLink.objects.filter(patient=patient, revoked_at=None).update(revoked_at=timezone.now())
    waiting = FollowUp.objects.filter(patient=patient, completed_at=None, closed_because="")
    waiting.update(closed_because=str(ClosureReason.WITHDREW), closed_note="erased on request")
    SearchTerm.objects.filter(patient=patient).delete()


def _erase_identity(patient: Patient) -> None:
    patient.name = NOBODY
    patient.latin_name = patient.local_id = patient.telephone = patient.email = patient.abha = ""
    patient.local_id_blind = None
    # The year stays, because dose and grade are read by age; day and month say too much.
    patient.birth_date = date(patient.birth_year, 7, 1)
    patient.channel = Patient.Channel.NONE
    patient.erased_at = timezone.now()
    patient.save()


def _note(key: str) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _file().open("a", encoding="ascii") as file:
        file.write(f"{key}\n")


def _file() -> Path:
    return Path(settings.KEY_FILE).with_name(FILE)
