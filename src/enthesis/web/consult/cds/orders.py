"""Draft orders of a request: which injections are being ordered, and for what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.web.consult.cds.codes import INJECTION_CODES, injection_of_words
from enthesis.web.consult.cds.prefetch import CodedCondition, coded_conditions, codings, entries, listed

__all__ = ["Ordered", "orders_of"]

_CONCEPTS = {"ServiceRequest": "code", "MedicationRequest": "medicationCodeableConcept"}


@dataclass(frozen=True, slots=True)
class Ordered:
    """One injection that is being ordered, and the condition given as its reason, where it is one we know."""

    intervention: str
    reasons: tuple[CodedCondition, ...]


def orders_of(context: Mapping[str, Any]) -> list[Ordered]:
    """Injections among the selected draft orders, each once."""
    selected = {str(s).rpartition("/")[2] for s in listed(context.get("selections"))}
    found: dict[Ordered, None] = {}
    for kind, name in _CONCEPTS.items():
        for row in entries(context.get("draftOrders"), kind):
            if not selected or str(row.get("id")) in selected:
                intervention = _injection(row.get(name))
                if intervention:
                    found[Ordered(intervention, tuple(_reasons(row)))] = None
    return list(found)


def _injection(concept: Any) -> str:
    if not isinstance(concept, Mapping):
        return ""
    for c in codings(concept):
        if (known := INJECTION_CODES.get((str(c.get("system")), str(c.get("code"))))) is not None:
            return known
    texts = (concept.get("text"), *(c.get("display") for c in codings(concept)))
    return next((name for t in texts if t and (name := injection_of_words(str(t)))), "")


def _reasons(row: Mapping[str, Any]) -> Iterator[CodedCondition]:
    for concept in listed(row.get("reasonCode")):
        if isinstance(concept, Mapping):
            yield from coded_conditions({"code": concept, "bodySite": row.get("bodySite")})
