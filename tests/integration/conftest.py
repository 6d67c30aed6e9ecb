"""What tests of the clinic share: keys of the test, made-up sites and people. Nothing here runs unasked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import end_scope
from enthesis.web.config.static_files import prepare_static
from enthesis.web.vault.keys import key_ring
from made_clinic import make_site, make_user


@pytest.fixture(scope="session")
def static_files() -> None:
    """Styles and scripts are collected, as pages that are shown need them."""
    prepare_static()


@pytest.fixture
def keys_of_this_test(tmp_path: Path, settings) -> Iterator[None]:
    """The keys live in a folder of the test, and nobody acts when it is over."""
    settings.KEY_FILE = tmp_path / "keys.json"
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()
    end_scope()


@pytest.fixture
def quick_passwords(settings) -> None:
    """A log-in costs no time; the hasher of the application takes a fifth of a second on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def site(db) -> Site:
    return make_site()


@pytest.fixture
def other_site(db) -> Site:
    return make_site("Another Made-up Clinic")


@pytest.fixture
def physician(site: Site) -> User:
    return make_user(Role.PHYSICIAN, site)


@pytest.fixture
def coordinator(site: Site) -> User:
    return make_user(Role.COORDINATOR, site)
