"""The map as pages."""

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.domain.evidence import Evidence, Verdict, headline
from enthesis.domain.vocabulary import ComparatorClass, horizon_of
from enthesis.web.evidence.addresses import topic_page
from enthesis.web.evidence.present.map import map_page


def test_map_shows_every_topic_with_a_link_to_its_answer(reader: Client, evidence: Evidence) -> None:
    page = Page(reader.get("/"))
    for condition, intervention in evidence.topics:
        assert f"/evidence/{condition}/{intervention}/" in page.links


def test_map_opens_with_a_sentence_that_counts_the_placebo_verdicts(
    reader: Client, evidence: Evidence
) -> None:
    reference = {i for column in evidence.rules.columns if column.reference for i in column.interventions}
    verdicts = [
        a.verdict
        for (_, intervention), topic in evidence.topics.items()
        if intervention not in reference and (a := headline(topic.of_class(ComparatorClass.PLACEBO)))
    ]
    text = Page(reader.get("/")).text
    assert f"Of {len(verdicts)} uses of these injections that were compared with placebo" in text
    assert f"for {verdicts.count(Verdict.UNCLEAR)} we do not know" in text


def test_filter_changes_what_is_asked_of_every_tile(evidence: Evidence) -> None:
    horizon = horizon_of(26)
    page = map_page(evidence, "function", horizon)
    moments = {
        half.moment
        for family in page.families
        for row in family.rows
        for cell in row.cells
        for tile in (*cell.tiles, *cell.combinations)
        for half in (tile.placebo, tile.active)
        if half
    }
    assert moments == {"function, weeks 18\u2060–\u206039"}


def test_halves_never_mix_placebo_with_other_comparators(evidence: Evidence) -> None:
    for family in map_page(evidence).families:
        for tile in (
            t for row in family.rows for cell in row.cells for t in (*cell.tiles, *cell.combinations)
        ):
            assert tile.placebo is None or tile.placebo.against == "placebo"
            assert tile.active is None or tile.active.against != "placebo"


def test_tile_without_comparative_trials_says_what_there_is(reader: Client) -> None:
    text = Page(reader.get("/")).text
    assert "uncontrolled series only" in text
    assert "guideline only" in text


def test_half_whose_trials_measured_only_harms_or_imaging_is_not_called_empty(evidence: Evidence) -> None:
    told = {}
    for family in map_page(evidence).families:
        for tile in (
            t for row in family.rows for cell in row.cells for t in (*cell.tiles, *cell.combinations)
        ):
            told[tile.address] = (tile.placebo, tile.no_placebo), (tile.active, tile.no_active)
    for (condition, intervention), topic in evidence.topics.items():
        for is_placebo, (half, words) in zip(
            (True, False), told[topic_page(condition, intervention)], strict=True
        ):
            has_trials = any(c.is_placebo is is_placebo for c in topic.classes)
            assert half is not None or words == ("harms or imaging only" if has_trials else "no trials")


def test_filter_keeps_the_choice_in_its_form_and_in_its_files(reader: Client) -> None:
    page = Page(reader.get("/?outcome=function&horizon=weeks-18-39&stray=1"))
    chosen = [a["value"] for a in page.each("option") if "selected" in a]
    assert chosen == ["function", "weeks-18-39"]
    assert "/map.csv?outcome=function&horizon=weeks-18-39" in page.links


@pytest.mark.parametrize("query", ["outcome=happiness", "horizon=next-week"])
def test_unknown_filter_is_refused_with_a_page_that_helps(reader: Client, query: str) -> None:
    answer = reader.get(f"/?{query}")
    assert answer.status_code == 404
    assert query.split("=")[1] in Page(answer).text


@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf#")]
)
def test_map_downloads_as_file(reader: Client, kind: str, begins: bytes) -> None:
    answer = reader.get(f"/map.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="map.{kind}"'


def test_unknown_kind_of_file_is_refused(reader: Client) -> None:
    assert reader.get("/map.docx").status_code == 404
