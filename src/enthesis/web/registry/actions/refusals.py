"""What was refused, in the audit trail: who tried what, and which fields were at fault; no values."""

from collections.abc import Iterable

from enthesis.web.accounts.scope import current_scope
from enthesis.web.audit.recording import Act, Action, record

__all__ = ["write_refusal"]

MOST_FIELDS = 20


def write_refusal(
    *, kind: str, fields: Iterable[str], site_id: int | None = None, patient_key: str = ""
) -> None:
    """Write down that an entry was refused; nothing of it was stored."""
    record(
        Act(
            actor=current_scope().actor,
            action=Action.REFUSED,
            kind=kind,
            site_id=site_id,
            patient_key=patient_key,
            details={"fields": sorted(set(fields))[:MOST_FIELDS]},
        )
    )
