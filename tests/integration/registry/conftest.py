"""What every test of the registry needs."""

import pytest


@pytest.fixture(autouse=True)
def _clinic(static_files: None, keys_of_this_test: None) -> None:
    """Every test here shows pages and opens sealed values."""


@pytest.fixture
def quick_log_in(settings) -> None:
    """Log-in costs no time, and asks for no second factor."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR_REQUIRED = False
