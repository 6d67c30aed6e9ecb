"""Requests and feedback of CDS Hooks 2.0, checked before anything is done with them; all faults together."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.plain_text import UNSEEN
from enthesis.web.consult.cds.card_ids import Issuer
from enthesis.web.consult.cds.services import Service

__all__ = ["Feedback", "read_feedback", "read_request"]

MOST_FEEDBACK = 50
_CONTEXT = {"patient-view": ("userId", "patientId"), "order-select": ("userId", "patientId", "draftOrders")}
_KINDS: Mapping[str, type] = {"draftOrders": Mapping}
_IN_WORDS: Mapping[type, str] = {str: "text", Mapping: "a resource"}
# Before this, no card was given anywhere; a clinical system's clock may be ahead of ours.
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(hours=1)
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
        faults += _context_faults(context, service)
    faults += _prefetch_faults(sent.get("prefetch"))
    if faults:
        raise InvalidData(faults)
    return sent


def _context_faults(context: Plain, service: Service) -> Iterator[Fault]:
    for name in _CONTEXT[service.hook]:
        held, kind = context.get(name), _KINDS.get(name, str)
        if not held:
            yield Fault("is missing.", f"context.{name}")
        elif not isinstance(held, kind):
            yield Fault(f"must be {_IN_WORDS[kind]}.", f"context.{name}")
    chosen = context.get("selections")
    if chosen is not None and not (isinstance(chosen, list) and all(isinstance(c, str) for c in chosen)):
        yield Fault("must be a list of texts.", "context.selections")


def _prefetch_faults(prefetch: Any) -> Iterator[Fault]:
    if prefetch and not isinstance(prefetch, Mapping):
        yield Fault("must be an object.", "prefetch")
    elif prefetch:
        for name, held in prefetch.items():
            if held is not None and not isinstance(held, Mapping):
                yield Fault("must be a resource or null.", f"prefetch.{name[:60]}")


def read_feedback(body: bytes, issuer: Issuer, now: datetime) -> list[Feedback]:
    """Feedback on cards that this installation gave at the same address, of the past.

    Raises:
        InvalidData: Each entry that cannot be taken.
    """
    rows = _object(body).get("feedback")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_FEEDBACK:
        raise InvalidData(Fault(f"must be a list of 1 to {MOST_FEEDBACK} entries.", "feedback"))
    faults: list[Fault] = []
    read = [_feedback(row, f"feedback[{at}]", issuer, now, faults) for at, row in enumerate(rows)]
    if faults:
        raise InvalidData(faults)
    taken = [row for row in read if row is not None]
    if len({row.card for row in taken}) < len(taken):
        raise InvalidData(Fault("tells of one card twice.", "feedback"))
    return taken


def _feedback(row: Any, where: str, issuer: Issuer, now: datetime, faults: list[Fault]) -> Feedback | None:
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
    elif not FIRST <= at <= now + CLOCKS_DIFFER:
        faults.append(Fault("must be a moment of the past.", f"{where}.outcomeTimestamp"))
    why = _object_in(row, "overrideReason", where, faults)
    coded = _object_in(why, "reason", f"{where}.overrideReason", faults)
    code = _words(coded, "code", 60, f"{where}.overrideReason.reason", faults)
    comment = _words(why, "userComment", 500, f"{where}.overrideReason", faults)
    if faults or card is None or at is None:
        return None
    return Feedback(card, str(outcome), at, code, comment)


def _object_in(row: Plain, name: str, where: str, faults: list[Fault]) -> Plain:
    held = row.get(name)
    if held is None or isinstance(held, Mapping):
        return held or {}
    faults.append(Fault("must be an object.", f"{where}.{name}"))
    return {}


def _words(row: Plain, name: str, most: int, where: str, faults: list[Fault]) -> str:
    held = row.get(name)
    if held is None:
        return ""
    if not isinstance(held, str) or len(held) > most or UNSEEN.search(held):
        faults.append(Fault(f"must be text that can be read, of at most {most} signs.", f"{where}.{name}"))
        return ""
    return held


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
