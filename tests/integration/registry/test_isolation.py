"""The isolation walk: every route, every role and nobody, own objects and those of another site.

Routes come from the resolver, so a new one is walked the day it is written; one whose arguments no value is
known for fails here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import INSTALLATION_WIDE, PERMISSIONS, Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.accounts.site_owned import SiteOwned
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.links import make_link
from every_route import Route, every_route
from made_clinic import enter, make_site, make_user
from made_record import make_record

METHODS = ("get", "post")
# Arguments that name no object.
WORDS = {"token": "forged", "what": "unlock", "pk": 0, "language": "en"}
WORDS |= {"condition": "knee-osteoarthritis", "intervention": "prp", "service": "enthesis-consult"}
WORDS |= {"uidb36": "0b6ad7c2-8f5f-4d3c-9a1e-2f0d6b7a8c9d"}
SECRET_NAMES = {"own": "Nandini Ownsite", "other": "Farida Othersite"}
REFUSED = (403, 404, 405)


@dataclass(frozen=True)
class Clinic:
    """One site with its record and people, and what stands for each argument of an address."""

    site: Site
    people: dict[Role, User]
    rows: dict[str, SiteOwned]
    values: dict[str, Any]

    @property
    def held_role(self) -> int:
        """What a form that takes a role away sends."""
        return self.people[Role.COORDINATOR].memberships.get().pk


@dataclass(frozen=True)
class World:
    """Two sites that must not see each other, and people of the whole installation."""

    own: Clinic
    other: Clinic
    wide: dict[Role, User]


@pytest.fixture
def world(db) -> World:
    clinics = {which: _clinic(which, name) for which, name in SECRET_NAMES.items()}
    wide = {role: make_user(role, None) for role in INSTALLATION_WIDE}
    return World(clinics["own"], clinics["other"], wide)


def _clinic(which: str, name: str) -> Clinic:
    site = make_site(f"Made-up Clinic {which}")
    people = {role: make_user(role, site, f"{role.value}.{which}@example.org") for role in Role}
    with acting_as_system("test"):
        rows = make_record(site, people[Role.PHYSICIAN], name)
    values = {word: row.key for word, row in rows.items()}
    values |= {"link": rows["patient_link"].key, "harm": rows["adverse_event"].key}
    values |= {"site": site.key, "person": people[Role.COORDINATOR].key, "key": rows["follow_up"].key}
    return Clinic(site, people, rows, values)


ROUTES = every_route()
GUARDED = [r for r in ROUTES if not r.is_of_an_open_room]
CLOSED = [r for r in GUARDED if r.needs is not None]
BY_SITE = [r for r in CLOSED if set(r.arguments) - set(WORDS)]


def may_open(route: Route, role: Role) -> bool:
    return not route.needs or any(p in PERMISSIONS[role] for p in route.needs)


def tried(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> HttpResponse:
    """One request whose changes are undone, so that no step of the walk depends on another."""
    held = client.cookies.output()
    with transaction.atomic():
        answer = getattr(client, method)(address, data or {})
        transaction.set_rollback(True)
    if client.cookies.output() != held:
        client.cookies.load(held.replace("Set-Cookie: ", ""))
    return answer


def is_refused(answers: list[HttpResponse]) -> bool:
    """A wrong method may be told before the guard; then the right one is refused."""
    statuses = [a.status_code for a in answers if not leaves_for_log_in(a)]
    return set(statuses) <= {403, 405} and statuses != [405] * len(METHODS)


def leaves_for_log_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/account/login/")


def tells(answer: HttpResponse, clinic: Clinic) -> list[str]:
    """Names and keys of a clinic's patients that stand in an answer."""
    if getattr(answer, "streaming", False):
        text = b"".join(answer.streaming_content).decode(errors="replace")  # type: ignore[attr-defined]
    else:
        text = answer.content.decode(errors="replace")
    patient = clinic.rows["patient"]
    return [x for x in (patient.name, str(patient.key)) if x in text]  # type: ignore[attr-defined]


def test_every_route_says_who_may_open_it_or_is_of_a_room_without_patients() -> None:
    assert [r.pattern for r in GUARDED if not r.is_marked] == []
    assert len(CLOSED) > 30


def test_rooms_without_a_mark_cannot_reach_a_patient() -> None:
    """The layers of import-linter in words: what is open stands below the registry."""
    import tomllib
    from pathlib import Path

    held = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(
        c["layers"]
        for c in held["tool"]["importlinter"]["contracts"]
        if c.get("containers") == ["enthesis.web"]
    )
    levels = {re.sub(r"\W", "", room): n for n, level in enumerate(layers) for room in level.split("|")}
    assert levels["registry"] < levels["evidence"]
    assert levels["registry"] < levels["calculators"]


