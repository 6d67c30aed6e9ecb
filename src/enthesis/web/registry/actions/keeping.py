"""What a value was before it was put right, with who, when and why."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from enthesis.web.accounts.models import User
from enthesis.web.registry.models import Correction, Patient
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["keep_correction"]


def keep_correction(
    *, row: AboutPatient | Patient, field: str, before: Any, after: Any, reason: str, by: User
) -> None:
    """One field of one row as it was and as it is; values of sealed fields come sealed already."""
    patient = row if isinstance(row, Patient) else row.patient
    Correction.objects.create(
        site_id=row.site_id, patient=patient, row_kind=row._meta.model_name, row_key=row.key, field=field,
        before=_plain(before), after=_plain(after), reason=reason.strip(), by=by, at=timezone.now(),
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
