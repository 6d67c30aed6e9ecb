"""What comes in from other systems is checked, and every fault is named."""

import re
from copy import deepcopy

import pytest

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.errors import InvalidData
from enthesis.exchange.fhir import answers_from_response, questionnaire_response

PEG = find_instrument("peg-3")
KOOS = find_instrument("koos")
VISA = find_instrument("visa-a")


@pytest.fixture
def sent():
    return questionnaire_response(PEG, [4, 5, 6])


def test_scores_that_come_along_are_not_believed(sent):
    for group in sent["item"]:
        for item in group.get("item", []):
            item["answer"] = [{"valueDecimal": 99}]
    assert answers_from_response(PEG, sent) == dict(zip((i.id for i in PEG.items), (4, 5, 6), strict=True))


def test_the_status_and_the_day_are_kept():
    resource = questionnaire_response(PEG, [4, 5, 6], status="in-progress", authored="2026-11-22T10:00:00Z")
    assert resource["status"] == "in-progress"
    assert resource["authored"] == "2026-11-22T10:00:00Z"
    with pytest.raises(InvalidData, match="'done'; must be one of in-progress"):
        questionnaire_response(PEG, [4, 5, 6], status="done")


def test_an_empty_form_has_no_items():
    assert "item" not in questionnaire_response(PEG, [None, None, None])


def test_alternatives_of_one_question_stand_in_their_group():
    answers = {i.id: None for i in VISA.items} | {"8b": 10}
    resource = questionnaire_response(VISA, answers)
    assert [(i["linkId"], i["item"][0]["linkId"]) for i in resource["item"]] == [("one-of-8a-8b-8c", "8b")]
    assert answers_from_response(VISA, resource) == answers


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"resourceType": "Bundle"}, "must be 'QuestionnaireResponse'"),
        ({"status": "final"}, "'final'; must be one of in-progress"),
        ({"status": None}, "None; must be one of"),
        ({"status": "entered-in-error"}, "entered in error"),
        ({"questionnaire": None}, "is missing"),
        ({"questionnaire": "urn:enthesis:Questionnaire/koos"}, "must be 'urn:enthesis:Questionnaire/peg-3'"),
        ({"questionnaire": "urn:enthesis:Questionnaire/peg-3|9"}, "version '9'; must be"),
        ({"item": "none"}, "must be a list of items"),
        ({"item": [{"answer": []}]}, "item[0]: must be an item with a linkId"),
        ({"item": [{"linkId": "Q9"}]}, "'Q9' is no item of peg-3"),
    ],
)
def test_a_response_that_does_not_fit_is_refused(sent, change, said):
    with pytest.raises(InvalidData, match=re.escape(said)):
        answers_from_response(PEG, {**sent, **change})


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([{"valueInteger": 11}], "must be a whole number from 0 to 10"),
        ([{"valueInteger": "4"}], "is no number"),
        ([{"valueInteger": True}], "is no number"),
        ([{"valueString": "4"}], "must be a valueInteger"),
        ([{"valueInteger": 4}, {"valueInteger": 5}], "must hold one answer"),
        ("4", "must hold one answer"),
    ],
)
def test_an_answer_that_no_item_allows_is_refused(sent, answer, said):
    sent["item"][0]["answer"] = answer
    with pytest.raises(InvalidData, match=said):
        answers_from_response(PEG, sent)


def test_a_code_that_is_no_option_is_refused():
    resource = questionnaire_response(KOOS, {"P1": 2})
    resource["item"][0]["answer"][0]["valueCoding"]["code"] = "7"
    with pytest.raises(InvalidData, match="code '7'; must be one of 0, 1, 2, 3, 4"):
        answers_from_response(KOOS, resource)


def test_an_item_answered_twice_is_refused(sent):
    sent["item"].append(deepcopy(sent["item"][0]))
    with pytest.raises(InvalidData, match="answered twice"):
        answers_from_response(PEG, sent)


def test_all_faults_are_named_at_once(sent):
    sent["item"] += [{"linkId": "Q8"}, {"linkId": "Q9"}]
    with pytest.raises(InvalidData, match=r"(?s)Q8.*Q9"):
        answers_from_response(PEG, {**sent, "status": "final"})


def test_items_nested_without_end_are_refused():
    item = {"linkId": "scores"}
    for _ in range(50):
        item = {"linkId": "scores", "item": [item]}
    with pytest.raises(InvalidData, match="not nested deeply"):
        answers_from_response(PEG, {**questionnaire_response(PEG, [1, 2, 3]), "item": [item]})
