"""What users of the calculators do: on a phone, with a keyboard, without JavaScript, from right to left."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from in_browser import follow

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]

KOOS = "/calculators/scores/koos/"


def test_nurse_types_counts_and_reads_the_dose_at_once(open_page: OpenPage) -> None:
    page = open_page("/calculators/prp/")
    page.get_by_label("Platelets in product", exact=True).fill("1000")
    page.get_by_label("Volume injected").fill("4")
    page.get_by_label("Volume injected").press("Tab")
    answer = page.locator("#answer")
    expect(answer.get_by_role("heading", level=2)).to_have_text("4 billion platelets injected.")
    page.get_by_label("Unit of platelets in product").select_option("10^9/L")
    page.get_by_label("Volume prepared").fill("3")
    page.get_by_label("Volume prepared").press("Tab")
    expect(page.locator("#product-volume-injected-fault")).to_contain_text(
        "4 mL injected is more than the 3 mL"
    )
    expect(page.get_by_label("Volume injected")).to_have_attribute("aria-invalid", "true")
    expect(answer).not_to_contain_text("billion platelets injected")
    page.get_by_label("Volume prepared").fill("5")
    page.get_by_label("Volume prepared").press("Tab")
    expect(answer).to_contain_text("4 billion platelets injected")
    expect(page.locator("#product-volume-injected-fault")).to_be_empty()
    expect(page.get_by_label("Volume injected")).not_to_have_attribute("aria-invalid", "true")


def test_what_was_typed_survives_reload_and_back(open_page: OpenPage) -> None:
    page = open_page("/calculators/prp/")
    page.get_by_label("Platelets in blood", exact=True).fill("240")
    page.get_by_label("Volume of blood").fill("27")
    page.reload()
    expect(page.get_by_label("Platelets in blood", exact=True)).to_have_value("240")
    follow(page.get_by_role("link", name="Method", exact=True))
    page.go_back()
    expect(page.get_by_label("Volume of blood")).to_have_value("27")


def test_label_and_paragraph_follow_the_record(open_page: OpenPage) -> None:
    page = open_page("/calculators/prp/?product.platelets=1000&product.volume_injected=4")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy this paragraph").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert "1000 x10^9/L platelets" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("link", name="Label to print").click()
    expect(page.get_by_role("row", name="Dose")).to_contain_text("4 billion platelets")
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("link", name="Map")).to_be_hidden()


def test_patient_answers_one_question_at_a_time_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/calculators/scores/promis-pain-interference-4a/", width=360)
    for n in range(4):
        expect(page.get_by_role("group")).to_have_count(1)
        page.get_by_role("radio", name="Somewhat").check()
        expect(page.get_by_role("status")).to_have_text(f"{n + 1} of 4 answered")
        if n < 3:
            page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name="Somewhat")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Score").click()
    # Four answers of 3: raw sum 12, T-score 61.2 in the printed table.
    expect(page.locator("#result")).to_contain_text("61.2 on 20 to 80; lower is better")


def test_answers_survive_reload_and_the_first_open_question_is_shown(open_page: OpenPage) -> None:
    page = open_page(KOOS, width=360)
    page.get_by_role("radio", name="2", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("radio", name="3", exact=True).check()
    assert re.search(r"\?S1=2&S2=3$", page.url)
    page.reload()
    expect(page.get_by_role("status")).to_have_text("2 of 42 answered")
    expect(page.get_by_role("group", name="Item S3")).to_be_visible()
    page.get_by_role("button", name="Show all questions").click()
    expect(page.get_by_role("group")).to_have_count(42)
    page.get_by_role("link", name="Clear the answers").click()
    expect(page.get_by_role("status")).to_have_text("0 of 42 answered")


def test_line_is_moved_by_keyboard_and_its_value_is_seen(open_page: OpenPage) -> None:
    page = open_page("/calculators/scores/vas-pain-100/", width=360)
    slider = page.get_by_role("slider")
    box = page.get_by_label("Mark your pain on the line").first
    expect(box).to_have_value("")
    expect(slider).to_have_attribute("aria-valuetext", "no answer yet")
    slider.focus()
    slider.press("ArrowRight")
    expect(box).to_have_value("51")
    slider.press("Home")
    expect(box).to_have_value("0")
    slider.press("PageUp")
    assert float(box.input_value()) >= 5
    slider.press("End")
    expect(box).to_have_value("100")
    box.fill("62.5")
    expect(slider).to_have_attribute("aria-valuetext", "62.5")
    page.get_by_role("button", name="Score").click()
    expect(page.locator("#result")).to_contain_text("62.5 on 0 to 100; lower is better")


@pytest.mark.parametrize("address", [KOOS, "/calculators/scores/pgic/", "/calculators/scores/vas-pain-100/"])
def test_every_target_on_a_phone_is_big_enough(open_page: OpenPage, address: str) -> None:
    page = open_page(address, width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('label:has(input), main button, .figure, [type=range]')]
             .filter((e) => e.offsetParent)
             .map((e) => [e.textContent.trim() || e.type, e.getBoundingClientRect()])
             .filter(([, box]) => box.height < 44 || box.width < 44)
             .map(([name]) => name)"""
    )
    assert small == []


def test_form_is_filled_in_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/calculators/scores/pass-question/")
    page.get_by_role("radio", name="No answer").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("yes")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_contain_text("1 on 0 to 1; higher is better")


@pytest.mark.parametrize("width", [360, 1280])
def test_everything_works_without_javascript(open_page: OpenPage, width: int) -> None:
    page = open_page("/calculators/prp/", width=width, java_script_enabled=False)
    page.get_by_label("Platelets in product", exact=True).fill("1000")
    page.get_by_label("Volume injected").fill("4")
    page.get_by_role("button", name="Calculate").click()
    expect(page.locator("#answer")).to_contain_text("4 billion platelets injected")
    page.goto(KOOS)
    expect(page.get_by_role("group")).to_have_count(42)
    for n in range(1, 6):
        page.locator(f'input[name="P{n}"][value="2"]').check()
    page.get_by_role("button", name="Score").click()
    expect(page.locator("#result")).to_contain_text("50 on 0 to 100; higher is better")
    expect(page.locator('input[name="P5"][value="2"]')).to_be_checked()
    page.goto("/calculators/scores/vas-pain-100/")
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_label("Mark your pain on the line").fill("30")
    page.get_by_role("button", name="Score").click()
    expect(page.locator("#result")).to_contain_text("30 on 0 to 100")


@pytest.mark.parametrize(
    "address",
    ["/calculators/prp/", KOOS, "/calculators/scores/vas-pain-100/", "/calculators/mcid/?instrument=koos"],
)
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_turn_from_right_to_left_without_running_over(
    open_page: OpenPage, address: str, width: int
) -> None:
    page = open_page(address, width=width)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for slider in page.get_by_role("slider").all():
        slider.focus()
        slider.press("ArrowLeft")
        assert float(page.locator(".figure").first.input_value()) > 50, "left is more, from right to left"


def test_thresholds_are_looked_up(open_page: OpenPage) -> None:
    page = open_page("/calculators/mcid/")
    page.get_by_label("Instrument").select_option("koos")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("run from 8 to 15.6 points")).to_be_visible()
    page.get_by_role("link", name="Score it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("KOOS")
