"""CDS Hooks 2.0: discovery, cards, prefetch and feedback; what comes in wrong is refused and stores nothing.

Rules of shape: cds-hooks.hl7.org/2.0 (discovery, request, card, feedback), written as JSON Schema in
``cds_hooks_2_0.json`` beside this file from the tables of the specification.
"""

import json
from pathlib import Path
from typing import Any
from uuid import RFC_4122, UUID, uuid4

import jsonschema
import pytest
from django.test import Client

from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.consult.cds.card_ids import CardSubject, Issuer
from enthesis.web.consult.cds.codes import condition_of_code, injection_of_words
from enthesis.web.consult.cds.services import SERVICES, Service, subjects_of
from enthesis.web.consult.models import Consultation, HookFeedback
from enthesis.web.evidence.state import current

SCHEMAS = json.loads((Path(__file__).parent / "cds_hooks_2_0.json").read_text(encoding="utf-8"))
ORDER = "/cds-services/enthesis-consult"
VIEW = "/cds-services/enthesis-evidence"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
PATIENT = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1961-04-02"}
KNEE = {
    "resourceType": "Condition",
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "code": {
        "coding": [{"system": ICD, "code": "M17.12", "display": "Unilateral osteoarthritis, left knee"}]
    },
}


def bundle(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": row} for row in rows]}


def quantity(code: str, value: float, unit: str, day: str = "2026-10-01") -> dict[str, Any]:
    held = {"value": value, "unit": unit} if unit else {"value": value}
    return {
        "resourceType": "Observation", "status": "final", "effectiveDateTime": day, "valueQuantity": held,
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
    }  # fmt: skip


def drawn_order(text: str = "PRP injection, left knee", **fields: Any) -> dict[str, Any]:
    order = {"resourceType": "ServiceRequest", "id": "o1", "status": "draft", "code": {"text": text}}
    return {
        "hook": "order-select",
        "hookInstance": str(uuid4()),
        "context": {
            "userId": "Practitioner/1",
            "patientId": "p1",
            "selections": ["ServiceRequest/o1"],
            "draftOrders": bundle(order | fields),
        },
        "prefetch": {"patient": PATIENT, "conditions": bundle(KNEE)},
    }


def view() -> dict[str, Any]:
    return {
        "hook": "patient-view",
        "hookInstance": str(uuid4()),
        "context": {"userId": "Practitioner/1", "patientId": "p1"},
        "prefetch": {"patient": PATIENT, "conditions": bundle(KNEE)},
    }


def sent(client: Client, address: str, body: Any, status: int = 200) -> dict[str, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    answer = client.post(address, text, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()[:600]
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def cards(client: Client, body: dict[str, Any], address: str = ORDER) -> list[dict[str, Any]]:
    answer = sent(client, address, body)
    jsonschema.validate(answer, SCHEMAS["response"], format_checker=jsonschema.FormatChecker())
    return answer["cards"]


def test_discovery_names_both_services_as_the_specification_asks(anyone: Client) -> None:
    answer = anyone.get("/cds-services")
    assert answer.status_code == 200
    jsonschema.validate(answer.json(), SCHEMAS["discovery"])
    assert {s["hook"] for s in answer.json()["services"]} == {"patient-view", "order-select"}


def test_an_order_gets_the_answer_of_the_consultation(anyone: Client) -> None:
    (card,) = cards(anyone, drawn_order())
    assert card["summary"].startswith("Cannot say: platelet-rich plasma for knee osteoarthritis (left)")
    assert card["indicator"] == "warning"
    assert "Not known, and it would change the answer" in card["detail"]
    assert card["links"][0]["url"].endswith("/evidence/knee-osteoarthritis/prp/")
    assert {r["code"] for r in card["overrideReasons"]} >= {"patient-wish", "clinical-judgement"}
    assert card["suggestions"]


def test_a_count_below_the_threshold_makes_the_card_critical(anyone: Client) -> None:
    body = drawn_order()
    body["prefetch"]["observations"] = bundle(quantity("777-3", 12, "10*3/uL"))
    (card,) = cards(anyone, body)
    assert card["indicator"] == "critical"
    assert card["summary"].startswith("Do not give it")


def test_the_latest_value_counts_and_one_without_a_unit_does_not(anyone: Client) -> None:
    body = drawn_order()
    body["prefetch"]["observations"] = bundle(
        quantity("777-3", 12, "10*3/uL", "2026-01-01"), quantity("777-3", 250, "10*3/uL", "2026-10-01")
    )
    assert cards(anyone, body)[0]["indicator"] != "critical"
    body["prefetch"]["observations"] = bundle(quantity("777-3", 12, ""))
    assert cards(anyone, body)[0]["indicator"] != "critical"


def test_a_side_that_is_not_told_is_not_invented(anyone: Client) -> None:
    body = drawn_order()
    row = KNEE | {"code": {"coding": [{"system": ICD, "code": "M17.9"}]}}
    body["prefetch"]["conditions"] = bundle(row)
    (card,) = cards(anyone, body)
    assert "side not told" in card["summary"]
    assert "both" not in card["summary"]


def test_an_order_that_is_no_injection_gets_no_card(anyone: Client) -> None:
    assert cards(anyone, drawn_order("Radiograph of the left knee")) == []


def test_an_injection_without_a_known_condition_says_so(anyone: Client) -> None:
    body = drawn_order()
    body["prefetch"]["conditions"] = bundle()
    (card,) = cards(anyone, body)
    assert card["summary"].startswith("Cannot say")


def test_opening_a_chart_tells_what_placebo_controlled_trials_say(anyone: Client) -> None:
    (card,) = cards(anyone, view(), VIEW)
    assert card["indicator"] == "info"
    assert "Platelet-rich plasma" in card["detail"]


def test_a_resolved_condition_is_not_told_about(anyone: Client) -> None:
    body = view()
    row = KNEE | {"clinicalStatus": {"coding": [{"code": "resolved"}]}}
    body["prefetch"]["conditions"] = bundle(row)
    assert cards(anyone, body, VIEW) == []


def test_every_mapped_code_names_a_condition_of_the_vocabulary() -> None:
    from enthesis.web.consult.cds import codes

    known = current().evidence.vocabulary.conditions
    assert set(codes._BY_ICD10.values()) | set(codes._BY_SNOMED.values()) <= set(known)
    assert condition_of_code(ICD, "M17.11") == "knee-osteoarthritis"
    assert condition_of_code(ICD, "M75.12") == "", "a complete tear is no partial one"
    assert condition_of_code("http://example.org", "M17.11") == ""


@pytest.mark.parametrize(
    ("change", "status", "where"),
    [
        ({"hook": "patient-view"}, 400, "hook"),
        ({"hookInstance": "one"}, 400, "hookInstance"),
        ({"context": None}, 400, "context"),
        ({"context": {"userId": "x"}}, 400, "context.draftOrders"),
        ({"prefetch": []}, 412, "prefetch.patient"),
        ({"prefetch": "x"}, 400, "prefetch"),
        ({"prefetch": {}}, 412, "prefetch.patient"),
        ({"prefetch": None}, 412, "prefetch.patient"),
    ],
)
def test_a_malformed_request_is_refused_with_its_place(
    anyone: Client, change: dict[str, Any], status: int, where: str
) -> None:
    answer = sent(anyone, ORDER, drawn_order() | change, status)
    assert where in [f["where"] for f in answer["faults"]]


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "[" * 5000])
def test_a_body_that_is_no_object_is_refused(anyone: Client, body: str) -> None:
    sent(anyone, ORDER, body, 400)


@pytest.mark.parametrize(
    "row",
    [
        {"gender": 5, "birthDate": "soon"},
        {"address": "India", "birthDate": None},
        {"address": [None, 3], "gender": []},
    ],
)
def test_strange_resources_are_not_known_and_never_an_error(anyone: Client, row: dict[str, Any]) -> None:
    body = drawn_order()
    body["prefetch"]["patient"] = {"resourceType": "Patient"} | row
    body["prefetch"]["observations"] = {"entry": [None, 5, {"resource": {"resourceType": "Observation"}}]}
    body["prefetch"]["medications"] = bundle({"resourceType": "MedicationRequest", "status": "active"})
    assert len(cards(anyone, body)) == 1


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("observations", {"entry": 5}),
        ("observations", bundle(quantity("777-3", 10**400, "10*3/uL"))),
        ("conditions", bundle({"resourceType": "Condition", "code": {"coding": 5}})),
        ("conditions", bundle({"resourceType": "Condition", "clinicalStatus": {"coding": [{"code": []}]}})),
        ("observations", bundle(quantity("777-3", 5, "%") | {"status": []})),
    ],
)
def test_a_chart_that_nobody_can_read_is_no_fault_of_ours(anyone: Client, part: str, value: Any) -> None:
    body = drawn_order()
    body["prefetch"] |= {part: value}
    answer = anyone.post(ORDER, json.dumps(body), content_type="application/json")
    assert answer.status_code in (200, 400)


