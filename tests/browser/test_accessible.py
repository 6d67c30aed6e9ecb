"""No violation that axe can see on any kind of page, wide and narrow, light and dark; none too wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from in_browser import no_violation

pytestmark = pytest.mark.browser

KINDS = {
    "map": "/",
    "filtered map": "/?outcome=function&horizon=weeks-18-39",
    "topic": "/evidence/knee-osteoarthritis/prp/",
    "topic of the spine": "/evidence/discogenic-low-back-pain/prp/",
    "topic without trials": "/evidence/discogenic-low-back-pain/msc-adipose/",
    "question": "/evidence/knee-osteoarthritis/hyaluronic-acid/other-biologic/pain/weeks-40-78/",
    "fragility": "/evidence/knee-osteoarthritis/prp/hyaluronic-acid/composite/weeks-7-17/fragility/",
    "no multiverse": "/evidence/knee-osteoarthritis/prp/corticosteroid/composite/weeks-7-17/fragility/",
    "moderators": "/evidence/knee-osteoarthritis/hyaluronic-acid/other-biologic/pain/moderators/",
    "study": "/studies/bennell-2021/",
    "suspect study": "/studies/buendia-lopez-2018/",
    "review": "/reviews/aaos-2021/",
    "how much is known": "/evidence/knee-osteoarthritis/msc-adipose/placebo/pain/weeks-7-17/monitoring/",
    "how much one trial tells": "/evidence/knee-osteoarthritis/prp/placebo/pain/weeks-18-39/monitoring/",
    "assessed answer": "/evidence/achilles-tendinopathy/prp/placebo/composite/weeks-18-39/",
    "without a study": "/studies/bennell-2021/influence/",
    "grade tables": "/evidence/achilles-tendinopathy/prp/grade/",
    "claims": "/claims/",
    "search": "/search?q=knee+prp",
    "empty search": "/search?q=plantr+fascitis",
    "method": "/method/",
    "about": "/about/",
    "interface": "/api/",
    "not found": "/evidence/knee-ostearthritis/prp/",
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_page_has_no_violation_and_fits_its_window(
    open_page: Callable[..., Page], kind: str, width: int
) -> None:
    page = open_page(KINDS[kind], width=width)
    no_violation(page, opened=True)


@pytest.mark.parametrize(
    "kind",
    [
        "map",
        "topic",
        "question",
        "fragility",
        "moderators",
        "how much is known",
        "assessed answer",
        "study",
        "claims",
    ],
)
def test_page_has_no_violation_in_the_dark(open_page: Callable[..., Page], kind: str) -> None:
    page = open_page(KINDS[kind], color_scheme="dark")
    no_violation(page)
