"""Accounts in a real browser: passkeys, codes, invitations, the auditor's button; axe on every page."""

import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from in_browser import follow, no_violation

pytestmark = pytest.mark.browser


def confirm(page: Page, data_dir: Path) -> None:
    """Show again that it is you, where a sensitive act asks for it."""
    if "/account/confirm/" in page.url:
        page.get_by_label("Password", exact=True).fill((data_dir / "demo-accounts.txt").read_text().strip())
        follow(page.get_by_role("button", name="Confirm"))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/account/login/", "/account/forgotten/", "/account/new/"])
def test_pages_before_log_in(open_page: Callable[..., Page], address: str, width: int) -> None:
    no_violation(open_page(address, width=width))


ADMINISTRATOR = (
    "/account/",
    "/account/sessions/",
    "/account/second-factor/",
    "/administration/",
    "/administration/roles/",
)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_an_administrator(log_in: Callable[..., Page], data_dir: Path, width: int) -> None:
    page = log_in("administrator", "/account/", width=width)
    for address in ADMINISTRATOR:
        page.goto(address)
        no_violation(page)
    for name in ("Invite a person", "Add a site"):
        page.goto("/administration/")
        follow(page.get_by_role("link", name=name))
        no_violation(page)
    page.goto("/administration/")
    follow(page.get_by_role("link", name=re.compile("Demo physician", re.IGNORECASE)).first)
    no_violation(page)
    page.goto("/account/second-factor/codes/")
    no_violation(page)
    confirm(page, data_dir)
    no_violation(page)


def test_a_password_is_shown_on_request_and_hidden_again(open_page: Callable[..., Page]) -> None:
    page = open_page("/account/login/")
    field = page.locator("input[name=password]")
    field.fill("a long sentence")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "password")


def test_inviting_a_person_by_keyboard_and_first_log_in(
    log_in: Callable[..., Page], open_page: Callable[..., Page], data_dir: Path
) -> None:
    page = log_in("administrator", "/administration/people/new/")
    page.get_by_label("Name").fill("Made-up Nurse")
    page.keyboard.press("Tab")
    page.keyboard.type("nurse@demo.example")
    page.get_by_label("Role").select_option("coordinator")
    page.get_by_label("Where").select_option(index=0)
    follow(page.get_by_role("button", name="Make the invitation"))
    confirm(page, data_dir)
    no_violation(page)
    link = page.get_by_label("Link").input_value()
    nurse = open_page(link)
    no_violation(nurse)
    assert "choose" in nurse.url
    for field in nurse.locator("input[type=password]").all():
        field.fill("short")
    follow(nurse.get_by_role("button", name="Keep this password"))
    expect(nurse.get_by_role("alert")).to_contain_text("at least 12 characters")
    no_violation(nurse)
    for field in nurse.locator("input[type=password]").all():
        field.fill("a quiet sentence about rain")
    follow(nurse.get_by_role("button", name="Keep this password"))
    expect(nurse.get_by_text("Your password is set")).to_be_visible()
    nurse.get_by_label("Email").fill("nurse@demo.example")
    nurse.get_by_label("Password", exact=True).fill("a quiet sentence about rain")
    nurse.get_by_role("button", name="Log in", exact=True).click()
    nurse.wait_for_url("**/clinic/")
    expect(nurse.get_by_role("link", name="Made-up Nurse")).to_be_visible()


def code_of(secret: str) -> str:
    """Six digits of RFC 6238, as the telephone would show them."""
    digest = hmac.new(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_codes_are_set_up_and_recovery_codes_shown(log_in: Callable[..., Page], data_dir: Path) -> None:
    page = log_in("coordinator.leeds", "/account/second-factor/", width=360)
    follow(page.get_by_role("link", name="Set up codes"))
    confirm(page, data_dir)
    picture = page.get_by_alt_text("Picture for the app; the same as the letters below")
    assert picture.evaluate("img => img.complete && img.naturalWidth > 0")
    page.get_by_label("Code").fill(code_of(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert page.locator(".codes li").count() == 10
    no_violation(page)
    page.goto("/account/second-factor/")
    no_violation(page)


@contextmanager
def passkey_window(site: str, chromium: Browser, *, knows_its_owner: bool) -> Iterator[Page]:
    """A window with a virtual passkey device; passkeys need a name, so the machine is called localhost."""
    context = chromium.new_context(base_url=site.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": knows_its_owner,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    yield page
    context.close()


@pytest.fixture
def with_authenticator(site: str, chromium: Browser) -> Iterator[Page]:
    with passkey_window(site, chromium, knows_its_owner=True) as page:
        yield page


def test_a_passkey_is_added_and_opens_the_account_without_a_password(
    with_authenticator: Page, data_dir: Path
) -> None:
    page = with_authenticator
    page.goto("/account/login/?next=/account/second-factor/")
    page.locator("input[name=login]").fill("physician.leeds@demo.example")
    page.locator("input[name=password]").fill((data_dir / "demo-accounts.txt").read_text().strip())
    follow(page.get_by_role("button", name="Log in", exact=True))
    follow(page.get_by_role("link", name="Add a passkey"))
    confirm(page, data_dir)
    no_violation(page)
    page.get_by_label("Name of the device").fill("Desk")
    page.get_by_label("Let it open the account without the password").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/account/second-factor/passkeys/")
    expect(page.get_by_text("Desk", exact=True).first).to_be_visible()
    no_violation(page)
    follow(page.get_by_role("button", name="Log out"))
    page.goto("/account/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/clinic/")
    expect(page.get_by_role("link", name=re.compile("Demo physician, Leeds", re.IGNORECASE))).to_be_visible()


def test_a_refused_passkey_says_so_on_the_page(site: str, chromium: Browser) -> None:
    with passkey_window(site, chromium, knows_its_owner=False) as page:
        page.goto("/account/login/")
        page.get_by_role("button", name="Log in with a passkey").click()
        expect(page.get_by_role("alert").filter(has_text="was not used")).to_be_visible(timeout=15000)


@pytest.mark.parametrize("width", [360, 1280])
def test_an_auditor_reads_the_trail_and_checks_the_chain(log_in: Callable[..., Page], width: int) -> None:
    page = log_in("auditor", "/audit/", width=width)
    no_violation(page)
    page.get_by_label("Act").select_option("log-in")
    follow(page.get_by_role("button", name="Show"))
    expect(page.get_by_role("rowheader").first).to_be_visible()
    no_violation(page)
    follow(page.get_by_role("button", name="Check that nothing was edited"))
    expect(page.get_by_role("heading", name="The audit trail holds")).to_be_visible()
    no_violation(page)


def test_the_pause_after_wrong_passwords_has_words(open_page: Callable[..., Page]) -> None:
    page = open_page("/account/login/", width=360)
    for _ in range(5):
        page.locator("input[name=login]").fill("nobody.else-logs-in-as@demo.example")
        page.locator("input[name=password]").fill("not the right sentence")
        with page.expect_navigation():
            page.locator("input[name=password]").press("Enter")
    expect(page.get_by_role("heading", name="Log-in is paused")).to_be_visible()
    no_violation(page)
