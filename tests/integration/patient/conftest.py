"""A made-up patient with a window that is open today."""

from datetime import UTC, datetime

import pytest

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.models import FollowUp
from made_clinic import make_site
from made_follow_ups import make_follow_up


@pytest.fixture(autouse=True)
def _clinic(static_files: None, keys_of_this_test: None, quick_passwords: None) -> None:
    """Every test here shows pages and opens sealed values."""


@pytest.fixture
def site(db) -> Site:
    return make_site(telephone="+91 00000 00001", emergency_advice="Call 112.")


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def follow_up(site: Site) -> FollowUp:
    with acting_as_system("test"):
        return make_follow_up(site)
