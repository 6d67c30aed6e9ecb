"""The reference pages of candidacy are those that the rules and tables make."""

import importlib
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture(name="docs")
def _docs(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("docs_selection")


def test_every_page_is_current(docs):
    written = importlib.import_module("written_pages")
    assert written.stale({docs.PAGES / name: text for name, text in docs.pages().items()}) == [], (
        "run python scripts/docs_selection.py"
    )


def test_no_page_is_left_over(docs):
    assert {path.name for path in docs.PAGES.iterdir()} == set(docs.pages())


def test_every_rule_stands_in_the_pages_once(docs):
    page = docs.pages()["rules.md"]
    assert all(page.count(f"### {rule.id}\n") == 1 for rule in docs.KNOWLEDGE.rules)


def test_what_is_unverified_is_called_so_in_the_pages(docs):
    unverified = sum(not rule.source.is_verified for rule in docs.KNOWLEDGE.rules)
    assert docs.pages()["rules.md"].count("**unverified**") == unverified
