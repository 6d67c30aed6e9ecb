"""Keys of a test run live in a folder of that run; made-up sites and people of every role."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import end_scope
from enthesis.web.config.static_files import prepare_static
from enthesis.web.vault.keys import key_ring
from made_clinic import PASSWORD, make_site, make_user


@pytest.fixture(scope="session", autouse=True)
def _static() -> None:
    prepare_static()


@pytest.fixture(autouse=True)
def keys_of_this_test(tmp_path: Path, settings) -> Iterator[None]:
    settings.KEY_FILE = tmp_path / "keys.json"
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()
    end_scope()


@pytest.fixture
def site(db) -> Site:
    return make_site()


@pytest.fixture
def other_site(db) -> Site:
    return make_site("Another Made-up Clinic")


@pytest.fixture
def administrator(db) -> User:
    return make_user(Role.ADMINISTRATOR, None)


@pytest.fixture
def log_in() -> Callable[[User], Client]:
    """A browser in which a person has logged in by password and confirmed it, as before a sensitive act."""

    def enter(user: User, *, confirmed: bool = True) -> Client:
        client = Client()
        answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        if confirmed:
            answer = client.post("/account/confirm/", {"password": PASSWORD})
            assert answer.status_code == 302, answer.content
        return client

    return enter
