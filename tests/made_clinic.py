"""A made-up clinic for tests: sites, people of every role, patients with episodes. Nobody in it exists."""

from datetime import date, timedelta
from typing import Any

from django.test import Client

from enthesis.web.accounts.access import scope_of
from enthesis.web.accounts.models import Membership, Site, User
from enthesis.web.accounts.roles import INSTALLATION_WIDE, Role
from enthesis.web.accounts.scope import acting
from enthesis.web.registry.actions.follow_ups import open_windows
from enthesis.web.registry.models import Episode, Injection, Patient
from enthesis.web.registry.queries.working_site import today_at

__all__ = [
    "PASSWORD",
    "acting_user",
    "logged_in",
    "make_course",
    "make_episode",
    "make_injection",
    "make_patient",
    "make_site",
    "make_user",
]

PASSWORD = "a long sentence nobody uses"


def make_site(name: str = "Made-up Clinic", **fields: Any) -> Site:
    return Site.objects.create(
        name=name, **{"country": "IN", "time_zone": "Asia/Kolkata", "synthetic": True} | fields
    )


def make_user(role: Role, site: Site | None, email: str = "") -> User:
    """A person with one role, held for the whole installation when ``site`` is None."""
    assert site is not None or role in INSTALLATION_WIDE
    address = email or f"{role.value}-{site.pk if site else 'all'}@example.org"
    user = User.objects.create_user(address, PASSWORD, name=f"Made-up {role.label}")
    Membership.objects.create(user=user, site=site, role=role.value)
    return user


def acting_user(user: User):
    """Context in which a user acts, as the request of that user would."""
    return acting(scope_of(user))


def logged_in(user: User, client: Client | None = None) -> Client:
    """A browser without scripts, on this machine unless given, in which a user has logged in by password."""
    client = client or Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    sent = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert sent.status_code == 302, sent.content
    return client


def enter(user: User) -> Client:
    """A browser of somebody who has just logged in and confirmed it; a page that fails answers 500."""
    client = Client(raise_request_exception=False)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    assert client.get("/account/").status_code == 200, "the walk itself did not get in"
    return client


def make_patient(site: Site, **fields: Any) -> Patient:
    """A patient stored as the caller in scope."""
    defaults: dict[str, Any] = {
        "name": "মেঘনা Made-up",
        "local_id": "T-1",
        "birth_date": date(1961, 4, 2),
        "birth_year": 1961,
        "sex": "female",
        "telephone": "+910000000000",
        "language": "hi",
        "synthetic": True,
    }
    return Patient.objects.create(site=site, **defaults | fields)


def make_episode(patient: Patient, **fields: Any) -> Episode:
    defaults: dict[str, Any] = {
        "condition": "knee-osteoarthritis",
        "side": "right",
        "grading_system": "kellgren-lawrence",
        "grade": "2",
        "opened_on": date(2026, 1, 5),
    }
    return Episode.objects.create(site=patient.site, patient=patient, **defaults | fields)


def make_course(site: Site, operator: User, *, days_ago: int) -> Episode:
    """An episode with one injection so many days back, and the windows that follow from it."""
    day = today_at(site) - timedelta(days=days_ago)
    episode = make_episode(make_patient(site), opened_on=day)
    open_windows(injection=make_injection(episode, operator, day))
    return episode


def make_injection(episode: Episode, operator: User, given_on: date, **fields: Any) -> Injection:
    """An injection put on record, without the windows that follow from it."""
    defaults: dict[str, Any] = {
        "intervention": "prp",
        "target": "knee joint",
        "guidance": "ultrasound",
        "volume_ml": 5,
    }
    return Injection.objects.create(
        site=episode.site,
        patient=episode.patient,
        episode=episode,
        operator=operator,
        given_on=given_on,
        **defaults | fields,
    )
