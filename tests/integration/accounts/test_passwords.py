"""Choosing a password: long ones, in any script; not short, common or one's name (ASVS 5.0, 6.2)."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from enthesis.web.accounts.actions.invitations import make_link
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.config import settings as own_settings
from made_clinic import PASSWORD, make_user


@pytest.fixture
def invited(site: Site) -> User:
    person = make_user(Role.COORDINATOR, site, "new.person@example.org")
    person.set_unusable_password()
    person.save()
    return person


def link_of(person: User) -> str:
    with acting_as_system("test"):
        return make_link(person=person)


def choose(client: Client, link: str, password: str, again: str | None = None):
    shown = client.get(link, follow=True)
    assert shown.status_code == 200
    address = shown.redirect_chain[-1][0]
    assert "choose" in address
    return client.post(address, {"new_password1": password, "new_password2": again or password})


@pytest.mark.parametrize(
    "password",
    ["a dull tune of 12 bars", "x" * 15 + " y" * 60, "হলুদ পাখি ছাদে বসে আছে", "Ünïcödé söntences wörk"],
)
def test_long_ones_in_any_script_are_welcome(client: Client, invited: User, password: str) -> None:
    assert choose(client, link_of(invited), password).url == "/account/login/"
    entered = client.post("/account/login/", {"login": invited.email, "password": password})
    assert entered.status_code == 302


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("elevenchars", "at least 12 characters"),
        ("qwertyuiop123", "too common"),
        ("new.person@example", "too similar"),
    ],
)
def test_weak_ones_are_refused_with_the_reason(
    client: Client, invited: User, password: str, words: str
) -> None:
    answer = choose(client, link_of(invited), password)
    assert answer.status_code == 422
    assert words in re.sub(r"\s+", " ", answer.content.decode())
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_two_different_ones_are_refused(client: Client, invited: User) -> None:
    answer = choose(client, link_of(invited), PASSWORD, PASSWORD + "!")
    assert answer.status_code == 422
    assert "match" in answer.content.decode()


def test_a_link_works_once(client: Client, invited: User) -> None:
    link = link_of(invited)
    choose(client, link, PASSWORD)
    again = Client().get(link, follow=True)
    assert again.status_code == 404
    assert "good once" in again.content.decode()


def test_a_newer_link_replaces_one_that_was_never_used(client: Client, invited: User) -> None:
    first = link_of(invited)
    link_of(invited)
    assert client.get(first, follow=True).status_code == 404


@pytest.mark.parametrize("forged", ["choose", "x", "c0ffee-0123456789abcdef0123456789abcdef"])
def test_a_forged_link_opens_nothing(client: Client, invited: User, forged: str) -> None:
    address = f"/account/invitation/{invited.key}/{forged}/"
    assert client.get(address, follow=True).status_code == 404
    posted = client.post(address, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert posted.status_code == 404


def test_a_link_of_a_closed_account_opens_nothing(client: Client, invited: User) -> None:
    link = link_of(invited)
    invited.is_active = False
    invited.save()
    assert client.get(link, follow=True).status_code == 404


def test_changing_the_password_ends_every_other_session(site: Site, log_in: Callable[..., Client]) -> None:
    person = make_user(Role.PHYSICIAN, site)
    here, there = log_in(person), log_in(person)
    new = "another long sentence nobody uses"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/", given).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert "password" in here.get("/account/password/").content.decode()


def test_the_wrong_old_password_changes_nothing(site: Site, log_in: Callable[..., Client]) -> None:
    person = make_user(Role.PHYSICIAN, site)
    new = "another long sentence nobody uses"
    given = {"oldpassword": "wrong", "password1": new, "password2": new}
    answer = log_in(person).post("/account/password/", given)
    assert "current password" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_what_is_stored_is_made_by_argon2id(settings) -> None:
    settings.PASSWORD_HASHERS = own_settings.PASSWORD_HASHERS
    assert make_password("a long sentence of words").startswith("argon2$argon2id$")
