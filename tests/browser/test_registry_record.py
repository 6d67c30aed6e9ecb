"""A physician's day in a real browser: a new patient, the consents, the episode, the injection."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from in_browser import follow, no_violation

pytestmark = pytest.mark.browser

PHYSICIAN = "physician.kolkata"
LogIn = Callable[..., Page]


def first_record(page: Page) -> str:
    """Address of a record of the demo clinic with an open episode."""
    page.goto("/clinic/patients/")
    for link in page.locator("#people a").evaluate_all("links => links.map(a => a.getAttribute('href'))"):
        page.goto(link)
        if page.get_by_role("link", name="New injection").count():
            return str(link)
    raise AssertionError("the demo clinic has no open episode")


def test_from_a_new_patient_to_a_signed_off_injection(log_in: LogIn) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/")
    follow(page.get_by_role("link", name="Register a patient"))
    page.get_by_label("Full name").fill("মেঘনা তৈরি")
    page.get_by_label("Name in Latin letters").fill("Meghna Toiri")
    page.get_by_label("Clinic number").fill("B-77")
    page.get_by_label("Birth date").fill("1961-04-02")
    expect(page.get_by_text(re.compile(r"^6\d years old\.$"))).to_be_visible()
    page.get_by_label("Sex").select_option("female")
    page.get_by_label("Telephone", exact=False).first.fill("+91 00000 00077")
    follow(page.get_by_role("button", name="Register"))

    for purpose in ("Treatment", "Registry"):
        page.get_by_role("group", name=purpose).get_by_label("agreed").check()
    page.get_by_role("button", name="Store what was said").click()
    expect(page.get_by_text("On record: agreed to treatment; agreed to registry.")).to_be_visible()
    follow(page.get_by_role("link", name="To the record"))

    follow(page.get_by_role("link", name="Open an episode"))
    page.get_by_label("Condition", exact=True).select_option("knee-osteoarthritis")
    expect(page.locator("#id_grade option[value='kellgren-lawrence:2']")).to_have_count(1)
    page.get_by_label("Side").select_option("right")
    page.get_by_label("Grade", exact=False).first.select_option("kellgren-lawrence:2")
    page.get_by_label("Wording read").select_option("not-stated")
    follow(page.get_by_role("button", name="Store"))

    began = time.monotonic()
    follow(page.get_by_role("link", name="New injection"))
    page.get_by_label("What was injected").select_option("prp")
    page.get_by_label("Volume injected, mL").fill("5")
    page.get_by_label("Platelets in blood", exact=True).fill("250")
    page.get_by_label("Platelets in product", exact=True).fill("1000")
    page.get_by_label("Leukocytes in product", exact=True).fill("0.3")
    expect(page.locator("#derived")).to_contain_text("5 billion platelets injected")
    page.get_by_role("button", name="Record the injection").dblclick()
    expect(page.get_by_role("heading", name=re.compile("Platelet-rich plasma"))).to_be_visible()
    assert time.monotonic() - began < 120

    follow(page.get_by_role("link", name="To the record"))
    assert page.locator(".mark-injection").count() == 1
    page.goto("/clinic/today/")
    expect(page.get_by_role("region", name=re.compile("Injections today"))).to_contain_text("মেঘনা তৈরি")


def test_counts_typed_while_another_product_is_fetched_stay(log_in: LogIn) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/")
    first_record(page)
    follow(page.get_by_role("link", name="New injection").first)
    page.get_by_label("What was injected").select_option("hyaluronic-acid")
    expect(page.get_by_label("Platelets in product", exact=True)).to_have_count(0)
    page.get_by_label("What was injected").select_option("prp")
    platelets = page.get_by_label("Platelets in product", exact=True)
    expect(platelets).to_be_visible()
    network = {"offline": False, "latency": 800, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
    page.get_by_label("Volume injected, mL").fill("5")
    page.get_by_label("What was injected").select_option("bmac")
    page.get_by_label("What was injected").select_option("prp")
    platelets.fill("1000")
    page.get_by_label("Unit of platelets in product").select_option("10^9/L")
    expect(page.locator("#derived")).to_contain_text("5 billion platelets injected")
    expect(platelets).to_have_value("1000")


def test_the_keyboard_finds_a_patient(log_in: LogIn) -> None:
    page = log_in(PHYSICIAN, "/clinic/patients/")
    name = page.locator("#people .soft").nth(1).inner_text()
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type(name.split()[0][:3].lower())
    expect(page.locator("#people > p")).to_contain_text("found")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url(re.compile(r"/clinic/patients/[0-9a-f-]{36}/$"))


def test_without_scripts_an_injection_is_recorded(log_in: LogIn) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/", java_script_enabled=False)
    record = first_record(page)
    address = page.get_by_role("link", name="New injection").first.get_attribute("href")
    page.goto(f"{address}?intervention=hyaluronic-acid")
    page.get_by_label("Target").fill("made-up place without scripts")
    page.get_by_label("Volume injected, mL").fill("2")
    page.get_by_label("Concentration").fill("20")
    page.get_by_role("button", name="Record the injection").click()
    expect(page.get_by_role("heading", name=re.compile("Hyaluronic acid"))).to_be_visible()
    page.goto(record)
    expect(page.get_by_text("made-up place without scripts")).to_be_visible()


def test_a_slip_of_the_unit_is_named_beside_its_box(log_in: LogIn) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/", width=360)
    first_record(page)
    follow(page.get_by_role("link", name="New injection").first)
    page.get_by_label("Volume injected, mL").fill("300")
    page.get_by_role("button", name="Record the injection").click()
    expect(page.get_by_role("alert")).to_contain_text("300 mL cannot be")
    expect(page.locator("#id_volume_ml")).to_have_attribute("aria-invalid", "true")
    no_violation(page)


def test_something_is_invented_is_said_on_every_page(log_in: LogIn) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/")
    record = first_record(page)
    episode = page.get_by_role("link", name="New injection").first.get_attribute("href") or ""
    for address in (
        "/clinic/today/", "/clinic/patients/", "/clinic/patients/new/", record, f"{record}consents/", episode,
        "/clinic/harms/",
    ):  # fmt: skip
        page.goto(address)
        expect(page.get_by_text("Synthetic demo", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_record_has_a_violation(log_in: LogIn, width: int) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/", width=width)
    no_violation(page)
    record = first_record(page)
    form = page.get_by_role("link", name="New injection").first.get_attribute("href") or ""
    episode = form.removesuffix("injections/new/")
    others = ("images/new/", "care/new/", "endpoints/new/", "harms/new/", "correct/", "injections/new/")
    for address in (
        "/clinic/patients/", "/clinic/patients/?q=zzzz", "/clinic/patients/new/", record,
        f"{record}consents/", f"{record}correct/",
        f"{record}episodes/new/?condition=lumbar-radiculopathy", "/clinic/harms/?show=all",
        *(f"{episode}{other}" for other in others),
    ):  # fmt: skip
        page.goto(address)
        no_violation(page, opened=True)


def test_the_record_stands_in_the_dark(log_in: LogIn) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/", color_scheme="dark")
    first_record(page)
    no_violation(page)