def test_a_huge_body_is_refused(anyone: Client) -> None:
    sent(anyone, ORDER, json.dumps({"hook": "x" * 3_000_000}), 413)


def test_an_unknown_service_is_not_there(anyone: Client) -> None:
    sent(anyone, "/cds-services/other", drawn_order(), 404)


def test_nothing_of_a_request_is_stored(anyone: Client) -> None:
    cards(anyone, drawn_order())
    with acting_as_system("test"):
        assert not Consultation.objects.exists()
        assert not HookFeedback.objects.exists()


def feedback(card: str, **fields: Any) -> dict[str, Any]:
    row = {
        "card": card, "outcome": "overridden", "outcomeTimestamp": "2026-11-22T10:00:00Z",
        "overrideReason": {"reason": {"code": "patient-wish", "system": "urn:enthesis:override-reason"},
                           "userComment": "Was told."},
    }  # fmt: skip
    return {"feedback": [row | fields]}


def test_feedback_is_kept_once_with_its_reason(anyone: Client) -> None:
    (card,) = cards(anyone, drawn_order())
    for _ in range(2):
        assert sent(anyone, f"{ORDER}/feedback", feedback(card["uuid"])) == {}
    with acting_as_system("test"):
        held = HookFeedback.objects.get()
    assert (held.condition, held.intervention, held.scenario) == ("knee-osteoarthritis", "prp", "cannot say")
    assert (held.outcome, held.reason, held.comment) == ("overridden", "patient-wish", "Was told.")
    assert str(held.card) == card["uuid"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (feedback(str(uuid4())), "feedback[0].card"),
        (feedback("x"), "feedback[0].card"),
        ({"feedback": []}, "feedback"),
        ({}, "feedback"),
        ({"feedback": ["x"]}, "feedback[0]"),
        (feedback("mine", outcome="ignored"), "feedback[0].outcome"),
        (feedback("mine", outcomeTimestamp="yesterday"), "feedback[0].outcomeTimestamp"),
        (feedback("mine", outcomeTimestamp="2026-11-22T10:00:00"), "feedback[0].outcomeTimestamp"),
        (feedback("mine", outcomeTimestamp="2026-99-99T10:00:00Z"), "feedback[0].outcomeTimestamp"),
        (feedback("mine", outcomeTimestamp="2999-11-22T10:00:00Z"), "feedback[0].outcomeTimestamp"),
        (feedback("mine", outcomeTimestamp="0001-01-01T00:00:00+14:00"), "feedback[0].outcomeTimestamp"),
        (feedback("mine", overrideReason="because"), "feedback[0].overrideReason"),
        (feedback("mine", overrideReason={"userComment": "\x00"}), "feedback[0].overrideReason.userComment"),
        (feedback("mine", overrideReason={"reason": {"code": 5}}), "feedback[0].overrideReason.reason.code"),
    ],
)
def test_feedback_that_is_not_ours_or_not_whole_is_refused(
    anyone: Client, body: dict[str, Any], where: str
) -> None:
    mine = Issuer("enthesis-consult").new_id(CardSubject("knee-osteoarthritis", "prp", "uncertain"))
    text = json.dumps(body).replace('"mine"', f'"{mine}"')
    answer = sent(anyone, f"{ORDER}/feedback", text, 400)
    assert [f["where"] for f in answer["faults"]] == [where]
    with acting_as_system("test"):
        assert not HookFeedback.objects.exists()


