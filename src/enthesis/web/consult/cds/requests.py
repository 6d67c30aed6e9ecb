"""Requests and feedback of CDS Hooks 2.0, checked before anything is done with them; all faults together."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from enthesis.errors import Fault, InvalidData
from enthesis.web.consult.cds.card_ids import Issuer
from enthesis.web.consult.cds.services import Service

__all__ = ["Feedback", "read_feedback", "read_request"]

MOST_FEEDBACK = 50
_CONTEXT = {"patient-view": ("userId", "patientId"), "order-select": ("userId", "patientId", "draftOrders")}
_OUTCOMES = ("accepted", "overridden")
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What became of one card."""

    card: UUID
    outcome: str
    outcome_at: datetime
    reason: str
    comment: str


def read_request(body: bytes, service: Service) -> Plain:
    """A request for a service.

    Raises:
        InvalidData: It is no JSON object, names another hook, or lacks what the hook must carry.
    """
    sent = _object(body)
    faults = []
    if sent.get("hook") != service.hook:
        faults.append(Fault(f"must be '{service.hook}' for this service.", "hook"))
    if _uuid(sent.get("hookInstance")) is None:
        faults.append(Fault("must be a UUID.", "hookInstance"))
    context = sent.get("context")
    if not isinstance(context, Mapping):
        faults.append(Fault("must be an object.", "context"))
    else:
        faults += [
            Fault("is missing.", f"context.{name}")
            for name in _CONTEXT[service.hook]
            if not context.get(name)
        ]
    if not isinstance(sent.get("prefetch") or {}, Mapping):
        faults.append(Fault("must be an object.", "prefetch"))
    if faults:
        raise InvalidData(faults)
    return sent


def read_feedback(body: bytes, issuer: Issuer) -> list[Feedback]:
    """Feedback on cards that this installation gave at the same address.

    Raises:
        InvalidData: Each entry that cannot be taken.
    """
    rows = _object(body).get("feedback")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_FEEDBACK:
        raise InvalidData(Fault(f"must be a list of 1 to {MOST_FEEDBACK} entries.", "feedback"))
    faults: list[Fault] = []
    read = [_feedback(row, f"feedback[{at}]", issuer, faults) for at, row in enumerate(rows)]
    if faults:
        raise InvalidData(faults)
    return [row for row in read if row is not None]


def _feedback(row: Any, where: str, issuer: Issuer, faults: list[Fault]) -> Feedback | None:
    if not isinstance(row, Mapping):
        faults.append(Fault("must be an object.", where))
        return None
    card, outcome = _uuid(row.get("card")), row.get("outcome")
    at = _moment(row.get("outcomeTimestamp"))
    if card is None or not issuer.gave(card):
        faults.append(Fault("is no card of this service.", f"{where}.card"))
    if outcome not in _OUTCOMES:
        faults.append(Fault(f"must be one of {', '.join(_OUTCOMES)}.", f"{where}.outcome"))
    if at is None:
        faults.append(Fault("must be a moment with its time zone (ISO 8601).", f"{where}.outcomeTimestamp"))
    if faults or card is None or at is None:
        return None
    why = row.get("overrideReason")
    held: Plain = why if isinstance(why, Mapping) else {}
    coded = held.get("reason")
    code = str(coded.get("code", "")) if isinstance(coded, Mapping) else ""
    return Feedback(card, str(outcome), at, code[:60], str(held.get("userComment") or "")[:500])


def _object(body: bytes) -> Plain:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidData(Fault("The body is no JSON.")) from None
    if not isinstance(sent, Mapping):
        raise InvalidData(Fault("The body must be a JSON object."))
    return sent


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        found = parse_datetime(str(value))
    except ValueError:
        return None
    return None if found is None or is_naive(found) else found
