"""Every Questionnaire in LHC-Forms, a renderer and engine of other makers: rendered, filled in, scored."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import Instrument, score_response
from enthesis.exchange.fhir import answers_from_response, questionnaire

pytestmark = pytest.mark.browser

FILES = Path(__file__).parent / "vendor" / "lforms"
SCRIPTS = ("zone.min.js", "runtime.js", "polyfills.js", "main.js", "lformsFHIR.min.js")
PAGE = (
    '<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="styles.css"><div id="form"></div>'
    + "".join(f'<script src="{name}"></script>' for name in SCRIPTS)
)
INSTRUMENTS = {name: i for name, i in load_instruments().items() if not i.switched_off}
# One of each rule: means with gaps, weighted points, recoded, table, share, highest, branches, line, blank.
FILLED = [
    *("koos", "odi-2.1a", "rand-36", "promis-pain-interference-4a", "ikdc-subjective", "constant-murley"),
    *("visa-a", "vas-pain-100", "rmdq", "womac-likert-3.1", "quickdash", "eq-5d-5l", "koos-12", "prtee"),
]

GAPS = {"koos", "odi-2.1a", "rand-36", "rmdq", "quickdash", "eq-5d-5l", "womac-likert-3.1"}


@pytest.fixture(scope="module")
def forms(chromium: Browser) -> Iterator[Page]:
    """A page with LHC-Forms, served from the vendored files and from nowhere else."""
    context = chromium.new_context()
    page = context.new_page()

    def serve(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if not name:
            route.fulfill(body=PAGE, content_type="text/html")
        elif (FILES / name).is_file():
            route.fulfill(path=FILES / name)
        else:
            route.abort()

    page.route("**/*", serve)
    page.goto("http://lforms.test/")
    page.wait_for_function("window.LForms && window.LForms.FHIR")
    yield page
    context.close()


def show(page: Page, instrument: Instrument) -> list[str]:
    """Render the form; the errors that LHC-Forms reports."""
    form = questionnaire(instrument, structure_only=not instrument.licence.text_ships).resource
    page.evaluate("form => LForms.Util.addFormToPage(form, 'form', {}).then(() => null)", form)
    page.wait_for_selector("#form lhc-item")
    return page.locator("#form .lhc-invalid, #form .lhc-form-error").all_inner_texts()


def respond(page: Page, instrument: Instrument, seed: int) -> dict[str, float | None]:
    """Answer as a person would, with a click or by typing; gaps are left where the rule fills them."""
    chance = random.Random(seed)
    given: dict[str, float | None] = {}
    for n, item in enumerate(instrument.items):
        alternative = any(item.id in branch[1:] for branch in instrument.branches)
        if alternative or (n % 8 == 5 and instrument.id in GAPS):
            given[item.id] = None
            continue
        response = item.response
        value = float(chance.choice(response.allowed or (response.minimum + 1.5, response.maximum - 0.5)))
        option = page.locator(f'[id="{item.id}/1||{value:g}"], [id="{item.id}/1/1||{value:g}"]')
        if option.count():
            option.click()
        else:
            box = page.locator(f'input[id="{item.id}/1"], input[id="{item.id}/1/1"]')
            box.fill(f"{value:g}")
            box.press("Tab")
        given[item.id] = value
    return given


def scores_of(response: dict) -> dict[str, float]:
    group = next((i for i in response.get("item", []) if i["linkId"] == "scores"), {"item": []})
    return {i["linkId"]: i["answer"][0]["valueDecimal"] for i in group["item"] if "answer" in i}


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_questionnaire_renders_with_all_its_items(forms: Page, name: str) -> None:
    instrument = INSTRUMENTS[name]
    assert show(forms, instrument) == []
    shown = forms.locator("#form lhc-item .prefix").all_inner_texts()
    assert shown == [f"{item.number}." for item in instrument.items]


@pytest.mark.parametrize("name", FILLED)
def test_the_score_of_the_form_is_that_of_the_scorer(forms: Page, name: str) -> None:
    instrument = INSTRUMENTS[name]
    show(forms, instrument)
    given = respond(forms, instrument, seed=len(name))
    forms.wait_for_timeout(400)  # LHC-Forms calculates a moment after the last answer
    sent = forms.evaluate("() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')")
    assert answers_from_response(instrument, sent) == given
    found = scores_of(sent)
    expected = {}
    for score in score_response(instrument, given).scores:
        if score.value is None:
            continue
        expected[f"score-{score.name}"] = score.value
        if score.normal_0_100 is not None and score.range != (0, 100):
            expected[f"score-{score.name}-0-100"] = score.normal_0_100
    assert expected
    # LHC-Forms rounds what it calculates to eight digits after the point.
    assert found == pytest.approx(expected, abs=1e-7)
