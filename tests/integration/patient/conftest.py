"""A made-up patient with a window that is open today."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system, end_scope
from enthesis.web.config.static_files import prepare_static
from enthesis.web.registry.models import FollowUp
from enthesis.web.vault.keys import key_ring
from made_clinic import make_site, make_user
from made_follow_ups import make_follow_up


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
    return make_site(telephone="+91 00000 00001", emergency_advice="Call 112.")


@pytest.fixture
def coordinator(site: Site) -> User:
    return make_user(Role.COORDINATOR, site)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def follow_up(site: Site) -> FollowUp:
    with acting_as_system("test"):
        return make_follow_up(site)
