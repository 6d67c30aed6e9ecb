"""Pages of single studies and reviews."""

from django.test import Client
from tests.integration.web.pages import Page

from enthesis.domain.evidence import Evidence


def test_study_shows_arms_figures_sources_and_the_answers_it_enters(reader: Client) -> None:
    page = Page(reader.get("/studies/bennell-2021/"))
    for words in (
        "leukocyte-poor PRP",
        "mean −2.1, SD 2.7; n 144",
        "95% interval −0.9 to 0.2",
        "p = 0.17",
        "table 2",
    ):
        assert words in page.text
    assert "/evidence/knee-osteoarthritis/prp/placebo/pain/weeks-40-78/" in page.links
    assert "https://doi.org/10.1001/jama.2021.19415" in page.links


def test_suspect_study_says_why_it_is_kept_out(reader: Client, evidence: Evidence) -> None:
    name, doubts = next(
        (s, d) for s, d in evidence.doubts.items() if any(x.row is None and x.excludes for x in d)
    )
    text = Page(reader.get(f"/studies/{name}/")).text
    assert "kept out of every pool" in text
    assert doubts[0].reason[1:60] in text


def test_review_shows_what_it_says_with_its_grading(reader: Client) -> None:
    page = Page(reader.get("/reviews/aaos-2021/"))
    assert "AAOS: strength limited" in page.text
    assert "/evidence/knee-osteoarthritis/prp/" in page.links


def test_unknown_study_and_review_offer_near_names(reader: Client) -> None:
    study, review = reader.get("/studies/bennel-2021/"), reader.get("/reviews/aaos-2012/")
    assert (study.status_code, review.status_code) == (404, 404)
    assert "/studies/bennell-2021/" in Page(study).links
    assert "/reviews/aaos-2021/" in Page(review).links
