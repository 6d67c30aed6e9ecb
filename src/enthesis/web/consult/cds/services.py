"""Two services: what trials say when a chart is opened, and an answer when an injection is ordered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from enthesis.domain.selection import Scenario
from enthesis.domain.selection.words import PAIRED_REGIONS
from enthesis.errors import Fault, InvalidData
from enthesis.web.consult.asking import ask
from enthesis.web.consult.cds.card_ids import CardSubject
from enthesis.web.consult.cds.cards import (
    Card,
    NewId,
    answer_card,
    condition_card,
    unknown_condition_card,
)
from enthesis.web.consult.cds.codes import INJECTION_CODES, INJECTIONS_IN_WORDS
from enthesis.web.consult.cds.orders import Ordered, orders_of
from enthesis.web.consult.cds.prefetch import CodedCondition, conditions_of, facts_of_patient
from enthesis.web.evidence.state import current

__all__ = ["SERVICES", "NothingSent", "Service", "cards_for", "subjects_of"]

PATIENT = "Patient/{{context.patientId}}"
CONDITIONS = "Condition?patient={{context.patientId}}&clinical-status=active"
OBSERVATIONS = (
    "Observation?patient={{context.patientId}}&code=http://loinc.org|777-3,http://loinc.org|26515-7,"
    "http://loinc.org|718-7,http://loinc.org|4548-4,http://loinc.org|39156-5"
)
MEDICATIONS = "MedicationRequest?patient={{context.patientId}}&status=active"
MOST_CARDS = 5
Absolute = Callable[[str], str]


class NothingSent(InvalidData):
    """The data a service needs did not come with the request, and we ask no server for them."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service as the discovery names it."""

    id: str
    hook: str
    title: str
    description: str
    prefetch: Mapping[str, str]
    needs: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The entry of the discovery."""
        return {
            "hook": self.hook,
            "id": self.id,
            "title": self.title,
            "description": self.description,
            "prefetch": dict(self.prefetch),
            "usageRequirements": "Reads what comes with the request and calls no FHIR server.",
        }


SERVICES = {
    s.id: s
    for s in (
        Service(
            "enthesis-evidence",
            "patient-view",
            "Injections for this patient's joints, tendons and spine",
            "What placebo-controlled trials say of PRP, cells and other injections, and how sure that is.",
            {"patient": PATIENT, "conditions": CONDITIONS},
            ("conditions",),
        ),
        Service(
            "enthesis-consult",
            "order-select",
            "Is this injection for this patient?",
            "Likely to benefit, uncertain, unlikely or do not; reasons, law, alternatives, what is missing.",
            {
                "patient": PATIENT,
                "conditions": CONDITIONS,
                "observations": OBSERVATIONS,
                "medications": MEDICATIONS,
            },
            ("patient",),
        ),
    )
}


def cards_for(
    service: Service, request: Mapping[str, Any], today: date, absolute: Absolute, new_id: NewId
) -> list[Card]:
    """Cards for one request that was checked before.

    Raises:
        NothingSent: A prefetch that the service cannot do without is missing.
        InvalidData: Facts of the record that cannot be.
    """
    prefetch = request.get("prefetch") or {}
    missing = [name for name in service.needs if not isinstance(prefetch.get(name), Mapping)]
    if missing:
        raise NothingSent(Fault("was not sent.", f"prefetch.{name}") for name in missing)
    if service.hook == "patient-view":
        found = dict.fromkeys(name for name, _ in conditions_of(prefetch["conditions"]))
        cards = (condition_card(name, new_id, absolute) for name in found)
        return [card for card in cards if card is not None][:MOST_CARDS]
    return list(_order_cards(request["context"], prefetch, today, absolute, new_id))[:MOST_CARDS]


def _order_cards(
    context: Mapping[str, Any], prefetch: Mapping[str, Any], today: date, absolute: Absolute, new_id: NewId
) -> Iterator[Card]:
    person = facts_of_patient(prefetch, today)
    held = conditions_of(prefetch.get("conditions"))
    for ordered in orders_of(context):
        reasons = _reasons(ordered, held)
        if not reasons:
            address = f"{reverse('consult')}?{urlencode({'intervention': ordered.intervention})}"
            yield unknown_condition_card(ordered.intervention, new_id, absolute, address)
        for condition, side in reasons:
            yield _card(ordered.intervention, condition, side, person, today, absolute, new_id)


def _reasons(ordered: Ordered, held: list[CodedCondition]) -> list[CodedCondition]:
    """What the order is for: its own reason, with the side of the record where it tells none."""
    if not ordered.reasons:
        return held
    sides = dict(held)
    return [(condition, side or sides.get(condition, "")) for condition, side in ordered.reasons]


def _card(
    intervention: str,
    condition: str,
    side: str,
    person: Mapping[str, Any],
    today: date,
    absolute: Absolute,
    new_id: NewId,
) -> Card:
    what = {"condition": condition, "intervention": intervention}
    address = f"{reverse('consult-facts')}?{urlencode(what)}"
    region = current().evidence.vocabulary.conditions[condition].region
    if not side and region in PAIRED_REGIONS:
        # No rule asks for the side, so the answer holds for either; the card says that none was told.
        answer = ask({**person, **what, "side": "both"}, today).plain
        answer |= {"headline": answer["headline"].replace(" (both)", ", side not told")}
    else:
        answer = ask({**person, **what, **({"side": side} if side else {})}, today).plain
    return answer_card(answer, new_id, absolute, address)


def subjects_of(service: Service) -> Iterator[CardSubject]:
    """Everything a card of a service can be about."""
    conditions = tuple(current().evidence.vocabulary.conditions)
    if service.hook == "patient-view":
        yield from (CardSubject(condition) for condition in conditions)
        return
    injections = dict.fromkeys([*INJECTION_CODES.values(), *(name for name, _ in INJECTIONS_IN_WORDS)])
    for injection in injections:
        yield CardSubject(intervention=injection)
        for condition in conditions:
            yield from (CardSubject(condition, injection, scenario.value) for scenario in Scenario)
