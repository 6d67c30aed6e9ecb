"""Every part of what a clinical system sends, made something else: no fault of ours, and nothing stored."""

import json
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from django.test import Client
from tests.integration.consult.test_cds_hooks import (
    ORDER,
    SCHEMAS,
    VIEW,
    bundle,
    drawn_order,
    feedback,
    quantity,
    view,
)

from changed_documents import changed, part_of, parts
from enthesis.web.accounts.refusals import RefusalMiddleware, StrangerMeter
from enthesis.web.consult.cds.card_ids import CardSubject, Issuer
from made_clinic import make_site
from posting_desk import Desk
from wrong_values import ODD

pytestmark = [pytest.mark.long, pytest.mark.slow]

JSON = "application/json"
CODED = {"coding": [{"system": "http://snomed.info/sct", "code": "7771000", "display": "left"}]}
DRUG = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "medicationCodeableConcept": {"text": "aspirin"},
}
ADDRESS = [{"country": "IN"}]
BODIES = [b"", b"null", b"[]", b"5", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, b'{"a":' * 5000]
# The frame of a request is ours to check. Resources come from charts of others: what cannot be read in
# them is not known, and the card says so.
FRAME = {"hook", "hookInstance", "context", "prefetch"}
# Anything but these may be left out.
MAY_BE_NONE = {("prefetch",), ("context", "selections")}


def full_order() -> dict[str, Any]:
    body = drawn_order(bodySite=CODED, reasonCode=[{"coding": [{"system": "x", "code": "y"}], "text": "z"}])
    body["prefetch"]["patient"] = body["prefetch"]["patient"] | {"address": ADDRESS}
    body["prefetch"]["observations"] = bundle(quantity("777-3", 210, "10*3/uL"), quantity("4548-4", 6, "%"))
    body["prefetch"]["medications"] = bundle(DRUG)
    return body


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(100_000))
    return Desk(Client(SERVER_NAME="localhost", raise_request_exception=False))


def is_frame(at: tuple[Any, ...]) -> bool:
    return len(at) <= 2 and at[0] in FRAME


@pytest.mark.parametrize(("address", "body"), [(ORDER, full_order()), (VIEW, view())], ids=["order", "view"])
def test_a_request_with_one_part_made_something_else_gets_cards_or_a_refusal(
    desk: Desk, address: str, body: dict[str, Any], record_property: Any
) -> None:
    wrong = []
    for at in parts(body):
        for value in ODD:
            outcome = desk.post(address, data=changed(body, at, value), content_type=JSON)
            if outcome.status == 200 and not outcome.changed and not must_be_refused(at, value, body):
                continue
            if not outcome.is_refused_in_order:
                wrong.append((at, repr(value)[:60], outcome))
    assert not wrong, f"{len(wrong)} of {desk.tried}\n" + "\n".join(map(str, wrong))
    record_property("tried", desk.tried)


def must_be_refused(at: tuple[Any, ...], value: Any, body: dict[str, Any]) -> bool:
    """Whether the frame of the hook does not allow this value here."""
    if not is_frame(at) or (value is None and (at in MAY_BE_NONE or at[0] == "prefetch")):
        return False
    is_same_kind = isinstance(value, type(part_of(body, at)))
    if at == ("hookInstance",):
        return value != "00000000-0000-4000-8000-000000000000"
    if at == ("context", "selections"):
        return not (isinstance(value, list) and all(isinstance(v, str) for v in value))
    return not is_same_kind or at == ("hook",) or (at[0] == "context" and not value)


def test_cards_for_what_cannot_be_read_stay_cards(desk: Desk) -> None:
    body = full_order()
    for at in parts(body):
        for value in (5, "x", [5], {"a": 5}, None):
            answer = desk.client.post(ORDER, changed(body, at, value), content_type=JSON)
            if answer.status_code == 200:
                jsonschema.validate(answer.json(), SCHEMAS["response"])


def test_feedback_with_one_part_made_something_else_is_refused(desk: Desk, record_property: Any) -> None:
    site = make_site()
    desk = Desk(desk.client)
    address = f"/clinics/{site.key}{ORDER}/feedback"
    card = str(
        Issuer("enthesis-consult", str(site.key)).new_id(CardSubject("knee-osteoarthritis", "prp", ""))
    )
    body = feedback(card)
    assert desk.post(address, data=json.dumps(body), content_type=JSON).status == 200
    wrong = []
    for at in parts(body):
        for value in ODD:
            outcome = desk.post(address, data=changed(body, at, value), content_type=JSON)
            if not outcome.is_refused_in_order and not (may_be_left_out(at, value) and outcome.status == 200):
                wrong.append((at, repr(value)[:60], outcome))
    assert not wrong, f"{len(wrong)} of {desk.tried}\n" + "\n".join(map(str, wrong))
    record_property("tried", desk.tried)


def may_be_left_out(at: tuple[Any, ...], value: Any) -> bool:
    """Why a card was set aside may be left out, or told in any words and any system of codes."""
    name = at[-1]
    if name in ("overrideReason", "reason"):
        return value is None or isinstance(value, dict)
    if name == "system":
        return True
    is_words = isinstance(value, str) and len(value) <= 60 and value not in ("\x00", "\x07", "\ud800")
    return name in ("code", "userComment") and (value is None or is_words)


def test_one_card_is_not_told_of_twice_in_a_body(desk: Desk) -> None:
    card = str(Issuer("enthesis-consult").new_id(CardSubject("knee-osteoarthritis", "prp", "")))
    rows = feedback(card)["feedback"] + feedback(card, outcome="accepted")["feedback"]
    sent = json.dumps({"feedback": rows})
    assert desk.post(f"{ORDER}/feedback", data=sent, content_type=JSON).is_refused_in_order


@pytest.mark.parametrize("tail", ["", "/feedback"])
def test_a_body_that_is_no_request_and_a_place_that_is_not_there_are_refused(desk: Desk, tail: str) -> None:
    wrong = []
    places = [f"/clinics/{uuid4()}{ORDER}", "/cds-services/enthesis-else", "/cds-services/%00", ORDER]
    for place in places:
        for body in BODIES:
            outcome = desk.post(f"{place}{tail}", data=body, content_type=JSON)
            if not outcome.is_refused_in_order:
                wrong.append((place, body[:20], outcome))
    assert not wrong, "\n".join(map(str, wrong))