def test_every_argument_of_every_route_has_a_value(world: World) -> None:
    unknown = {
        (r.pattern, word) for r in GUARDED for word in r.arguments if word not in world.own.values | WORDS
    }
    assert unknown == set(), "add what stands for it to tests/made_record.py or to WORDS"


def test_every_public_page_outside_those_rooms_is_listed() -> None:
    """Who makes a page open to everyone writes it down here as well."""
    assert {r.name for r in GUARDED if r.needs is None} == PUBLIC


PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_signup",
    "account_invitation",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # A question about facts that are typed in, and decision aids of the evidence; nothing is stored.
    "aid",
    "aid-pdf",
    "api-v1:consult",
    "cds-feedback",
    "cds-service",
    "cds-services",
    "clinic-cds-feedback",
    "clinic-cds-service",
    "clinic-cds-services",
    "consult",
    "consult-facts",
    "counsel-css",
    # A patient's personal link: its token, and then the birth date, are the key.
    "patient-answers",
    "patient-blank",
    "patient-done",
    "patient-draft",
    "patient-form",
    "patient-leave",
    "patient-start",
    "patient-worker",
}


def test_nobody_opens_a_closed_route_without_a_log_in(world: World) -> None:
    client, wrong = Client(raise_request_exception=False), []
    for route in CLOSED:
        answers = [tried(client, m, route.address(world.own.values | WORDS)) for m in METHODS]
        if not is_refused(answers) or any(tells(a, world.own) for a in answers):
            wrong.append((route.pattern, [a.status_code for a in answers]))
    assert wrong == []


