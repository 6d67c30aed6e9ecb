"""Signing, putting right, asking and erasing in a real browser; axe on every page, wide and narrow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from in_browser import follow, no_violation

pytestmark = pytest.mark.browser

LogIn = Callable[..., Page]
PHYSICIAN = "physician.kolkata"
LEAD = "registry-lead"


def fits_both(page: Page) -> None:
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        no_violation(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def password_of(data_dir) -> str:
    return (data_dir / "demo-accounts.txt").read_text().strip()


def give_signature(page: Page, data_dir) -> None:
    page.get_by_label("Password", exact=False).fill(password_of(data_dir))
    follow(page.get_by_role("button", name="Sign"))
    expect(page.get_by_text("holds", exact=True)).to_be_visible()


def own_injection(page: Page) -> str:
    """Address of an injection of the demo clinic without a signature, by the list of those to be signed."""
    page.goto("/clinic/unsigned/")
    return str(page.get_by_role("link", name=re.compile("^Sign")).first.get_attribute("href"))


def test_a_signature_is_given_ends_with_a_correction_and_both_are_seen(log_in: LogIn, data_dir) -> None:
    page = log_in(PHYSICIAN, "/clinic/unsigned/")
    fits_both(page)
    page.goto(own_injection(page))
    fits_both(page)
    page.get_by_label("Password", exact=False).fill("not the password at all")
    follow(page.get_by_role("button", name="Sign"))
    expect(page.get_by_text("This is not your password.").first).to_be_visible()
    fits_both(page)
    give_signature(page, data_dir)
    fits_both(page)

    follow(page.get_by_role("link", name="Put a value right"))
    fits_both(page)
    page.get_by_label("Volume injected, mL").fill("3.25")
    follow(page.get_by_role("button", name="Put it right"))
    expect(page.get_by_role("link", name="Reason")).to_be_visible()
    page.get_by_label("Reason").fill("read from the wrong line")
    follow(page.get_by_role("button", name="Put it right"))
    expect(page.get_by_text("read from the wrong line")).to_be_visible()
    expect(page.get_by_text("void", exact=True)).to_be_visible()
    fits_both(page)


def test_an_image_is_found_in_the_record_signed_put_right_and_taken_back(log_in: LogIn, data_dir) -> None:
    page = log_in(PHYSICIAN, "/clinic/patients/")
    follow(page.locator("#people a").first)
    follow(page.get_by_role("link", name="Image", exact=True).first)
    page.get_by_label("Kind of image").select_option("radiograph")
    page.get_by_label("Findings").fill("narrow medially")
    follow(page.get_by_role("button", name="Store"))
    follow(page.get_by_role("link", name="radiograph").first)
    fits_both(page)
    follow(page.get_by_role("link", name="Sign", exact=True))
    give_signature(page, data_dir)

    follow(page.get_by_role("link", name="Put a value right"))
    page.get_by_label("Findings").fill("narrow laterally")
    page.get_by_label("Reason").fill("left for right")
    follow(page.get_by_role("button", name="Put it right"))
    expect(page.get_by_text("void", exact=True)).to_be_visible()
    fits_both(page)
    follow(page.get_by_role("link", name="Take it back"))
    fits_both(page)
    page.get_by_label("Why it is taken back").fill("wrong patient")
    follow(page.get_by_role("button", name="Take it back"))
    expect(page.get_by_text("Taken back:")).to_be_visible()
    expect(page.get_by_role("link", name="Put a value right")).to_have_count(0)
    follow(page.get_by_role("link", name="To the record"))
    expect(page.get_by_text("taken back: wrong patient")).to_be_visible()


def test_the_lead_asks_and_the_site_answers(log_in: LogIn) -> None:
    site = log_in(PHYSICIAN, "/clinic/unsigned/")
    injection = re.sub(r"/sign/$", "/ask/", own_injection(site))
    lead = log_in(LEAD, "/clinic/records/")
    fits_both(lead)
    follow(lead.locator(".within a").first)
    fits_both(lead)
    lead.goto(injection)
    fits_both(lead)
    lead.get_by_label("Question").fill("Is the volume right?")
    follow(lead.get_by_role("button", name="Ask"))
    fits_both(lead)
    site.goto("/clinic/queries/")
    fits_both(site)
    follow(site.get_by_role("link", name="Is the volume right?"))
    fits_both(site)
    site.get_by_label("Answer").fill("Yes, checked with the sheet.")
    follow(site.get_by_role("button", name="Answer"))
    lead.reload()
    expect(lead.get_by_text("Yes, checked with the sheet.")).to_be_visible()
    follow(lead.get_by_role("button", name="Close the query"))
    lead.goto("/clinic/queries/?show=all")
    expect(lead.get_by_text("closed", exact=True)).to_be_visible()


def test_a_person_gets_everything_and_is_erased(log_in: LogIn, data_dir) -> None:
    page = log_in(PHYSICIAN, "/clinic/patients/")
    follow(page.locator("#people a").last)
    name = page.get_by_role("heading", level=1).inner_text()
    number = page.locator(".who strong").first.inner_text()
    follow(page.get_by_role("link", name="Their data"))
    fits_both(page)
    follow(page.get_by_role("link", name="To read and print"))
    expect(page.get_by_text(name).first).to_be_visible()
    fits_both(page)
    page.go_back()
    follow(page.get_by_role("link", name="Erase this person"))
    fits_both(page)
    page.get_by_label("Reason").fill("asked by letter")
    page.get_by_label("The clinic's number").fill(number)
    page.get_by_label("Your password").fill(password_of(data_dir))
    follow(page.get_by_role("button", name="Erase for ever"))
    expect(page.get_by_text("Erased. What was done stays")).to_be_visible()
    assert number not in page.locator("#people").inner_text()
