"""What a signature is under: the clinical content of a row as canonical JSON, and its hash.

The judgement and the report of a harm and the end of an episode are other acts on later days and are not part
of it. What was in the syringe is part of the injection.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from enthesis.web.accounts.site_owned import SiteOwned
from enthesis.web.registry.models import Injection, MayBeTakenBack
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["content_hash", "signed_content"]

LATER_ACTS = frozenset(
    {
        "adjudication", "adjudicated_by", "adjudication_reason", "reported_on", "consultation", "closed_on",
        "closed_because",
    }
)  # fmt: skip


def content_hash(row: AboutPatient) -> str:
    """SHA-256, as hex, of the content of a row as the database holds it."""
    content = json.dumps(signed_content(row), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def signed_content(row: AboutPatient) -> dict[str, Any]:
    """Content by field; other rows stand by their keys, so that a number of the database means nothing."""
    stored = type(row).objects.get(pk=row.pk)
    content = _content(stored)
    if isinstance(stored, Injection) and stored.preparation is not None:
        content["preparation"] = _content(stored.preparation)
    return content


def _content(row: SiteOwned) -> dict[str, Any]:
    skipped = {"id", "site"} | LATER_ACTS | row.unaudited
    if isinstance(row, MayBeTakenBack) and not row.cancelled_because:
        # The column is younger than signatures that hold: what was never taken back has none.
        skipped |= {"cancelled_because"}
    fields = (f for f in row._meta.concrete_fields if f.name not in skipped)
    return {"kind": row._meta.model_name} | {f.name: _plain(getattr(row, f.name)) for f in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.key)  # type: ignore[attr-defined]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
