"""The search page and its index."""

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.domain.evidence import Evidence
from enthesis.errors import InvalidData
from enthesis.web.evidence.index import Index, search


@pytest.fixture(scope="module")
def index(evidence: Evidence) -> Index:
    return Index.of(evidence)


def addresses(index: Index, query: str) -> list[str]:
    return [e.address for _, entries, _ in search(index, query).groups for e in entries]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("prp knee", "/evidence/knee-osteoarthritis/prp/"),
        ("PRP in knee OA".replace(" in", ""), "/evidence/knee-osteoarthritis/prp/"),
        ("tennis elbow prp", "/evidence/lateral-epicondylitis/prp/"),
        ("jumper's knee", "/evidence/patellar-tendinopathy/prp/"),
        ("bennell 2021", "/studies/bennell-2021/"),
        ("10.1001/jama.2021.19415", "/studies/bennell-2021/"),
    ],
)
def test_what_clinicians_type_leads_to_the_page(index: Index, query: str, first: str) -> None:
    assert first in addresses(index, query)[:3]


def test_every_word_must_fit(index: Index) -> None:
    both = set(addresses(index, "prolotherapy knee"))
    assert both
    assert "/evidence/lateral-epicondylitis/prolotherapy-dextrose/" not in both


def test_misspelt_words_are_corrected(index: Index) -> None:
    assert search(index, "plantr fascitis").meant == "plantar fasciitis"


def test_accents_do_not_matter(index: Index) -> None:
    assert addresses(index, "buendia lopez") == addresses(index, "Buendía-López") != []


def test_nothing_asked_gives_nothing(index: Index) -> None:
    assert search(index, "  ").total == 0


def test_too_long_a_query_is_refused(index: Index, reader: Client) -> None:
    with pytest.raises(InvalidData, match="121 signs are too many"):
        search(index, "x" * 121)
    answer = reader.get("/search", {"q": "x" * 121})
    assert answer.status_code == 422
    assert "Use at most 120" in Page(answer).text


def test_page_shows_results_and_a_correction(reader: Client) -> None:
    assert "/evidence/knee-osteoarthritis/prp/" in Page(reader.get("/search?q=prp+knee")).links
    assert "/search?q=plantar%20fasciitis" in Page(reader.get("/search?q=plantr+fascitis")).links


def test_markup_in_a_query_stays_text(reader: Client) -> None:
    page = Page(reader.get("/search", {"q": "<script>alert(1)</script>"}))
    assert not [a for a in page.each("script") if "src" not in a]
    assert page.each("input")[0]["value"] == "<script>alert(1)</script>"
