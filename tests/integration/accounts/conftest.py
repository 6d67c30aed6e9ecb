"""The administrator, and browsers in which somebody has logged in."""

from collections.abc import Callable

import pytest
from django.test import Client

from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Role
from made_clinic import PASSWORD, logged_in, make_user


@pytest.fixture(autouse=True)
def _clinic(static_files: None, keys_of_this_test: None, quick_passwords: None) -> None:
    """Every test here shows pages and opens sealed values."""


@pytest.fixture
def administrator(db) -> User:
    return make_user(Role.ADMINISTRATOR, None)


@pytest.fixture
def log_in() -> Callable[[User], Client]:
    """A browser in which a person has logged in by password and confirmed it, as before a sensitive act."""

    def enter(user: User, *, confirmed: bool = True) -> Client:
        client = logged_in(user, Client())
        if confirmed:
            answer = client.post("/account/confirm/", {"password": PASSWORD})
            assert answer.status_code == 302, answer.content
        return client

    return enter
