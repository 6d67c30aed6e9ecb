"""What the program in a phone's browser sends: merged item by item, sent once, and read strictly."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.patient.sending import SubmissionSent, moment_of_answers
from enthesis.web.registry.actions.links import make_link
from enthesis.web.registry.models import Draft, FollowUp, Response

BORN = {"day": "2", "month": "4", "year": "1961"}
WHOLE = {"nrs-pain": {"nrs": 4}, "pgic": {"change": 2}, "flags": {"fever": None}}
JSON = "application/json"


@pytest.fixture
def token(follow_up: FollowUp, now: datetime) -> str:
    with acting_as_system("test"):
        return make_link(follow_up, now)[1]


def enter(token: str) -> Client:
    client = Client()
    assert client.post(f"/p/{token}/", BORN).status_code == 302
    return client


@pytest.fixture
def phone(token: str) -> Client:
    return enter(token)


def put(client: Client, token: str, changes: Any, base: int = 0, **more: Any) -> Any:
    body = {"base": base, "device": str(uuid4()), "changes": changes} | more
    return client.put(f"/p/{token}/draft/", json.dumps(body), content_type=JSON)


def submission_of(client: Client, token: str) -> str:
    client.get(f"/p/{token}/form/")
    with acting_as_system("test"):
        return str(Draft.objects.get().key)


def send(client: Client, token: str, submission: str, answers: Any = WHOLE, **more: Any) -> Any:
    at = "2026-01-01T10:00:00Z"
    body = {"submission": submission, "answers": answers, "answered_at": at, "sent_at": at} | more
    return client.post(f"/p/{token}/answers/", json.dumps(body), content_type=JSON)


def nothing_stored() -> None:
    with acting_as_system("test"):
        assert not Response.objects.exists()


def test_two_windows_lose_no_answer_and_the_last_word_counts(phone: Client, token: str) -> None:
    other = enter(token)
    assert put(phone, token, {"nrs-pain": {"nrs": 4}}).json()["revision"] == 1
    theirs = put(other, token, {"pgic": {"change": 2}}).json()
    assert theirs == {"revision": 2, "answers": {"nrs-pain": {"nrs": 4}, "pgic": {"change": 2}}}
    put(phone, token, {"pgic": {"change": 3}}, base=1)
    put(other, token, {"nrs-pain": {"nrs": None}}, base=2)
    held = phone.get(f"/p/{token}/draft/").json()
    assert held == {"revision": 4, "answers": {"nrs-pain": {"nrs": None}, "pgic": {"change": 3}}}


def test_typing_leaves_no_line_in_the_trail_for_every_key(phone: Client, token: str) -> None:
    put(phone, token, {"nrs-pain": {"nrs": 4}})
    before = AuditEntry.objects.count()
    put(phone, token, {"nrs-pain": {"nrs": 5}}, base=1)
    assert AuditEntry.objects.count() == before


def test_what_is_sent_lies_over_the_draft_and_arrives_once(phone: Client, token: str) -> None:
    submission = submission_of(phone, token)
    put(phone, token, {"nrs-pain": {"nrs": 7}, "promis-physical-function-4a": {"PFA11": 3}})
    first = send(phone, token, submission, {"nrs-pain": {"nrs": 4}})
    assert (first.status_code, first.json()["stored"], first.json()["replayed"]) == (201, 2, False)
    for _ in range(3):
        again = send(phone, token, submission, {"nrs-pain": {"nrs": 9}})
        assert (again.status_code, again.json()["stored"], again.json()["replayed"]) == (200, 2, True)
    with acting_as_system("test"):
        assert Response.objects.get(instrument="nrs-pain").score == 4
        assert Response.objects.count() == 2


def test_a_draft_after_the_sending_is_told_where_to_go(phone: Client, token: str) -> None:
    send(phone, token, submission_of(phone, token))
    late = put(phone, token, {"nrs-pain": {"nrs": 9}})
    assert late.status_code == 409
    assert late.json()["next"] == f"/p/{token}/done/"


@pytest.mark.parametrize(
    "changes",
    [
        {"nrs-pain": {"nrs": 11}},
        {"nrs-pain": {"nrs": "4"}},
        {"nrs-pain": {"nrs": True}},
        {"nrs-pain": {"nrs": [4]}},
        {"nrs-pain": 4},
        {"nrs-pain": {"else": 4}},
        {"koos-ps": {"1": 1}},
        {"flags": {"else": 1}},
        {"x" * 61: {}},
        [],
        None,
        {f"i{n}": {} for n in range(31)},
    ],
)
def test_a_draft_that_no_form_can_hold_is_refused(phone: Client, token: str, changes: Any) -> None:
    said = put(phone, token, changes)
    assert said.status_code == 422
    assert said.json()["message"]
    assert AuditEntry.objects.filter(action="refused").count() == 1
    with acting_as_system("test"):
        assert not Draft.objects.exclude(answers={}).exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'{"base": NaN}', JSON, 422),
        (b"{}", JSON, 422),
        (b"null", JSON, 422),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b'{"a": "' + b"x" * 300_000 + b'"}', JSON, 413),
    ],
)
@pytest.mark.parametrize("place", ["draft", "answers"])
def test_a_body_that_is_no_form_gets_a_helpful_4xx(
    phone: Client, token: str, place: str, body: bytes, kind: str, status: int
) -> None:
    call = phone.put if place == "draft" else phone.post
    said = call(f"/p/{token}/{place}/", body, content_type=kind)
    assert said.status_code == status
    assert said.json()["error"] == "refused"
    assert AuditEntry.objects.filter(action="refused").count() == 1
    nothing_stored()


@pytest.mark.parametrize(
    "more",
    [
        {"answers": {"nrs-pain": {"nrs": 11}}},
        {"answers": {"koos-ps": {"1": 1}}},
        {"answers": {}},
        {"submission": str(UUID(int=5))},
        {"submission": "x"},
        {"answered_at": "yesterday"},
        {"answered_at": "2026-01-01T10:00:00"},
        {"language": "x" * 11},
        {"mode": "paper"},
    ],
)
def test_a_submission_that_no_form_can_hold_stores_nothing(
    phone: Client, token: str, more: dict[str, Any]
) -> None:
    submission = submission_of(phone, token)
    said = send(phone, token, more.pop("submission", submission), more.pop("answers", WHOLE), **more)
    assert said.status_code == 422
    nothing_stored()
    assert AuditEntry.objects.filter(action="refused").count() == 1


def test_without_the_birth_date_nothing_is_taken(token: str, db) -> None:
    stranger = Client()
    assert put(stranger, token, WHOLE).status_code == 401
    assert send(stranger, token, str(uuid4())).status_code == 401
    assert put(stranger, "f" * 43, WHOLE).status_code == 404
    nothing_stored()


def test_a_forged_page_of_another_site_cannot_send(token: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/p/{token}/", BORN).status_code == 403


def test_answers_that_come_too_late_are_refused_politely_and_stay_a_draft(
    phone: Client, token: str, follow_up: FollowUp
) -> None:
    submission = submission_of(phone, token)
    with acting_as_system("test"):
        FollowUp.objects.filter(pk=follow_up.pk).update(closed_because="surgery")
    said = send(phone, token, submission)
    assert said.status_code == 410
    assert "क्लिनिक" in said.json()["words"]
    nothing_stored()
    with acting_as_system("test"):
        assert Draft.objects.get().answers["nrs-pain"] == {"nrs": 4}


@pytest.mark.parametrize(
    ("waited", "back"),
    [
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(days=900), timedelta(hours=5)),  # not before the form was opened
        (timedelta(days=-900), timedelta()),  # not after now
    ],
)
def test_only_the_time_that_passed_on_a_device_is_believed(
    now: datetime, waited: timedelta, back: timedelta
) -> None:
    wrong = now - timedelta(days=3650)
    sent = SubmissionSent(submission=uuid4(), answers={}, answered_at=wrong - waited, sent_at=wrong)
    assert moment_of_answers(sent, now - timedelta(hours=5), now) == now - back
