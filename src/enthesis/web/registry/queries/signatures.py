"""Signatures under a row, each with whether it holds; and what waits to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef

from enthesis.web.accounts.models import Site
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.models import Injection, Signature
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.records.signed_content import content_hash

__all__ = ["Checked", "Standing", "signatures_of", "unsigned_injections"]

MOST_SHOWN = 200


class Standing(StrEnum):
    """Whether a signature holds."""

    VALID = "valid"
    VOID = "void"
    # Past the application: the row, or the signature itself, was written by somebody who holds the database.
    CONTENT_DIFFERS = "content-differs"
    NOT_IN_TRAIL = "not-in-trail"


@dataclass(frozen=True, slots=True)
class Checked:
    """A signature and how it stands now."""

    row: Signature
    standing: Standing


def signatures_of(row: AboutPatient) -> list[Checked]:
    """Signatures under a row, the latest first, each checked against the row and the audit trail."""
    found = list(Signature.objects.filter(row_key=row.key).select_related("by").order_by("-at", "-id"))
    if not found:
        return []
    content, told = content_hash(row), _told(row)
    return [Checked(s, _standing(s, content, told)) for s in found]


def unsigned_injections(sites: Sequence[Site]) -> list[Injection]:
    """Injections without a signature that holds, oldest first; taken back ones are not signed."""
    held = Signature.objects.filter(row_key=OuterRef("key"), voided_at=None)
    rows = Injection.objects.filter(site__in=sites, cancelled_because="").exclude(Exists(held))
    return list(rows.select_related("patient", "site", "operator").order_by("given_on", "id")[:MOST_SHOWN])


def _told(row: AboutPatient) -> set[tuple[str, str]]:
    """Signature and content that the audit trail knows of this row."""
    entries = AuditEntry.objects.filter(
        kind=row._meta.model_name, object_key=str(row.key), action=AuditEntry.Action.SIGN
    )
    return {(d.get("signature", ""), d.get("content", "")) for d in entries.values_list("details", flat=True)}


def _standing(signature: Signature, content: str, told: set[tuple[str, str]]) -> Standing:
    if signature.voided_at is not None:
        return Standing.VOID
    if (str(signature.key), signature.content_hash) not in told:
        return Standing.NOT_IN_TRAIL
    return Standing.VALID if signature.content_hash == content else Standing.CONTENT_DIFFERS
