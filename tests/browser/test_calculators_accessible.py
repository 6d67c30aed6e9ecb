"""No violation that axe can see on any page of the calculators, wide and narrow, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from enthesis.catalogue.instruments_loader import load_instruments
from in_browser import no_violation

pytestmark = pytest.mark.browser

RECORD = (
    "whole_blood.platelets=240&whole_blood.volume=27&whole_blood.leukocytes=6&whole_blood.erythrocytes=4.9"
    "&product.platelets=1200&product.leukocytes=3&product.erythrocytes=0.1&product.volume_prepared=4"
)
PAGES = {
    "front": "/calculators/",
    "product": "/calculators/prp/",
    "answered product": f"/calculators/prp/?{RECORD}&product.volume_injected=3",
    "refused product": f"/calculators/prp/?{RECORD}&product.volume_injected=9",
    "label": f"/calculators/prp/label/?{RECORD}&product.volume_injected=3",
    "list of instruments": "/calculators/scores/",
    "form by number": "/calculators/scores/koos/",
    "form with wording": "/calculators/scores/promis-pain-interference-8a/",
    "line": "/calculators/scores/vas-pain-100/",
    "measured": "/calculators/scores/6mwt/",
    "branches": "/calculators/scores/visa-a/",
    "value set": "/calculators/scores/eq-5d-5l/",
    "scored": "/calculators/scores/koos/?P1=2&P2=2&P3=2&P4=2&P5=2&score=1",
    "refused answer": "/calculators/scores/vas-pain-100/?vas=200&score=1",
    "switched off": "/calculators/scores/sf-12/",
    "thresholds": "/calculators/mcid/",
    "thresholds of one": "/calculators/mcid/?instrument=koos",
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_violation_and_fits_its_window(
    open_page: Callable[..., Page], name: str, width: int
) -> None:
    page = open_page(PAGES[name], width=width)
    no_violation(page, opened=True)


@pytest.mark.parametrize("name", ["answered product", "refused product", "line", "scored"])
def test_page_has_no_violation_in_the_dark(open_page: Callable[..., Page], name: str) -> None:
    no_violation(open_page(PAGES[name], color_scheme="dark"))


@pytest.mark.parametrize("name", load_instruments())
def test_every_instrument_fits_a_phone(open_page: Callable[..., Page], name: str) -> None:
    page = open_page(f"/calculators/scores/{name}/", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
