"""The method pages: every example runs, every page says all it should, every public function has a page."""

import doctest
import re
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
from scripts import docs_methods

from enthesis import statistics

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/reference/methods"
PAGES = sorted(p for p in FOLDER.glob("*.md") if p.name != "README.md")
EXPLANATION = ROOT / "docs/explanation/small-numbers.md"
EXAMPLES = re.compile(r"```pycon\n(.*?)```", re.DOTALL)
SECTIONS = (
    "Formula",
    "Source",
    "When it misleads",
    "What other packages do",
    "In Python",
    "Limits and refusals",
)


def read(page):
    return page.read_text(encoding="utf-8")


def section(page, title):
    return re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", read(page), re.MULTILINE | re.DOTALL)[1].strip()


def run(text, name):
    """Failures of the examples of a page, run from top to bottom as one session."""
    told = []
    examples = doctest.DocTestParser().get_doctest("\n".join(EXAMPLES.findall(text)), {}, name, name, 0)
    outcome = doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
    expected = sum(bool(example.want) for example in examples.examples)
    return outcome.failed, expected, "".join(told)


@pytest.mark.parametrize("page", [*PAGES, EXPLANATION], ids=lambda p: p.stem)
def test_every_example_gives_what_the_page_says(page):
    failed, expected, told = run(read(page), page.stem)
    assert not failed, told
    assert expected


def test_a_wrong_number_on_a_page_is_found():
    wrong = read(FOLDER / "mean-difference.md").replace("(3.0, 1.01)", "(3.0, 1.02)")
    assert run(wrong, "wrong")[0] == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_says_what_for_whence_and_when_not(page):
    assert tuple(re.findall(r"^## (.+)$", read(page), re.MULTILINE)) == SECTIONS
    assert all(len(section(page, title)) > 20 for title in SECTIONS)
    assert re.match(r"# .+\n\n[A-Z\"]", read(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_names_who_else_gives_its_numbers(page):
    assert re.search(r"Checked (against|by)", section(page, "In Python"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_source_can_be_found(page):
    source = section(page, "Source")
    assert re.search(r"doi:10\.|Cochrane Handbook|By construction|European Congress|Metron|IARC", source)


@pytest.mark.parametrize(
    "room", [name for name in statistics.__all__ if isinstance(getattr(statistics, name), ModuleType)]
)
def test_every_public_function_is_called_on_a_page(room):
    module = import_module(f"enthesis.statistics.{room}")
    public = {name for name in module.__all__ if isinstance(getattr(module, name), FunctionType)}
    shown = " ".join(example for page in PAGES for example in EXAMPLES.findall(read(page)))
    assert not {name for name in public if not re.search(rf"\b{room}\.{name}\b", shown)}


def test_every_estimator_and_interval_has_a_page():
    from enthesis.statistics.pooling.estimators import METHODS
    from enthesis.statistics.pooling.intervals import INTERVALS

    everything = " ".join(map(read, PAGES))
    assert not [m for m in (*METHODS, *INTERVALS) if not re.search(rf"\b{re.escape(m)}\b", everything)]


def test_the_index_and_the_registry_are_current():
    registry_page = FOLDER / docs_methods.REGISTRY_PAGE
    assert read(FOLDER / "README.md") == docs_methods.index()
    assert read(registry_page) == docs_methods.with_registry(read(registry_page))


def test_a_page_outside_every_group_is_refused(monkeypatch):
    monkeypatch.setitem(docs_methods.GROUPS, "Effects", "mean-difference")
    with pytest.raises(ValueError, match=r"Pages and groups differ: .*risk-ratio"):
        docs_methods.index()
