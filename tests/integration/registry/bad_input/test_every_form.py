"""Nonsense posted to every form of every role: never a 5xx.

Forms come from the resolver and their fields from the pages themselves, so a new one is tried the day it is
written.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from enthesis.web.accounts.roles import INSTALLATION_WIDE, PERMISSIONS, Role
from enthesis.web.accounts.scope import acting_as_system
from every_route import Route, every_route
from made_clinic import PASSWORD, make_site, make_user
from made_record import make_record

pytestmark = pytest.mark.long

FIELD = re.compile(r"""<(?:input|select|textarea)\b[^>]*\bname=["']([^"']+)["']""")
KEPT = {"csrfmiddlewaretoken"}
NONSENSE = {
    "null byte": "a\x00b",
    "long": "9" * 5000,
    "future": "2999-12-31",
    "negative": "-1",
    "not a number": "NaN",
    "script": "<script>alert(1)</script>",
    "half of a surrogate pair": "%ED%A0%80",
    "formula": "=1+1",
}
WORDS = {"token": "forged", "what": "unlock", "pk": 0}
CLOSED = [r for r in every_route() if not r.is_of_an_open_room and r.needs is not None]
# The library of the second factor reads a credential of 5,000 digits as a number, which Python refuses.
KNOWN = {("/account/second-factor/passkeys/new/", "long")}
HUGE = 3 * 2**20


@pytest.fixture
def clinic(db, settings) -> dict[str, Any]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    site = make_site()
    people = {role: make_user(role, None if role in INSTALLATION_WIDE else site) for role in Role}
    with acting_as_system("test"):
        rows = make_record(site, people[Role.PHYSICIAN], "Nandini Made-up")
    values = {word: row.key for word, row in rows.items()} | WORDS
    values |= {"link": rows["patient_link"].key, "harm": rows["adverse_event"].key, "site": site.key}
    values |= {"person": people[Role.COORDINATOR].key, "key": rows["follow_up"].key}
    return {"people": people, "values": values}


def enter(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    return client


def may_open(route: Route, role: Role) -> bool:
    return not route.needs or any(p in PERMISSIONS[role] for p in route.needs)


def routes_of(role: Role, values: dict[str, Any]) -> Iterator[str]:
    for route in CLOSED:
        if may_open(route, role) and "logout" not in route.name and set(route.arguments) <= set(values):
            yield route.address(values)


def answered(client: Client, address: str, **request: Any) -> int:
    """Status; whatever it stored is undone."""
    with transaction.atomic():
        status = client.post(address, **request).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_nonsense_in_every_field_is_no_fault_of_ours(clinic: Any, role: Role) -> None:
    client, wrong, tried = enter(clinic["people"][role]), [], 0
    for address in routes_of(role, clinic["values"]):
        page = client.get(address)
        text = "" if getattr(page, "streaming", False) else page.content.decode(errors="replace")
        fields = set(FIELD.findall(text)) - KEPT
        for name, value in NONSENSE.items():
            status = answered(client, address, data=dict.fromkeys(fields, value))
            tried += 1
            if status >= 500 and (address, name) not in KNOWN:
                wrong.append((address, name, status))
    assert wrong == []
    assert tried >= len(NONSENSE)


@pytest.mark.parametrize("role", [Role.PHYSICIAN, Role.REGISTRY_LEAD, Role.ADMINISTRATOR])
def test_a_huge_or_foreign_body_is_no_fault_of_ours(clinic: Any, role: Role) -> None:
    client, wrong = enter(clinic["people"][role]), []
    bodies = [
        {"data": {"note": "x" * HUGE}},
        {"data": {f"f{n}": "x" for n in range(1500)}},
        {"data": b"[" * 10_000, "content_type": "application/json"},
        {"data": b"--broken", "content_type": "multipart/form-data; boundary=other"},
        {"data": b"\xff\xfe%%%", "content_type": "application/x-www-form-urlencoded"},
    ]
    for address in routes_of(role, clinic["values"]):
        for number, body in enumerate(bodies):
            status = answered(client, address, **body)
            if status >= 500:
                wrong.append((address, number, status))
    assert wrong == []
