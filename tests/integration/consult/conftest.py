"""Keys of a test run live in a folder of that run; one clinic with a patient and an episode."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import end_scope
from enthesis.web.config.static_files import prepare_static
from enthesis.web.registry.models import Episode
from enthesis.web.vault.keys import key_ring
from made_clinic import acting_user, logged_in, make_episode, make_patient, make_site, make_user


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
def physician(site: Site) -> User:
    return make_user(Role.PHYSICIAN, site)


@pytest.fixture
def episode(physician: User, site: Site) -> Episode:
    with acting_user(physician):
        return make_episode(
            make_patient(site),
            symptoms_since=date(2025, 1, 5),
            facts={"platelets": "210 10^9/L", "infection": "none", "red_flags": [], "height_cm": 158.0,
                   "weight_kg": 74.0, "smoker": False},
            drugs=[{"name": "aspirin", "indication": "stent"}],
        )  # fmt: skip


@pytest.fixture
def browser(physician: User) -> Client:
    """A browser without scripts in which the physician has logged in."""
    return logged_in(physician)


@pytest.fixture
def anyone(db) -> Client:
    return Client(SERVER_NAME="localhost")
