"""The consultation for anyone and what programs send, part by part wrong: refused, and nothing stored."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from tests.integration.consult.test_facts_and_answer import FACTS

from changed_documents import Way, changed, part_of, parts
from enthesis.web.accounts.refusals import RefusalMiddleware, StrangerMeter
from posted_forms import forms_of
from posting_desk import Desk
from wrong_values import NEVER, NONSENSE, ODD

pytestmark = [pytest.mark.long, pytest.mark.slow]

PAGE, JSON = "/consult/facts/", "application/json"
FREE = {
    "drugs[0].name", "drugs[0].indication", "prior_surgery[0].what", "prior_injections[0].product", "level",
}  # fmt: skip
BODIES = [b"", b"null", b"[]", b"5", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, b'{"a":' * 5000]
DOCUMENTS: dict[str, dict[str, Any]] = {
    "/api/v1/consult": {
        "condition": "knee-osteoarthritis", "intervention": "prp", "side": "left", "age_years": 61,
        "platelets": "210 x10^9/L", "infection": "none", "red_flags": [], "malignancy": "none",
        "fever_or_illness": False, "grading": {"system": "kellgren-lawrence", "grade": "3"},
        "drugs": [{"name": "aspirin", "indication": "stent", "last_dose": "2026-03-01"}], "country": "IN",
        "prior_injections": [{"product": "corticosteroid", "date": "2026-01-05", "same_site": True}],
        "instrument": "nrs-pain", "instrument_range": [0, 10],
    },
    "/api/v1/score": {
        "instrument": "eq-5d-5l", "value_set": "india", "version": "", "language": "",
        "answers": {"mobility": 1, "self-care": 2, "usual-activities": 1, "pain-discomfort": 3,
                    "anxiety-depression": 1, "vas": 80},
    },
    "/api/v1/product": {
        "kind": "prp",
        "whole_blood": {"platelets": "240 10^9/L", "volume": "27 mL", "counted": "before-anticoagulant"},
        "preparation": {"spins": [{"g_force": 400, "minutes": 10}], "device": "text", "temperature": 22},
        "product": {"platelets": "1212 10^9/L", "volume_prepared": "3 mL", "volume_injected": "3 mL"},
        "activation": {"agent": "none"},
        "delivery": {"injections": 3, "interval_days": 7},
    },
}  # fmt: skip


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(100_000))
    return Desk(Client(SERVER_NAME="localhost", raise_request_exception=False))


def fields_of(condition: str, client: Client) -> set[str]:
    page = client.get(PAGE, {"condition": condition, "intervention": "prp"}).content.decode()
    (form,) = [f for f in forms_of(page) if f.method == "post" and "condition" in f.kinds]
    return set(form.kinds) - {"csrfmiddlewaretoken"}


@pytest.mark.parametrize(
    "condition", ["knee-osteoarthritis", "rotator-cuff-partial-tear", "discogenic-low-back-pain"]
)
def test_one_wrong_fact_is_refused_and_nothing_is_stored(
    desk: Desk, condition: str, record_property: Any
) -> None:
    unfit = {"rotator-cuff-partial-tear": {"grading"}, "discogenic-low-back-pain": {"grading", "side"}}
    right = {n: v for n, v in FACTS.items() if n not in unfit.get(condition, ())} | {"condition": condition}
    right |= {"prior_surgery[0].what": "arthroscopy", "prior_injections[0].product": "corticosteroid"}
    assert desk.post(PAGE, data=right).status == 200, desk.said
    wrong = []
    for field in sorted(fields_of(condition, desk.client)):
        if field.endswith(".rows") or field == "change":
            continue  # buttons that open the form again
        for kind, value in NONSENSE.items():
            outcome = desk.post(PAGE, data=right | {field: value})
            is_free = field in FREE and kind not in NEVER and outcome.status == 200
            if not outcome.is_refused_in_order and not is_free:
                wrong.append((field, kind, outcome))
    assert not wrong, f"{len(wrong)} of {desk.tried}\n" + "\n".join(map(str, wrong))
    record_property("tried", desk.tried)


# What is read as a number and has no house limit in the domain; the forms of the clinic limit it by unit.
NUMBERS = {"g_force", "minutes", "temperature", "injections", "interval_days", "volume", "volume_prepared"}
TEXTS = {"name", "indication", "product", "device", "version", "language", "instrument"}


def may_be(address: str, at: Way, value: Any, document: Any) -> bool:
    """Whether this value may stand here: not known, or of the same kind and in its reach."""
    held = part_of(document, at)
    if value is None or (value in ("", [], {}) and value is not False and value != 0):
        return True
    if at == ("answers",):
        return isinstance(value, list | dict)
    if isinstance(held, bool) or isinstance(value, bool):
        return isinstance(held, bool) and isinstance(value, bool)
    if at[-1] in TEXTS:
        return isinstance(value, str) and (address, at[-1]) != ("/api/v1/score", "instrument")
    if at[0] == "instrument_range" or at[-1] in NUMBERS | {"vas", "age_years", "grade"}:
        return isinstance(value, int | float) and abs(value) < 1e15
    return at[-1] == "spins" and value == [None]


@pytest.mark.parametrize("address", list(DOCUMENTS))
def test_one_wrong_part_of_a_document_is_refused_and_nothing_is_stored(
    desk: Desk, address: str, record_property: Any
) -> None:
    document, wrong = DOCUMENTS[address], []
    whole = desk.post(address, data=json.dumps(document), content_type=JSON)
    assert whole.status == 200
    for at in parts(document):
        for value in ODD:
            outcome = desk.post(address, data=changed(document, at, value), content_type=JSON)
            is_right = outcome.status == 200 and may_be(address, at, value, document)
            if outcome.changed or not (is_right or 400 <= outcome.status < 500):
                wrong.append((at, repr(value)[:60], outcome))
    assert not wrong, f"{len(wrong)} of {desk.tried}\n" + "\n".join(map(str, wrong))
    record_property("tried", desk.tried)


@pytest.mark.parametrize("address", list(DOCUMENTS))
def test_a_body_that_is_no_document_is_refused(desk: Desk, address: str) -> None:
    for body in BODIES:
        for kind in (JSON, "text/plain", "application/x-www-form-urlencoded"):
            outcome = desk.post(address, data=body, content_type=kind)
            assert 400 <= outcome.status < 500, (address, body[:20], kind, outcome)
            assert not outcome.changed


@pytest.mark.parametrize("kind", [k for k in NONSENSE if k != "past"])
def test_a_day_that_is_none_is_refused(desk: Desk, kind: str) -> None:
    answer = desk.client.post(
        f"/api/v1/consult?on={quote(NONSENSE[kind])}",
        json.dumps(DOCUMENTS["/api/v1/consult"]),
        content_type=JSON,
    )
    assert answer.status_code == 422, (kind, answer.content[:300])
