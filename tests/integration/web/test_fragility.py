"""How fragile an answer is, and what moves its effect, on the web: pages, files, data, and the ways there."""

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.fragility import kin_of
from enthesis.web.evidence.addresses import question_page
from enthesis.web.evidence.api import schemas
from enthesis.web.evidence.fragilities import fragility_of, fragility_page
from enthesis.web.evidence.moderations import moderation_of, moderators_page

FEW = "/evidence/knee-osteoarthritis/hyaluronic-acid/other-biologic/pain/"
LARGEST = f"{FEW}weeks-40-78/fragility/"
ONE_TRIAL = "/evidence/knee-osteoarthritis/prp/corticosteroid/composite/weeks-7-17/"


def whole(reader: Client, address: str) -> Page:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    page = Page(answer)
    assert page.unclosed == [], address
    assert page.mistakes == [], address
    ids = [a["id"] for _, a in page.tags if a.get("id")]
    assert len(set(ids)) == len(ids), address
    return page


def test_every_pool_of_two_trials_or_more_has_a_whole_page(reader: Client, evidence: Evidence) -> None:
    answers = [a for topic in evidence.topics.values() for a in topic.answers if a.k >= 2]
    assert len(answers) > 30
    for a in answers:
        page = whole(reader, fragility_page(a.question))
        assert "ways to analyse the same trials" in page.text
        assert "they are no chances that the treatment works" in page.text
        assert question_page(a.question) in page.links


def test_the_answer_page_says_in_one_line_how_fragile_it_is(reader: Client) -> None:
    page = whole(reader, f"{FEW}weeks-40-78/")
    assert LARGEST in page.links
    assert f"{FEW}moderators/" in page.links
    assert "Every way of analysing puts the estimate against the treatment" in page.text


def test_one_trial_is_told_plainly_that_it_has_no_multiverse(reader: Client) -> None:
    assert "One trial answers this" in whole(reader, ONE_TRIAL).text
    page = whole(reader, f"{ONE_TRIAL}fragility/")
    assert "One trial answers this" in page.text
    assert "Which choice moves it" not in page.text


def test_placebo_and_active_answers_stand_side_by_side_and_are_called_unpooled(reader: Client) -> None:
    page = whole(reader, "/evidence/knee-osteoarthritis/prp/hyaluronic-acid/composite/weeks-7-17/fragility/")
    assert "are never pooled, in no way of analysing" in page.text
    assert f"{ONE_TRIAL}fragility/" in page.links


@pytest.mark.parametrize("address", [f"{LARGEST.rstrip('/')}", f"{FEW}moderators"])
@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf#")]
)
def test_the_figure_is_a_file_of_each_kind(reader: Client, address: str, kind: str, begins: bytes) -> None:
    answer = reader.get(f"{address}.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_a_figure_that_cannot_be_drawn_says_why(reader: Client) -> None:
    assert "One trial answers this" in reader.get(f"{ONE_TRIAL}fragility.svg").content.decode()
    refused = reader.get("/evidence/knee-osteoarthritis/prp/placebo/pain/moderators.svg")
    assert refused.status_code == 422


def test_data_of_every_answer_have_the_documented_shape(reader: Client, evidence: Evidence) -> None:
    for topic in evidence.topics.values():
        for a in topic.answers:
            place = question_page(a.question).removeprefix("/evidence/").rstrip("/")
            found = reader.get(f"/api/v1/fragility/{place}").json()
            schemas.FragilityShape.model_validate(found)
            assert (found["why_none"] is None) == (a.k >= 2)


def test_one_way_alone_is_given_by_its_number_in_the_curve(reader: Client) -> None:
    place = FEW.removeprefix("/evidence/")
    curve = reader.get(f"/api/v1/fragility/{place}weeks-40-78").json()["curve"]
    for point in curve[::40]:
        alone = reader.get(f"/api/v1/fragility/{place}weeks-40-78/{point['specification']}").json()
        schemas.SpecificationShape.model_validate(alone)
        assert alone["mu"] == pytest.approx(point["mu"], abs=1e-12)
        assert alone["k"] == point["k"] == len(alone["studies"])
    assert reader.get(f"/api/v1/fragility/{place}weeks-40-78/999999").status_code == 422


def test_every_question_has_a_page_of_its_moderators(reader: Client, evidence: Evidence) -> None:
    questions = {kin_of(a.question): a.question for t in evidence.topics.values() for a in t.answers}
    some = [q for kin, q in questions.items() if moderation_of(kin).pool.k > 1]
    nothing = next(q for kin, q in questions.items() if moderation_of(kin).pool.k == 0)
    for q in (*some, nothing):
        page = whole(reader, moderators_page(q))
        assert "is not known" in page.text
        assert "No verdict rests on a moderator" in page.text
        assert {question_page(q)} <= set(page.links)
        data = (
            f"/api/v1/moderators/{moderators_page(q).removeprefix('/evidence/').removesuffix('/moderators/')}"
        )
        assert data in page.links
        schemas.ModeratorsShape.model_validate(reader.get(data).json())


def test_unknown_parts_of_an_address_offer_near_names(reader: Client) -> None:
    answer = reader.get("/api/v1/moderators/knee-osteoarthritis/prp/placebo/pian")
    assert (answer.status_code, answer.json()["did_you_mean"][0]) == (404, "pain")
    assert reader.get("/evidence/knee-osteoarthritis/prp/plazebo/pain/moderators/").status_code == 404


def test_a_multiverse_is_computed_once(evidence: Evidence) -> None:
    a = next(a for t in evidence.topics.values() for a in t.answers if a.k >= 2)
    assert fragility_of(a) is fragility_of(a)
