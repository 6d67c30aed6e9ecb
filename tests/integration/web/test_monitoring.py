"""How much is known, what a study moves, GRADE tables and risk of bias, as readers meet them."""

import pytest
from django.test import Client
from tests.integration.web.pages import Page

from enthesis.domain.evidence import Evidence
from enthesis.report.grade import grade_stylesheet
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import question_page
from enthesis.web.evidence.api.monitoring import MonitoringShape

MANY = "/evidence/knee-osteoarthritis/hyaluronic-acid/other-biologic/pain/weeks-40-78/"
ONE = "/evidence/knee-osteoarthritis/prp/placebo/pain/weeks-18-39/"
GRADE = "/evidence/knee-osteoarthritis/prp/grade"


def whole(answer) -> Page:
    assert answer.status_code == 200
    page = Page(answer)
    assert page.unclosed == []
    assert page.mistakes == []
    ids = [a["id"] for _, a in page.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    return page


def test_an_answer_says_how_much_is_known_and_leads_to_the_course(reader: Client) -> None:
    page = Page(reader.get(MANY))
    assert "of the information needed" in page.text
    assert f"{MANY}monitoring/" in page.links


def test_the_course_names_its_timing_its_people_and_its_limits(reader: Client) -> None:
    text = whole(reader.get(f"{MANY}monitoring/")).text
    assert "Retrospective: the looks were laid over published trials" in text
    assert "one adequate trial needs" in text
    assert "it says nothing about bias" in text
    assert "No verdict rests on this" in text


def test_one_trial_says_what_is_missing(reader: Client) -> None:
    page = whole(reader.get(f"{ONE}monitoring/"))
    assert "a boundary needs a second one" in page.text
    assert not page.each("figure")


def test_every_question_with_a_pool_has_a_whole_monitoring_page(reader: Client, evidence: Evidence) -> None:
    asked = [a for t in evidence.topics.values() for a in t.answers if a.synthesis]
    for a in asked:
        whole(reader.get(f"{question_page(a.question)}monitoring/"))


@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf#")]
)
def test_the_course_is_a_file_of_each_kind(reader: Client, kind: str, begins: bytes) -> None:
    answer = reader.get(f"{MANY}monitoring.{kind}")
    assert answer.content.startswith(begins)
    assert f".{kind}" in answer["Content-Disposition"]


def test_data_of_a_course_have_the_documented_shape(reader: Client) -> None:
    found = reader.get(f"/api/v1{MANY}monitoring").json()
    MonitoringShape.model_validate(found)
    assert found["feeds_verdicts"] is False
    assert [look["trials"] for look in found["obrien_fleming"]["looks"]][-1] == len(found["trials"])


def test_what_cannot_be_monitored_is_refused_as_data_with_the_reason(
    reader: Client, evidence: Evidence
) -> None:
    empty = next(
        a for t in evidence.topics.values() for a in t.answers if a.synthesis is None and a.question.horizon
    )
    address = question_page(empty.question)
    answer = reader.get(f"/api/v1{address}monitoring")
    assert answer.status_code == 422
    assert "nothing to monitor" in answer.json()["message"]
    assert "nothing to monitor" in whole(reader.get(f"{address}monitoring/")).text


def test_a_study_shows_what_it_moves(reader: Client) -> None:
    assert "/studies/kearney-2021/influence/" in Page(reader.get("/studies/kearney-2021/")).links
    text = whole(reader.get("/studies/kearney-2021/influence/")).text
    assert "Without this study" in text
    assert "k 2" in text
    assert "k 1" in text


def test_a_series_moves_no_answer_and_says_so(reader: Client, evidence: Evidence) -> None:
    pooled = {
        c.pick.study.id
        for t in evidence.topics.values()
        for a in t.answers
        for c in (
            *(a.synthesis.contrasts if a.synthesis else ()),
            *a.directions,
            *(x.contrast for x in a.left_out),
        )
    }
    single = next(
        s for s in sorted(evidence.studies) if s not in pooled and len(evidence.studies[s].arms) == 1
    )
    assert "no answer would change" in whole(reader.get(f"/studies/{single}/influence/")).text


def test_an_unknown_study_has_no_influence(reader: Client) -> None:
    answer = reader.get("/studies/kearny-2021/influence/")
    assert answer.status_code == 404
    assert "kearney-2021" in Page(answer).text


def test_grade_tables_are_one_link_from_their_topic_and_can_be_narrowed(reader: Client) -> None:
    assert f"{GRADE}/" in Page(reader.get("/evidence/knee-osteoarthritis/prp/")).links
    everything, placebo = whole(reader.get(f"{GRADE}/")), whole(reader.get(f"{GRADE}/?comparator=placebo"))
    assert "Summary of findings: against placebo" in placebo.text
    assert "against hyaluronic acid" in everything.text
    assert "Summary of findings: against hyaluronic acid" not in placebo.text
    assert f"{GRADE}.pdf?comparator=placebo" in placebo.links


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")])
def test_grade_tables_are_files(reader: Client, kind: str, begins: bytes) -> None:
    answer = reader.get(f"{GRADE}.{kind}?comparator=placebo")
    assert answer.content.startswith(begins)
    assert f"grade-knee-osteoarthritis-prp-placebo.{kind}" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "address", [f"{GRADE}/?comparator=water", f"{GRADE}.docx", f"{GRADE}.pdf?comparator=x"]
)
def test_what_is_no_grade_table_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_the_style_of_grade_tables_is_that_of_the_report(reader: Client) -> None:
    sheets = [tag["href"] or "" for tag in whole(reader.get(f"{GRADE}/")).each("link")]
    last = [href for href in sheets if "/grade" in href][-1]
    assert reader.get(last).getvalue().decode() == grade_stylesheet()


def test_an_assessed_answer_shows_its_lights_and_what_stays_without_high_risk(reader: Client) -> None:
    page = whole(reader.get("/evidence/achilles-tendinopathy/prp/placebo/composite/weeks-18-39/"))
    assert "No assessed trial of this pool is at high risk" in page.text
    assert "/studies/kearney-2021/#risk-of-bias" in page.links
    alone = whole(reader.get("/evidence/ligament-injury/prp/placebo/function/weeks-79-on/"))
    assert "without such trials nothing would be left" in alone.text


def test_a_study_gives_the_reason_of_every_judgement_and_who_judged(reader: Client) -> None:
    for a in state.current().assessments:
        page = whole(reader.get(f"/studies/{a.study}/"))
        assert "not yet checked by a second" in page.text
        for given in a.domains.values():
            assert given.reason.split(" (http")[0][1:40] in page.text


def test_the_method_counts_the_assessments(reader: Client) -> None:
    judged = len({a.study for a in state.current().assessments})
    assert (
        f"{judged} of 252 study reports have a risk-of-bias assessment" in Page(reader.get("/method/")).text
    )
