"""Every page of the documentation can be reached from its first page."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+\.md)(?:#[^)]*)?\)")


def links_of(page):
    text = page.read_text(encoding="utf-8")
    return {(page.parent / target).resolve() for target in LINK.findall(text) if "://" not in target}


def reached(start):
    seen, todo = set(), [start.resolve()]
    while todo:
        page = todo.pop()
        if page not in seen and page.exists() and page.is_relative_to(DOCS):
            seen.add(page)
            todo += links_of(page)
    return seen


def test_every_page_is_reached_from_the_first():
    lost = {p.resolve() for p in DOCS.rglob("*.md")} - reached(DOCS / "README.md")
    assert not sorted(str(p.relative_to(DOCS)) for p in lost), "link these from docs/README.md or below it"


def test_a_page_that_nobody_links_is_found_lost(tmp_path):
    (tmp_path / "a.md").write_text("[b](b.md)", encoding="utf-8")
    (tmp_path / "b.md").write_text("the end", encoding="utf-8")
    assert links_of(tmp_path / "a.md") == {(tmp_path / "b.md").resolve()}
    assert not links_of(tmp_path / "b.md")


def test_each_kind_of_page_has_its_heading():
    first = (DOCS / "README.md").read_text(encoding="utf-8")
    kinds = ("Tutorials", "How-to", "Explanation", "Reference", "Decisions")
    assert [k for k in kinds if f"\n## {k}" in first] == list(kinds)
