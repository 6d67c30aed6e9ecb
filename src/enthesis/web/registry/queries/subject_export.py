"""Everything on record about one person, in one document that person may have."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from enthesis.web.accounts.site_owned import SiteOwned
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.models import Patient, PatientLink
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["subject_document"]

# Ways in and hashes are no data about the person, and would be a danger on paper.
LEFT_OUT = frozenset({"id", "local_id_blind", "token_hash", "content_hash", "submission", "device"})


def subject_document(patient: Patient) -> dict[str, Any]:
    """Identity, every row of every room, and when the record was read, changed or given out."""
    return {
        "what": "Everything this clinic's Enthesis holds about one person",
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "site": {"name": patient.site.name, "country": patient.site.country},
        "synthetic": patient.synthetic,
        "person": _document(patient),
        "records": {kind: [_document(row) for row in rows] for kind, rows in _rows(patient) if rows},
        "acts": _acts(patient),
    }


def _rows(patient: Patient) -> list[tuple[str, list[AboutPatient]]]:
    found = []
    for model in apps.get_models():
        if issubclass(model, AboutPatient) and model is not PatientLink:
            rows = list(model.objects.filter(patient=patient).order_by("pk"))
            found.append((str(model._meta.verbose_name), rows))
    return found


def _acts(patient: Patient) -> list[dict[str, Any]]:
    entries = AuditEntry.objects.filter(patient_key=str(patient.key)).order_by("number")
    told = entries.values_list("at", "action", "kind")
    return [{"at": at.isoformat(timespec="seconds"), "act": act, "of": kind} for at, act, kind in told]


def _document(row: SiteOwned) -> dict[str, Any]:
    fields = [f for f in row._meta.concrete_fields if f.name not in LEFT_OUT | {"site", "patient"}]
    values = {f.name: _plain(getattr(row, f.name)) for f in fields}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value) if not isinstance(value, SiteOwned) else str(value.key)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
