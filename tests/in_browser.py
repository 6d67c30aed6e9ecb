"""Steps that the browser tests share: go on only when the next page is there, and look at it with axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"


def follow(control: Locator) -> None:
    """Click a link or a button and wait until the page it leads to has loaded.

    A click alone returns as soon as the page was asked for; what is looked at next may be the page before.
    """
    with control.page.expect_navigation():
        control.click()


def no_violation(page: Page, *, opened: bool = False) -> None:
    """No violation that axe can see and nothing wider than the window; ``opened`` unfolds what is folded."""
    page.wait_for_load_state()  # words can be there before their style is
    if opened:
        page.evaluate(OPEN_ALL)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
