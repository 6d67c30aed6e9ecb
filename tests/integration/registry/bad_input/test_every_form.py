"""Nonsense posted to every form of every role: a 4xx with a line in the trail, and nothing stored.

Forms come from the pages that a role opens, with every control a browser would send. Each form is first tried
whole (all its fields nonsense), then sent as a person would send it, and then with one field after the other
made nonsense. What is accepted must be declared: free text may say anything, in the length its column holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from enthesis.domain.episodes import Purpose
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import INSTALLATION_WIDE, PERMISSIONS, Role
from enthesis.web.accounts.scope import acting_as_system
from every_route import Route, every_route
from made_clinic import enter, make_site, make_user
from made_follow_ups import agree, make_follow_up
from made_record import make_record
from posted_forms import PageForm, forms_of
from posting_desk import Desk
from right_answers import (
    ALL_FREE,
    FREE_TEXT,
    IGNORED,
    NEEDS_NOTHING,
    NOT_TRIED,
    OPENS_AGAIN,
    OWN_KEYS,
    RIGHT,
    RIGHT_TOO,
)
from wrong_values import NEVER, NONSENSE

pytestmark = [pytest.mark.long, pytest.mark.slow]

WORDS = {"token": "forged", "what": "unlock", "pk": 0, "language": "en"}
CLOSED = [r for r in every_route() if not r.is_of_an_open_room and r.needs is not None]
HUGE = 3 * 2**20
FILE = b'--b\r\nContent-Disposition: form-data; name="note"; filename="scan.bin"\r\n\r\n'
FILE += b"x" * HUGE + b"\r\n--b--\r\n"
BODIES: list[dict[str, Any]] = [
    {"data": {"note": "x" * HUGE}},
    {"data": {f"f{n}": "x" for n in range(1500)}},
    {"data": b"[" * 10_000, "content_type": "application/json"},
    {"data": FILE, "content_type": "multipart/form-data; boundary=b"},
    {"data": b"--broken", "content_type": "multipart/form-data; boundary=other"},
    {"data": b"\xff\xfe%%%", "content_type": "application/x-www-form-urlencoded"},
]


@dataclass
class Clinic:
    """A site with one of everything, and who works there."""

    people: dict[Role, User]
    values: dict[str, Any]


@pytest.fixture
def clinic(db, settings) -> Clinic:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    settings.AXES_ENABLED = False  # a pause would refuse the right form too
    site = make_site()
    people = {role: make_user(role, None if role in INSTALLATION_WIDE else site) for role in Role}
    with acting_as_system("test"):
        rows = make_record(site, people[Role.PHYSICIAN], "Nandini Made-up")
        agree(rows["patient"], Purpose.CARE, days_ago=60)  # type: ignore[arg-type]
        asked = make_follow_up(site, local_id="T-2")
    values = {word: row.key for word, row in rows.items()} | WORDS
    values |= {"link": rows["patient_link"].key, "harm": rows["adverse_event"].key, "site": site.key}
    values |= {"person": people[Role.COORDINATOR].key, "key": rows["follow_up"].key, "follow_up": asked.key}
    return Clinic(people, values)


def may_open(route: Route, role: Role) -> bool:
    return not route.needs or any(p in PERMISSIONS[role] for p in route.needs)


def addresses_of(role: Role, clinic: Clinic) -> Iterator[str]:
    for route in CLOSED:
        if may_open(route, role) and set(route.arguments) <= set(clinic.values):
            yield route.address(clinic.values)


def forms_for(client: Client, role: Role, clinic: Clinic) -> list[PageForm]:
    """Every form that posts on any page this role opens, once."""
    found: dict[tuple[str, ...], PageForm] = {}
    for address in addresses_of(role, clinic):
        page = client.get(address)
        if getattr(page, "streaming", False) or "html" not in page.get("Content-Type", ""):
            continue
        for form in forms_of(page.content.decode()):
            form.action = form.action or address
            if form.method == "post" and resolve(form.action).url_name != "account_logout":
                form.values.pop("csrfmiddlewaretoken", None)
                form.kinds.pop("csrfmiddlewaretoken", None)
                found.setdefault((form.action, *sorted(form.kinds)), form)
    return list(found.values())


def right(form: PageForm) -> dict[str, Any]:
    """The form as a person would send it."""
    name = resolve(form.action).url_name or ""
    filled = {n: held for n, held in form.values.items() if held}
    filled |= {n: v for n, v in RIGHT.get(name, {}).items() if n in form.kinds or n in form.choices}
    return {n: v() if callable(v) else v for n, v in filled.items()}


def is_right_too(name: str, field: str, kind: str) -> bool:
    """Whether what looks like nonsense may well be meant."""
    if field in OWN_KEYS:
        return kind == "key of nobody"
    return (field in FREE_TEXT and kind not in NEVER) or kind in RIGHT_TOO.get((name, field), ())


@pytest.mark.parametrize("role", list(Role))
def test_a_form_of_nonsense_is_refused_and_nothing_is_stored(
    clinic: Clinic, role: Role, record_property: Any
) -> None:
    desk, wrong = Desk(enter(clinic.people[role])), []
    for form in forms_for(desk.client, role, clinic):
        name = resolve(form.action).url_name
        for kind, value in NONSENSE.items():
            outcome = desk.post(form.action, data=dict.fromkeys(form.kinds, value))
            is_right = name in NEEDS_NOTHING or (name in ALL_FREE and kind not in NEVER)
            if not outcome.is_refused_in_order and not (is_right and outcome.status < 400):
                wrong.append((name, kind, outcome))
    assert not wrong, "\n".join(map(str, wrong))
    record_property("tried", desk.tried)


@pytest.mark.parametrize("role", list(Role))
def test_one_wrong_field_in_a_right_form_is_refused_and_nothing_is_stored(
    clinic: Clinic, role: Role, record_property: Any
) -> None:
    desk, wrong, refused = Desk(enter(clinic.people[role])), [], 0
    for form in forms_for(desk.client, role, clinic):
        name = resolve(form.action).url_name or ""
        sent = right(form)
        whole = desk.post(form.action, data=sent)
        if name in NOT_TRIED:
            continue
        if whole.status >= 400:
            wrong.append((name, "the right form was refused", desk.said))
            continue
        for field in form.kinds:
            for kind, value in NONSENSE.items():
                if field in IGNORED.get(name, ()):
                    continue
                outcome = desk.post(form.action, data=sent | {field: value})
                refused += outcome.is_refused_in_order
                if not outcome.is_refused_in_order and not (
                    is_right_too(name, field, kind) and outcome.status < 400
                ):
                    wrong.append((name, field, kind, outcome))
    assert not wrong, "\n".join(map(str, wrong))
    record_property("tried", desk.tried)
    record_property("refused", refused)


@pytest.mark.parametrize("role", list(Role))
def test_a_form_sent_twice_is_stored_once(clinic: Clinic, role: Role, record_property: Any) -> None:
    desk, wrong = Desk(enter(clinic.people[role])), []
    for form in forms_for(desk.client, role, clinic):
        name = resolve(form.action).url_name or ""
        if OWN_KEYS & set(form.kinds):
            outcome = desk.post_again(form.action, data=right(form))
            if outcome.changed or outcome.status >= 500:
                wrong.append((name, outcome, desk.said))
    assert not wrong, "\n".join(map(str, wrong))
    record_property("tried", desk.tried)


@pytest.mark.parametrize("role", list(Role))
def test_a_huge_or_foreign_body_is_refused_and_nothing_is_stored(
    clinic: Clinic, role: Role, record_property: Any
) -> None:
    desk, wrong = Desk(enter(clinic.people[role])), []
    for address in addresses_of(role, clinic):
        name = resolve(address).url_name
        for number, body in enumerate(BODIES):
            outcome = desk.post(address, **body)
            is_right = name in NEEDS_NOTHING | OPENS_AGAIN
            if not outcome.is_refused_in_order and not (is_right and outcome.status < 400):
                wrong.append((name, number, outcome))
    assert not wrong, "\n".join(map(str, wrong))
    record_property("tried", desk.tried)
