"""What the web tests share: collected static files and one client that speaks as a reader on this machine."""

import pytest
from django.test import Client

from enthesis.domain.evidence import Evidence
from enthesis.web.evidence import state


@pytest.fixture(scope="session", autouse=True)
def _static(static_files: None) -> None:
    """Every test here shows pages."""


@pytest.fixture(scope="session")
def reader() -> Client:
    """A client without cookies; errors become the pages that a reader gets."""
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    """The evidence that the pages show."""
    return state.current().evidence
