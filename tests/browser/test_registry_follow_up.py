"""The coordinator chases, the lead reads completeness; every page is accessible at both widths."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from in_browser import no_violation

pytestmark = pytest.mark.browser
PAGES = {
    "worklist": ("coordinator.kolkata", "/clinic/follow-up/"),
    "messages": ("coordinator.kolkata", "/clinic/messages/"),
    "completeness": ("registry-lead", "/clinic/completeness/"),
}


def check_page(page: Page, name: str, width: int) -> None:
    """No axe violation, nothing wider than the screen; a picture where a folder for pictures is named."""
    no_violation(page)
    if folder := os.environ.get("ENTHESIS_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", list(PAGES))
def test_pages_of_follow_up_are_accessible(log_in: Callable[..., Page], name: str, width: int) -> None:
    who, address = PAGES[name]
    page = log_in(who, address, width=width)
    expect(page.get_by_text("Synthetic", exact=False).first).to_be_visible()
    check_page(page, name, width)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_coordinator_logs_a_call_and_makes_the_messages(log_in: Callable[..., Page], width: int) -> None:
    page = log_in("coordinator.manila", "/clinic/follow-up/", width=width)
    lines = page.locator(".worklist > li")
    before = lines.count()
    assert before > 0
    number = lines.first.locator(".who p").inner_text().split(",")[0]
    lines.first.get_by_role("button", name="No answer").click()
    expect(page.get_by_role("status")).to_contain_text(f"Logged for {number}")
    assert number not in page.locator(".worklist").inner_text()
    page.get_by_role("link", name="Messages").click()
    page.get_by_role("button", name="Make what is due now").click()
    expect(page.get_by_role("status")).to_contain_text("reminders made")
    page.get_by_role("link", name="Waiting").click()
    page.wait_for_url("**/clinic/messages/?*")
    check_page(page, "messages-waiting", width)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_lead_reads_completeness_by_clinic_and_instrument(log_in: Callable[..., Page], width: int) -> None:
    page = log_in("registry-lead", "/clinic/completeness/", width=width)
    expect(page.locator(".lead")).to_contain_text("of follow-ups that should be there were answered")
    expect(page.get_by_role("heading", name="Synthetic Demo Clinic, Leeds")).to_be_visible()
    page.get_by_text("Numeric rating scale for pain").click()
    check_page(page, "completeness-open", width)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_lead_changes_the_protocol_of_a_site(log_in: Callable[..., Page], width: int) -> None:
    page = log_in("registry-lead", "/clinic/protocols/", width=width)
    page.get_by_label("Site").select_option(label="Synthetic Demo Clinic, Leeds")
    expect(page.get_by_text("of Synthetic Demo Clinic, Leeds")).to_be_visible()
    page.get_by_label("Week 2 closes, day").fill("19" if width == 360 else "20")
    check_page(page, "protocols", width)
    page.get_by_role("button", name="Make this a new version").click()
    expect(page.get_by_role("status")).to_contain_text("holds for episodes opened from today")
