"""Nonsense sent by a patient's link, good, ended, too old or forged: a 4xx with its line, nothing stored."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from enthesis.web.accounts.refusals import RefusalMiddleware, StrangerMeter
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.links import make_link, revoke_link
from enthesis.web.registry.models import Draft, FollowUp, PatientLink
from made_clinic import make_site
from made_follow_ups import make_follow_up
from stored_rows import changed_tables, stored

pytestmark = [pytest.mark.long, pytest.mark.slow]

BORN = {"day": "2", "month": "4", "year": "1961"}
JSON = "application/json"
TEXTS = [
    "",
    "a\x00b",
    "9" * 5000,
    "x" * 300_000,
    "2999-12-31",
    "-1",
    "NaN",
    "1e400",
    "<script>",
    "%ED%A0%80",
    "٣١",
]
ODD: list[Any] = [
    None,
    True,
    -1,
    11,
    4.5,
    1e308,
    10**30,
    "4",
    "",
    "\x00",
    "\ud800",
    [],
    [4],
    {},
    {"a": 4},
    "x" * 9000,
]
BODIES = [
    b"",
    b"null",
    b"[" * 10_000,
    b"\xff\xfe",
    b'{"a":',
    b"9" * 5000,
    b'"' + b"x" * 300_000 + b'"',
    b'{"submission": "x", "answers": {}}',
]


@pytest.fixture
def follow_up(db, monkeypatch) -> FollowUp:
    monkeypatch.setattr(RefusalMiddleware, "meter", StrangerMeter(100_000))
    with acting_as_system("test"):
        return make_follow_up(make_site(telephone="+91 00000 00001"))


@pytest.fixture
def link(follow_up: FollowUp) -> tuple[PatientLink, str]:
    with acting_as_system("test"):
        return make_link(follow_up, timezone.now())


@pytest.fixture
def phone(link: tuple[PatientLink, str]) -> Client:
    client = Client(raise_request_exception=False)
    assert client.post(f"/p/{link[1]}/", BORN).status_code == 302
    assert client.get(f"/p/{link[1]}/form/").status_code == 200  # which makes the empty draft
    return client


class Watch:
    """Sends requests and notes each that was not refused in order."""

    def __init__(self, counted: tuple[str, ...] = ()) -> None:
        self.before, self.wrong, self.tried, self.counted = stored(), [], 0, counted

    def send(self, client: Client, method: str, address: str, *about: Any, **request: Any) -> None:
        self.tried += 1
        with transaction.atomic():
            lines = AuditEntry.objects.filter(action="refused").count()
            answer = getattr(client, method)(address, **request)
            written = AuditEntry.objects.filter(action="refused").count() - lines
            changed = [t for t in changed_tables(self.before, stored()) if t not in self.counted]
            transaction.set_rollback(True)
        if not 400 <= answer.status_code < 500 or changed or not written:
            self.wrong.append((method, address, str(about)[:120], answer.status_code, changed, written))


def test_a_birth_date_that_is_none_or_wrong_opens_nothing(link: tuple[PatientLink, str]) -> None:
    # Wrong dates are counted at the link, which pauses after five: that is meant.
    watch, client = Watch(counted=("registry_patientlink",)), Client(raise_request_exception=False)
    for name in BORN:
        for text in TEXTS:
            watch.send(client, "post", f"/p/{link[1]}/", name, text, data=BORN | {name: text})
    assert watch.wrong == []
    assert client.get(f"/p/{link[1]}/form/").status_code == 302


def sent_forms(submission: str) -> Iterator[dict[str, Any]]:
    at = "2026-01-01T10:00:00Z"
    whole: dict[str, Any] = {"submission": submission, "answers": {"nrs-pain": {"nrs": 4}}}
    whole |= {"answered_at": at, "sent_at": at}
    for name in whole:
        yield {k: v for k, v in whole.items() if k != name}
        yield from (whole | {name: odd} for odd in ODD if not (name == "answers" and odd == {}))
    for odd in ODD:
        if odd is not None:  # an empty answer is an answer
            yield whole | {"answers": {"nrs-pain": {"nrs": odd}}}
        yield whole | {"answers": {"nrs-pain": odd}} if odd != {} else whole | {"answers": {"koos": {"a": 1}}}
    yield whole | {"submission": str(uuid4())}
    yield whole | {"answers": {"flags": {"else": 1}}}
    yield whole | {"else": 1}
    yield whole | {"answers": {f"i{n}": {} for n in range(31)}}


def test_a_form_no_instrument_can_hold_is_not_stored(
    link: tuple[PatientLink, str], phone: Client, record_property: Any
) -> None:
    with acting_as_system("test"):
        submission = str(Draft.objects.get().key)
    watch, address = Watch(), f"/p/{link[1]}/answers/"
    for form in sent_forms(submission):
        if form.get("answers", True):  # no answers at all may be sent: everything was left out
            watch.send(phone, "post", address, form, data=json.dumps(form), content_type=JSON)
    for body in BODIES:
        watch.send(phone, "post", address, body[:40], data=body, content_type=JSON)
        watch.send(phone, "post", address, body[:40], data=body, content_type="text/plain")
    assert watch.wrong == []
    record_property("tried", watch.tried)


def test_a_draft_no_form_can_hold_is_not_stored(link: tuple[PatientLink, str], phone: Client) -> None:
    watch, address = Watch(), f"/p/{link[1]}/draft/"
    whole = {"base": 0, "device": str(uuid4()), "changes": {"nrs-pain": {"nrs": 4}}}
    for name in whole:
        for odd in ODD:
            if (name, odd) in (("base", 11), ("changes", {})):
                continue  # a later base and no change are right
            form = whole | {name: odd}
            watch.send(phone, "put", address, name, odd, data=json.dumps(form), content_type=JSON)
    for body in BODIES:
        watch.send(phone, "put", address, body[:40], data=body, content_type=JSON)
    assert watch.wrong == []


def test_a_plain_form_of_nonsense_is_not_stored(link: tuple[PatientLink, str], phone: Client) -> None:
    watch = Watch()
    for text in [t for t in TEXTS if t]:
        for field in ("nrs-pain.nrs", "pgic.change"):
            given = {"nrs-pain.nrs": "4", "send": "1", field: text}
            watch.send(phone, "post", f"/p/{link[1]}/form/", field, text, data=given)
    assert watch.wrong == []


PAGES = [("get", ""), ("post", ""), ("get", "form/"), ("post", "form/"), ("get", "draft/"), ("put", "draft/")]
PAGES += [("post", "answers/"), ("get", "done/"), ("get", "blank/"), ("post", "leave/")]


@pytest.mark.parametrize("what", ["forged", "revoked", "too old", "another's proof"])
def test_a_link_that_is_not_good_opens_and_stores_nothing(
    link: tuple[PatientLink, str], phone: Client, what: str
) -> None:
    row, token = link
    client = phone if what == "revoked" else Client(raise_request_exception=False)
    with acting_as_system("test"):
        if what == "forged":
            token = token[:-1] + ("A" if token[-1] != "A" else "B")
        elif what == "revoked":
            revoke_link(row, timezone.now())
        elif what == "too old":
            row.expires_at = timezone.now() - timedelta(days=1)
            row.save(update_fields=("expires_at",))
        else:
            other, client_token = make_link(row.follow_up, timezone.now())
            client.cookies["enthesis_form"] = phone.cookies["enthesis_form"].value
            row, token = other, client_token
    watch = Watch()
    for method, page in PAGES:
        if what == "another's proof" and (page in ("", "form/", "done/", "blank/", "leave/")):
            assert getattr(client, method)(f"/p/{token}/{page}").status_code in (200, 302, 422)
            continue
        watch.send(client, method, f"/p/{token}/{page}", what)
    assert watch.wrong == []
