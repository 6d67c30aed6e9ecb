"""What every test of the registry needs."""

import pytest


@pytest.fixture(autouse=True)
def _clinic(static_files: None, keys_of_this_test: None, quick_passwords: None) -> None:
    """Every test here shows pages and opens sealed values."""


@pytest.fixture
def without_second_factor(settings) -> None:
    """Log-in asks for no second factor."""
    settings.SECOND_FACTOR_REQUIRED = False
