"""From the map to consultation, signed consent, recorded injection and follow-up, in a real browser."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from in_browser import follow, no_violation

pytestmark = pytest.mark.browser

PHYSICIAN = "physician.kolkata"
Opens = Callable[..., Page]


def open_episode(page: Page) -> None:
    """A record of the demo clinic with an open episode of the knee."""
    page.goto("/clinic/patients/")
    for link in page.locator("#people a").evaluate_all("links => links.map(a => a.getAttribute('href'))"):
        page.goto(link)
        if (
            page.get_by_role("link", name="Consult", exact=True).count() > 1
            and page.get_by_text("Knee").count()
        ):
            return
    raise AssertionError("the demo clinic has no open episode of a knee")


def fill_facts(page: Page) -> None:
    """What rules ask of an early knee, all of it harmless."""
    page.get_by_label("Side", exact=True).select_option("right")
    page.get_by_label("Grade on the image").select_option("kellgren-lawrence|2")
    page.get_by_label("Platelets in blood", exact=True).fill("210")
    page.get_by_label("Unit of platelets in blood").select_option("10^9/L")
    for label, word in (("Infection", "none"), ("Malignancy", "none")):
        page.get_by_label(label, exact=True).select_option(word)
    page.get_by_role("group", name="Red flags").get_by_label("none of these").check()
    for name in (
        "Recent fever or illness",
        "Platelet dysfunction",
        "Haemodynamic instability",
        "Bleeding disorder",
    ):
        page.get_by_role("group", name=name).get_by_label("no", exact=True).check()
    page.get_by_role("group", name="Accepts the risk after being told").get_by_label("yes").check()


def sign(page: Page) -> None:
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    area = canvas.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + 20, area["y"] + 20)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(area["x"] + 20 + 12 * step, area["y"] + 20 + (step % 4) * 15)
    page.mouse.up()


def test_from_the_map_to_the_follow_up_plan(log_in: Opens) -> None:
    page = log_in(PHYSICIAN, "/clinic/today/")
    page.goto("/")
    page.locator("main a[href='/evidence/knee-osteoarthritis/prp/']").first.click()
    page.get_by_role("link", name="Consult about one patient").click()
    expect(page.get_by_label("What hurts")).to_have_value("knee-osteoarthritis")
    follow(page.get_by_role("link", name="clinic", exact=True))

    open_episode(page)
    follow(page.locator("main").get_by_role("link", name="Consult", exact=True).first)
    page.get_by_label("What is thought of").select_option("prp")
    follow(page.get_by_role("button", name="Go on to the facts"))
    fill_facts(page)
    no_violation(page, opened=True)
    follow(page.get_by_role("button", name="Answer").last)
    expect(page.get_by_text("The answer is kept with the record.")).to_be_visible()
    expect(page.locator(".answer-head .lead")).to_contain_text("platelet-rich plasma for knee osteoarthritis")
    no_violation(page, opened=True)
    consultation = page.url

    page.get_by_role("listitem").filter(has_text="Go through it together").get_by_role(
        "link", name="বাংলা"
    ).click()
    expect(page.locator("article[lang=bn] svg").first).to_be_visible()
    no_violation(page, opened=True)
    follow(page.get_by_role("link", name="On to the consent").first)
    no_violation(page, opened=True)
    for purpose in page.locator(".counsel-purpose").all():
        purpose.locator("input[value=yes]").check()
    sign(page)
    page.get_by_role("button", name="Store the consent").click()
    expect(page.get_by_text("The consent is on record, purpose by purpose.")).to_be_visible()

    follow(page.get_by_role("link", name="Plan and follow-up"))
    expect(page.get_by_role("row", name=re.compile("Week 52"))).to_be_visible()
    no_violation(page, opened=True)
    page.get_by_label("I have checked every part").check()
    page.get_by_role("button", name="Sign the plan").click()
    expect(page.get_by_text("The plan is signed and on record.")).to_be_visible()

    follow(page.get_by_role("link", name="Record the injection"))
    page.get_by_label("Volume injected").fill("5")
    page.get_by_label("Target").fill("knee-intra-articular")
    follow(page.get_by_role("button", name="Record the injection"))
    confirm = page.get_by_label("I have checked it, and it is right")
    if confirm.count():
        confirm.check()
        follow(page.get_by_role("button", name="Record the injection"))
    expect(page.get_by_text("The injection is on record.")).to_be_visible()
    page.goto(consultation)
    expect(page.get_by_role("link", name=re.compile("^injected "))).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_facts_and_answer_have_no_violation_and_work_without_javascript(open_page: Opens, width: int) -> None:
    page = open_page("/consult/", width=width)
    no_violation(page, opened=True)
    page.get_by_label("What hurts").select_option("knee-osteoarthritis")
    page.get_by_label("What is thought of").select_option("prp")
    follow(page.get_by_role("button", name="Go on to the facts"))
    no_violation(page, opened=True)
    follow(page.get_by_role("button", name="Answer").last)
    expect(page.get_by_role("link", name="Side")).to_be_visible()
    no_violation(page, opened=True)
    fill_facts(page)
    follow(page.get_by_role("button", name="Answer").last)
    expect(page.locator(".scenario")).to_contain_text("uncertain")
    no_violation(page, opened=True)
    page.get_by_role("button", name="Change the facts").click()
    expect(page.get_by_label("Platelets in blood", exact=True)).to_have_value("210")


def test_the_answer_is_reached_without_javascript(open_page: Opens) -> None:
    page = open_page(
        "/consult/facts/?condition=lateral-epicondylitis&intervention=prp", java_script_enabled=False
    )
    page.get_by_label("Side", exact=True).select_option("left")
    follow(page.get_by_role("button", name="Answer").last)
    expect(page.locator(".scenario")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_decision_aid_has_no_violation(open_page: Opens, language: str, width: int) -> None:
    page = open_page(f"/consult/aid/knee-osteoarthritis/prp/{language}/?country=IN", width=width)
    no_violation(page)
    for part in ("options", "results", "harms", "unknown"):
        expect(page.locator(f".counsel-{part} .counsel-body")).to_be_visible()
    sources = page.locator(".counsel-references")
    expect(sources).to_be_hidden()
    page.emulate_media(media="print")
    expect(sources).to_be_visible()
    page.emulate_media(media="screen")
    no_violation(page, opened=True)
    assert page.locator(f"article[lang={language}]").count() == 1


def test_the_answer_stands_in_the_dark(open_page: Opens) -> None:
    page = open_page("/consult/facts/?condition=achilles-tendinopathy&intervention=prp", color_scheme="dark")
    page.get_by_label("Side", exact=True).select_option("left")
    follow(page.get_by_role("button", name="Answer").last)
    no_violation(page, opened=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_overrides_and_feedback_are_shown_to_the_lead(log_in: Opens, width: int) -> None:
    page = log_in("registry-lead", "/consult/overrides/", width=width)
    expect(page.get_by_role("heading", name="Overrides", exact=True)).to_be_visible()
    set_a_card_aside(page)
    page.reload()
    expect(
        page.get_by_role("row", name=re.compile("knee osteoarthritis.*clinical judgement"))
    ).to_be_visible()
    no_violation(page, opened=True)


def set_a_card_aside(page: Page) -> None:
    """What a clinical system sends when a clinician overrides a card of the first clinic's address."""
    base = page.locator("#cards ~ details code").first.text_content()
    knee = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "M17"}]}
    order = {"resourceType": "ServiceRequest", "code": {"text": "PRP injection"}, "reasonCode": [knee]}
    asked = {
        "hook": "order-select",
        "hookInstance": str(uuid4()),
        "context": {"userId": "u", "patientId": "p", "draftOrders": {"entry": [{"resource": order}]}},
        "prefetch": {"patient": {"resourceType": "Patient"}},
    }
    (card,) = page.request.post(f"{base}/enthesis-consult", data=asked).json()["cards"]
    told = {
        "card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-11-22T10:00:00Z",
        "overrideReason": {"reason": {"code": "clinical-judgement"}},
    }  # fmt: skip
    answer = page.request.post(f"{base}/enthesis-consult/feedback", data={"feedback": [told]})
    assert answer.ok, answer.text()
