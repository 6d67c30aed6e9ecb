"""The reference pages of products are those that the rules and tables make."""

import importlib
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture(name="docs")
def _docs(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("docs_products")


def test_every_page_is_current(docs):
    written = importlib.import_module("written_pages")
    assert written.stale({docs.PAGES / name: text for name, text in docs.pages().items()}) == [], (
        "run python scripts/docs_products.py"
    )


def test_no_page_is_left_over(docs):
    assert {path.name for path in docs.PAGES.iterdir()} == set(docs.pages())


def test_every_specification_table_is_in_a_page(docs):
    everything = "\n".join(docs.pages().values())
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("title: ")
        assert f"Examples: {first}" in everything


def test_every_switched_off_system_says_why_in_the_pages(docs):
    page = docs.pages()["switched-off.md"]
    for system in docs.RULES.switched_off:
        assert system.name in page
        assert system.switched_off in page
        assert system.would_need in page
