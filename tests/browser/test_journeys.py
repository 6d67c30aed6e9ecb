"""What readers do, found by role and label as they find it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def test_clinician_goes_from_the_map_to_an_answer_to_a_trial_to_its_source(open_page: OpenPage) -> None:
    page = open_page("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "What works, what does not, and how sure we are"
    )
    page.locator("#knee-osteoarthritis").get_by_role("link", name="Platelet-rich plasma", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Platelet-rich plasma for knee osteoarthritis")
    page.locator("#against-placebo").get_by_role("link", name="Pain at 7 to 17 weeks").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "Pain at 7 to 17 weeks, against placebo"
    )
    page.get_by_text("Where this figure stands").first.click()
    expect(page.get_by_text("Chosen because").first).to_be_visible()
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Results as printed")).to_be_visible()


def test_filter_of_the_map_works_as_soon_as_it_is_changed(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_label("Outcome").select_option(label="Function")
    expect(page).to_have_url(re.compile("outcome=function"))
    expect(page.get_by_label("Outcome")).to_have_value("function")
    expect(page.get_by_text(re.compile("function, weeks")).first).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Outcome")).to_have_value("")


def test_search_answers_while_typing(open_page: OpenPage) -> None:
    page = open_page("/search")
    page.get_by_label("Condition, treatment, study or author").press_sequentially(
        "tennis elbow prp", delay=10
    )
    expect(page.get_by_role("link", name="Platelet-rich plasma for lateral epicondylitis")).to_be_visible()
    expect(page).to_have_url(re.compile("q=tennis"))


def test_keyboard_reaches_the_content_past_the_menu(open_page: OpenPage) -> None:
    page = open_page("/evidence/knee-osteoarthritis/prp/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Map").last).to_be_focused()


def test_misspelt_address_leads_on(open_page: OpenPage) -> None:
    page = open_page("/evidence/knee-ostearthritis/prp/")
    page.get_by_role("link", name="knee-osteoarthritis", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Platelet-rich plasma for knee osteoarthritis")


def test_description_of_the_interface_can_be_tried_offline(open_page: OpenPage) -> None:
    page = open_page("/api/")
    page.get_by_role("link", name="Try it").click()
    expect(page.get_by_role("heading", name=re.compile("Enthesis evidence"))).to_be_visible()
    page.get_by_text("/api/v1/catalogue").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_text("content_hash").first).to_be_visible()


def test_figure_downloads(open_page: OpenPage) -> None:
    page = open_page("/evidence/knee-osteoarthritis/prp/placebo/pain/weeks-40-78/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").first.click()
    assert waiting.value.suggested_filename.endswith("forest.csv")


def test_site_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("Outcome").select_option(label="Function")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("outcome=function"))
    page.locator("#knee-osteoarthritis").get_by_role("link", name="Platelet-rich plasma", exact=True).click()
    page.get_by_text("What would have been said each year").first.click()
    expect(page.get_by_role("columnheader", name="Up to").first).to_be_visible()
    page.get_by_label("Search conditions, treatments and studies").fill("bennell")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name=re.compile("RESTORE"))).to_be_visible()
