"""One patient with an episode, and browsers."""

from datetime import date

import pytest
from django.test import Client

from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.models import Episode
from made_clinic import acting_user, logged_in, make_episode, make_patient


@pytest.fixture(autouse=True)
def _clinic(static_files: None, keys_of_this_test: None, quick_passwords: None) -> None:
    """Every test here shows pages and opens sealed values."""


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
