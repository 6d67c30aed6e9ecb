"""The only place that writes to the audit trail."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from enthesis.web.audit.chain import entry_hash, head_proof
from enthesis.web.audit.models import AuditEntry, ChainHead

__all__ = ["Act", "Action", "noticing_refusals", "record", "record_all"]

Action = AuditEntry.Action
_noticed: ContextVar[list["Act"] | None] = ContextVar("enthesis_noticed_refusals", default=None)


@dataclass(frozen=True)
class Act:
    """What is to be written down; ``details`` must be plain JSON without identifiers."""

    actor: str
    action: Action
    kind: str
    object_key: str = ""
    site_id: int | None = None
    patient_key: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def record(act: Act) -> None:
    """Append one act to the chain, in the transaction of the caller when there is one."""
    record_all((act,))


@transaction.atomic
def record_all(acts: Iterable[Act]) -> None:
    """Append several acts in one go.

    The head row is locked until the transaction ends, so entries of concurrent writers stand in the order of
    their commits.
    """
    acts = list(acts)
    if not acts:
        return
    head = ChainHead.objects.select_for_update().get(pk=1)
    now = timezone.now()
    entries = []
    for act in acts:
        entry = _entry(act, head, now)
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
    head.proof = head_proof(head.number, head.hash)
    AuditEntry.objects.bulk_create(entries)
    head.save(update_fields=("number", "hash", "proof"))
    if (noticed := _noticed.get()) is not None:
        noticed += [act for act in acts if act.action == Action.REFUSED]


@contextmanager
def noticing_refusals() -> Iterator[list[Act]]:
    """A list that fills with the refusals written down inside the block."""
    noticed: list[Act] = []
    token = _noticed.set(noticed)
    try:
        yield noticed
    finally:
        _noticed.reset(token)


def _entry(act: Act, head: ChainHead, now: datetime) -> AuditEntry:
    entry = AuditEntry(
        number=head.number + 1,
        at=now,
        actor=act.actor,
        site_id=act.site_id,
        action=act.action.value,
        kind=act.kind,
        object_key=act.object_key,
        patient_key=act.patient_key,
        details=dict(act.details),
        previous=head.hash,
    )
    entry.hash = entry_hash(entry)
    return entry
