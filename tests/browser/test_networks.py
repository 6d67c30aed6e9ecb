"""Networks in a browser: the way there from an answer, without JavaScript; axe on their pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from in_browser import follow, no_violation

pytestmark = pytest.mark.browser

NETWORK = "/networks/knee-osteoarthritis/pain/weeks-18-39/"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "address", ["/networks/", NETWORK, "/networks/lateral-epicondylitis/pain/weeks-7-17/"]
)
def test_network_pages_have_no_violation_and_fit_their_window(
    open_page: Callable[..., Page], address: str, width: int
) -> None:
    page = open_page(address, width=width)
    no_violation(page, opened=True)


def test_network_page_has_no_violation_in_the_dark(open_page: Callable[..., Page]) -> None:
    no_violation(open_page(NETWORK, color_scheme="dark"))


def test_a_reader_without_javascript_comes_from_an_answer_to_its_network_and_on_to_a_trial(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(
        "/evidence/knee-osteoarthritis/prp/placebo/pain/weeks-18-39/", width=360, java_script_enabled=False
    )
    page.get_by_role("link", name="Seen as a network").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("as a network")
    expect(page.get_by_role("img", name="as a network")).to_be_visible()
    page.get_by_text("League table every treatment").click()
    expect(page.get_by_role("region", name="League table")).to_be_visible()
    follow(page.get_by_role("table", name="Trials with their arms").get_by_role("link").first)
    assert "/studies/" in page.url