def test_open_pages_tell_nobody_of_a_patient(world: World) -> None:
    """Not even with a live link, before the birth date is given."""
    with acting_as_system("test"):
        _, token = make_link(world.own.rows["follow_up"], timezone.now())
    client, wrong = Client(raise_request_exception=False), []
    for route in (r for r in GUARDED if r.needs is None):
        for method in METHODS:
            for words in (WORDS, WORDS | {"token": token}):
                answer = tried(client, method, route.address(world.own.values | words))
                if answer.status_code >= 500 or tells(answer, world.own):
                    wrong.append((method, route.pattern, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_may_and_nothing_else(world: World, role: Role) -> None:
    client, wrong, opened = enter(world.own.people[role]), [], 0
    for route in CLOSED:
        answers = [tried(client, m, route.address(world.own.values | WORDS)) for m in METHODS]
        statuses = [a.status_code for a in answers]
        if not may_open(route, role):
            if not is_refused(answers) or any(tells(a, world.own) for a in answers):
                wrong.append((route.pattern, statuses, "must be refused"))
        elif max(statuses) >= 500 or any(map(leaves_for_log_in, answers)):
            wrong.append((route.pattern, statuses, "must answer"))
        opened += bool(set(statuses) - set(REFUSED))
        if any(tells(a, world.other) for a in answers):
            wrong.append((route.pattern, statuses, "tells of another site"))
    assert wrong == []
    assert opened > 10


def test_a_page_of_an_object_opens_at_the_own_site(world: World) -> None:
    """Otherwise the 404 of another site's object would prove nothing."""
    clients = {role: [enter(u) for u in _people_of(world, role)] for role in Role}
    sent, shut = {"role": world.own.held_role}, []
    for route in BY_SITE:
        who = [client for role in Role if may_open(route, role) for client in clients[role]]
        address = route.address(world.own.values | WORDS)
        statuses = {tried(client, m, address, sent).status_code for client in who for m in METHODS}
        if statuses <= set(REFUSED):
            shut.append((route.pattern, statuses))
    assert shut == []


def _people_of(world: World, role: Role) -> list[User]:
    return [world.own.people[role]] + ([world.wide[role]] if role in world.wide else [])


def foreign(route: Route, world: World) -> Iterator[dict[str, Any]]:
    """Values with each object of the address alone, then all of them, taken from the other site."""
    objects = [word for word in route.arguments if word not in WORDS]
    for swapped in [[word] for word in objects] + ([objects] if len(objects) > 1 else []):
        yield world.own.values | WORDS | {word: world.other.values[word] for word in swapped}


@pytest.mark.parametrize("role", list(Role))
def test_an_object_of_another_site_is_as_good_as_missing(world: World, role: Role) -> None:
    client, wrong = enter(world.own.people[role]), []
    for route in (r for r in BY_SITE if may_open(r, role)):
        for values in foreign(route, world):
            answers = {m: tried(client, m, route.address(values)) for m in METHODS}
            statuses = {m: a.status_code for m, a in answers.items()}
            if 404 not in statuses.values() or set(statuses.values()) - {404, 405}:
                wrong.append((route.pattern, statuses))
            if any(tells(a, world.other) for a in answers.values()):
                wrong.append((route.pattern, "tells of another site"))
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_keys_of_another_site_in_a_form_or_a_question_change_and_tell_nothing(
    world: World, role: Role
) -> None:
    client, wrong = enter(world.own.people[role]), []
    sent: dict[str, Any] = {word: str(value) for word, value in world.other.values.items()}
    sent |= {"where": str(world.other.site.key), "role": Role.PHYSICIAN.value, "q": SECRET_NAMES["other"]}
    name_alone = {"q": SECRET_NAMES["other"].split()[0]}
    for route in (r for r in CLOSED if may_open(r, role)):
        address = route.address(world.own.values | WORDS)
        for method, data in (("get", sent), ("get", name_alone), ("post", sent)):
            before = _entries_of(world.other)
            with transaction.atomic():
                answer = getattr(client, method)(address, data)
                touched = _entries_of(world.other) - before
                transaction.set_rollback(True)
            echoed = set(data.values())
            told = [x for x in tells(answer, world.other) if x not in echoed]
            if answer.status_code >= 500 or touched or told:
                wrong.append((method, route.pattern, answer.status_code, touched, told))
    assert wrong == []


def _entries_of(clinic: Clinic) -> int:
    return AuditEntry.objects.filter(site_id=clinic.site.pk).count()


def test_trying_the_door_of_another_site_is_seen(world: World) -> None:
    physician = world.own.people[Role.PHYSICIAN]
    client, key = enter(physician), world.other.rows["patient"].key
    assert client.get(f"/clinic/patients/{key}/").status_code == 404
    assert client.get("/audit/").status_code == 403
    seen = AuditEntry.objects.filter(action="refused", actor=f"user:{physician.key}")
    assert [(e.object_key, e.details["page"]) for e in seen] == [(str(key), "patient"), ("", "audit_trail")]


def test_people_of_the_whole_installation_meet_only_what_their_role_holds(world: World) -> None:
    wrong = []
    for role, user in world.wide.items():
        client = enter(user)
        for route in CLOSED:
            answers = [tried(client, m, route.address(world.other.values | WORDS)) for m in METHODS]
            statuses = [a.status_code for a in answers]
            if max(statuses) >= 500 or (not may_open(route, role) and not is_refused(answers)):
                wrong.append((role.value, route.pattern, statuses))
            # Only the record itself knows names, and none of these roles may see them.
            if any(SECRET_NAMES["other"] in tells(a, world.other) for a in answers):
                wrong.append((role.value, route.pattern, "told a name"))
    assert wrong == []


def test_the_walk_finds_a_page_that_forgot_its_guard(world: World, settings, monkeypatch) -> None:
    """The walk itself is tried: a page without mark, and one that opens any site's patient."""
    from django.urls import path
    from django.urls.resolvers import get_resolver

    from enthesis.web.accounts.access import needs
    from enthesis.web.accounts.roles import Permission
    from enthesis.web.registry.models import Patient

    @needs(Permission.READ_IDENTITY)
    def careless(request, patient):
        with acting_as_system("test"):
            return HttpResponse(Patient.objects.get(key=patient).name)

    def unmarked(request):
        return HttpResponse()

    from enthesis.web.config import urls

    added = [path("careless/<uuid:patient>/", careless, name="careless"), path("unmarked/", unmarked)]
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *added])
    _forget_addresses()
    try:
        found = {r.name: r for r in every_route()}
        assert not found["/unmarked/"].is_marked
        assert not found["/unmarked/"].is_of_an_open_room
        client = enter(world.own.people[Role.PHYSICIAN])
        answer = client.get(found["careless"].address(world.other.values))
        assert answer.status_code == 200
        assert tells(answer, world.other) == [SECRET_NAMES["other"]]
        assert get_resolver().url_patterns
    finally:
        monkeypatch.undo()
        _forget_addresses()


def _forget_addresses() -> None:
    from django.urls import clear_url_caches, set_urlconf

    clear_url_caches()
    set_urlconf(None)