def test_a_card_can_be_told_from_an_invented_one() -> None:
    issuer = Issuer("enthesis-consult")
    card = issuer.new_id(CardSubject("knee-osteoarthritis", "prp", "uncertain"))
    assert card.version == 8
    assert card.variant == RFC_4122
    assert issuer.gave(card)
    assert not Issuer("enthesis-evidence").gave(card)
    assert not Issuer("enthesis-consult", "another clinic").gave(card)
    changed = [UUID(int=card.int ^ (1 << bit)) for bit in range(128)]
    assert not any(issuer.gave(other) for other in changed)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.id)
def test_what_a_card_was_about_is_read_from_its_identifier(service: Service) -> None:
    issuer, known = Issuer(service.id), list(subjects_of(service))
    assert len(known) == len(set(known)) >= 20
    for subject in (known[0], known[-1], known[len(known) // 2]):
        assert issuer.subject_of(issuer.new_id(subject), known) == subject
    gone = issuer.new_id(CardSubject("a condition of yesterday"))
    assert issuer.subject_of(gone, known) == CardSubject()


def test_every_card_of_an_order_is_about_something_that_can_be_read(anyone: Client) -> None:
    for words, condition in (("PRP injection", "knee-osteoarthritis"), ("BMAC", "knee-osteoarthritis")):
        (card,) = cards(anyone, drawn_order(words))
        about = Issuer("enthesis-consult").subject_of(
            UUID(card["uuid"]), subjects_of(SERVICES["enthesis-consult"])
        )
        assert about.condition == condition
        assert about.intervention
        assert about.scenario


@pytest.mark.parametrize(
    ("words", "injection"),
    [
        ("Adipose-derived stem cells, intra-articular", "msc-adipose"),
        ("Umbilical cord mesenchymal stromal cells", "msc-umbilical"),
        ("Autologous bone marrow mesenchymal cells", "msc-bone-marrow"),
        ("Bone marrow aspirate concentrate", "bmac"),
        ("Stem cell injection", "msc-other"),
        ("Ibuprofen 400 mg", ""),
    ],
)
def test_the_words_of_an_order_name_the_cells(words: str, injection: str) -> None:
    assert injection_of_words(words) == injection
