"""Answer pages: one condition and one intervention, and single questions."""

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.domain.evidence import Basis, Evidence, Topic
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.sentences import statement
from enthesis.web.evidence.addresses import question_page, topic_page

KNEE = "/evidence/knee-osteoarthritis/prp/"
PLACEBO = f"{KNEE}placebo/pain/weeks-40-78/"


def test_placebo_comes_first_and_every_comparator_has_its_own_verdict(
    reader: Client, evidence: Evidence
) -> None:
    text = Page(reader.get(KNEE)).text
    classes = evidence.topic("knee-osteoarthritis", "prp").classes
    places = [text.index(f"Against {word}") for word in ("placebo", "corticosteroid", "hyaluronic acid")]
    assert places == sorted(places)
    assert len(classes) > 3


def test_page_opens_with_the_statement_on_placebo(reader: Client, evidence: Evidence) -> None:
    page = Page(reader.get(KNEE))
    described = next(a["content"] for a in page.each("meta") if a.get("name") == "description")
    said = [statement(a, evidence.vocabulary) for a in evidence.topic("knee-osteoarthritis", "prp").answers]
    assert described in said
    assert "placebo" in described


def test_topic_without_placebo_trials_says_so_first(reader: Client, evidence: Evidence) -> None:
    topic = next(
        t for t in evidence.topics.values() if t.classes and ComparatorClass.PLACEBO not in t.classes
    )
    assert (
        "No trial against placebo was found"
        in Page(reader.get(topic_page(topic.condition, topic.intervention))).text
    )


def test_every_question_of_a_topic_can_be_reached_from_its_page(reader: Client, evidence: Evidence) -> None:
    page = Page(reader.get(KNEE))
    shown_in_full = {a["id"] for a in page.each("article")}
    for a in evidence.topic("knee-osteoarthritis", "prp").answers:
        address = question_page(a.question)
        anchor = "-".join(address.strip("/").split("/")[3:])
        assert address in page.links or anchor in shown_in_full


def test_question_shows_number_interval_certainty_and_source(reader: Client, evidence: Evidence) -> None:
    page = Page(reader.get(PLACEBO))
    assert "Bennell 2021" in page.text
    assert "low certainty" in page.text
    assert "patients notice" in page.text.lower()
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC8611484/table/joi210119t2/" in page.links


def test_every_pooled_trial_stands_in_the_forest_table_with_its_weight(
    reader: Client, evidence: Evidence
) -> None:
    a = max((a for t in evidence.topics.values() for a in t.answers), key=lambda a: a.k)
    page = Page(reader.get(question_page(a.question)))
    for contrast in a.synthesis.contrasts:
        assert f"/studies/{contrast.pick.study.id}/" in page.links
    assert page.text.count("Where this figure stands") == a.k + len(a.left_out)
    assert "Mean of" in page.text


def test_left_out_trials_are_shown_with_the_reason(reader: Client, evidence: Evidence) -> None:
    a = next(a for t in evidence.topics.values() for a in t.answers if a.left_out and a.synthesis)
    page = Page(reader.get(question_page(a.question)))
    assert "Left out of the pool" in page.text
    assert f"/studies/{a.left_out[0].contrast.pick.study.id}/" in page.links


def test_verdict_that_rests_on_a_published_synthesis_says_so(reader: Client, evidence: Evidence) -> None:
    a = next(a for t in evidence.topics.values() for a in t.answers if a.basis is Basis.PUBLISHED)
    page = Page(reader.get(question_page(a.question)))
    assert "The verdict rests on a published synthesis" in page.text
    assert f"/reviews/{a.published.review.id}/" in page.links


def test_funnel_is_refused_with_its_reason_where_trials_are_few(reader: Client) -> None:
    assert "A funnel plot needs at least 10 trials" in Page(reader.get(PLACEBO)).text


def test_series_are_shown_apart_with_their_level(reader: Client, evidence: Evidence) -> None:
    topic = next(t for t in evidence.topics.values() if t.series)
    text = Page(reader.get(topic_page(topic.condition, topic.intervention))).text
    assert "no effect of treatment can be read from these figures" in text
    assert "OCEBM level 4" in text


def test_guidelines_stand_on_the_page_of_every_topic_that_has_them(
    reader: Client, evidence: Evidence
) -> None:
    topic: Topic = evidence.topic("knee-osteoarthritis", "prp")
    page = Page(reader.get(KNEE))
    for review, said in topic.guidelines:
        assert f"/reviews/{review.id}/" in page.links
        assert said.says.split(";")[0][1:40] in page.text


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/evidence/knee-ostearthritis/prp/", "/evidence/knee-osteoarthritis/prp/"),
        ("/evidence/knee-osteoarthritis/prpp/", "/evidence/knee-osteoarthritis/prp/"),
        (f"{KNEE}plazebo/pain/weeks-40-78/", f"{KNEE}placebo/pain/weeks-40-78/"),
        (f"{KNEE}placebo/pian/weeks-40-78/", f"{KNEE}placebo/pain/weeks-40-78/"),
        (f"{KNEE}placebo/pain/weeks-40-77/", f"{KNEE}placebo/pain/weeks-40-78/"),
    ],
)
def test_misspelt_address_offers_the_right_one(reader: Client, address: str, near: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert near in Page(answer).links


def test_question_that_no_trial_asks_is_refused(reader: Client) -> None:
    answer = reader.get("/evidence/achilles-tendinopathy/prp/placebo/stiffness/weeks-79-on/")
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["forest", "benefit-curve", "timeline"])
@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf#")]
)
def test_figure_downloads_as_file(reader: Client, name: str, kind: str, begins: bytes) -> None:
    answer = reader.get(f"{PLACEBO}{name}.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f"{name}.{kind}" in answer["Content-Disposition"]


@pytest.mark.parametrize(("file", "status"), [("funnel.svg", 422), ("pie.svg", 404), ("forest.docx", 404)])
def test_figure_that_cannot_be_is_refused(reader: Client, file: str, status: int) -> None:
    assert reader.get(f"{PLACEBO}{file}").status_code == status
