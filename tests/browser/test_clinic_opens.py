"""Everybody of the demo clinic can log in and is told that its patients are invented."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.browser
def test_a_physician_logs_in_and_sees_that_the_clinic_is_synthetic(log_in: Callable[..., Page]) -> None:
    page = log_in("physician.kolkata")
    expect(page.get_by_text("Synthetic", exact=False).first).to_be_visible()
