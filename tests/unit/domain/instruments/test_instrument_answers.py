"""Answers an instrument cannot take are refused, all at once and by name."""

import numpy as np
import pytest

from enthesis.domain.instruments import (
    Instrument,
    Item,
    Licence,
    Mean,
    Response,
    ScoreRule,
    Source,
    Sum,
    Weighted,
    score,
    score_response,
)
from enthesis.errors import CannotEstimate, InvalidData, NotFound

LIKERT = Response(0, 4, "lower")
LINE = Response(0, 100, "lower", whole=False, unit="mm")
STEPS = Response(0, 10, "higher", levels=(0, 4, 7, 10))
LICENCE = Licence("free", "nobody", False, "None needed.", "s")
SOURCES = {"s": Source("s", url="https://example.org", standing="paper", read="2026-11-22")}


def _rule(name, items, rule, least, ends, better="lower"):
    return ScoreRule(name, name, items, rule, least, ends, better, "s", "as tested")


def _instrument(**changed):
    parts = {
        "id": "test-form",
        "name": "Test form",
        "short_name": "TF",
        "version": "1",
        "kind": "patient-reported",
        "measures": "nothing",
        "items": (
            Item("A1", 1, LIKERT),
            Item("A2", 2, LIKERT),
            Item("line", 3, LINE),
            Item("step", 4, STEPS),
        ),
        "scores": (
            _rule("a", ("A1", "A2"), Mean(), 1, (0, 4)),
            _rule("line", ("line",), Sum(), 1, (0, 100)),
            _rule("step", ("step",), Sum(), 1, (0, 10), "higher"),
        ),
        "licence": LICENCE,
        "sources": SOURCES,
    }
    return Instrument(**(parts | changed))


FORM = _instrument()


def _faults(answers, **named):
    with pytest.raises(InvalidData) as caught:
        score_response(FORM, answers, **named)
    return [str(fault) for fault in caught.value.faults]


def test_every_fault_of_a_response_is_named_together():
    answers = {"A1": 5, "A2": 1.5, "line": -0.1, "step": 5, "B9": 1}
    assert _faults(answers, version="2") == [
        "B9: is no item of test-form; it has 4 items (A1 to step or 1 to 4).",
        "version: is '2'; this scorer is for '1' and no other.",
        "A1: answer 5; must be a whole number from 0 to 4.",
        "A2: answer 1.5; must be a whole number from 0 to 4.",
        "line: answer -0.1; must be a number from 0 to 100.",
        "step: answer 5; must be one of 0, 4, 7, 10.",
    ]


@pytest.mark.parametrize("answer", ["3", True, [1], float("nan"), float("inf")])
def test_what_is_no_number_is_refused(answer):
    (fault,) = _faults({"A1": answer})
    assert fault.startswith("A1: answer")
    assert fault.endswith("must be a whole number from 0 to 4.")


@pytest.mark.parametrize("answers", [[1, 2, 3], [1, 2, 3, 4, 5], "1234"])
def test_a_list_needs_one_answer_per_item(answers):
    (fault,) = _faults(answers)
    assert fault == f"test-form: it has 4 items (A1 to step or 1 to 4), got {len(answers)}."


def test_items_answer_to_their_id_and_to_their_number():
    by_id = score_response(FORM, {"A1": 2, "A2": 4})
    by_number = score_response(FORM, {1: 2, "2": 4})
    assert by_id.answers == by_number.answers == (("A1", 2), ("A2", 4), ("line", None), ("step", None))


def test_an_item_answered_by_id_and_by_number_is_refused():
    assert _faults({"A1": 2, "1": 3}) == ["A1: is answered twice, by id and by number."]


def test_null_is_no_answer():
    scored = score_response(FORM, {"A1": None, "A2": 3})
    assert (scored.score("a").value, scored.score("a").missing) == (3, 1)


def test_a_batch_names_row_item_and_allowed_answers():
    rows = np.array([[0, 1, 5.5, 4], [0, 7, 5.5, 4], [0.5, 1, 5.5, 5]])
    with pytest.raises(InvalidData) as caught:
        score(FORM, rows)
    assert [str(f) for f in caught.value.faults] == [
        "row 3, A1: answer 0.5; must be a whole number from 0 to 4.",
        "row 2, A2: answer 7; must be a whole number from 0 to 4.",
        "row 3, step: answer 5; must be one of 0, 4, 7, 10.",
    ]


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 5), (1, 2, 4)])
def test_a_batch_needs_one_column_per_item(shape):
    with pytest.raises(InvalidData, match=r"must be \(n, 4\), one per item"):
        score(FORM, np.zeros(shape))


def test_an_empty_batch_has_empty_columns():
    assert [column.value.size for column in score(FORM, np.zeros((0, 4))).columns] == [0, 0, 0]


def test_a_batch_longer_than_a_block_keeps_its_rows():
    rows = np.zeros((20_000, 4))
    rows[:, 0] = rows[:, 1] = np.arange(20_000) % 5
    np.testing.assert_array_equal(score(FORM, rows).column("a").value, np.arange(20_000) % 5)


def test_a_fault_far_down_a_batch_names_its_row():
    rows = np.zeros((20_000, 4))
    rows[19_998, 1] = 9
    with pytest.raises(InvalidData, match="row 19999, A2: answer 9"):
        score(FORM, rows)


def test_the_score_of_too_few_answers_says_what_it_needs():
    scored = score_response(FORM, {})
    assert scored.score("a").value is None
    assert scored.score("a").reason == "needs at least 1 of 2 answers"


def test_filled_gaps_travel_as_caveats():
    assert [c.text for c in score_response(FORM, {"A1": 2}).caveats] == [
        "a: scored from 1 of 2 answers, as its rule allows."
    ]
    rows = np.array([[1, np.nan, 5, 4], [1, 2, 5, 4]])
    assert [c.text for c in score(FORM, rows).caveats] == ["a: 1 of 2 responses scored with answers missing."]


def test_json_has_the_published_shape():
    assert score_response(FORM, {"A1": 1, "A2": 3}).as_json() == {
        "instrument": "test-form",
        "version": "1",
        "scores": [
            {
                "name": "a",
                "value": 2.0,
                "range": [0, 4],
                "better": "lower",
                "normal_0_100": 50.0,
                "answered": 2,
                "missing": 0,
            },
            {
                "name": "line",
                "value": None,
                "range": [0, 100],
                "better": "lower",
                "normal_0_100": None,
                "answered": 0,
                "missing": 1,
                "reason": "needs at least 1 of 1 answers",
            },
            {
                "name": "step",
                "value": None,
                "range": [0, 10],
                "better": "higher",
                "normal_0_100": None,
                "answered": 0,
                "missing": 1,
                "reason": "needs at least 1 of 1 answers",
            },
        ],
        "caveats": [],
    }


def test_language_and_version_stay_beside_the_scores():
    scored = score_response(FORM, {"A1": 1}, version="1", language="de")
    assert (scored.version, scored.language) == ("1", "de")


def test_unknown_scores_and_value_sets_are_not_found():
    with pytest.raises(NotFound, match="No score of test-form is called 'b'"):
        score_response(FORM, {"A1": 1}).score("b")
    with pytest.raises(NotFound, match="No score of test-form is called 'b'"):
        score(FORM, np.zeros((1, 4))).column("b")
    with pytest.raises(NotFound, match="No value set of test-form is called 'mars'"):
        score_response(FORM, {"A1": 1}, value_set="mars")


def test_a_switched_off_instrument_refuses_one_and_many():
    off = _instrument(switched_off="Nobody knows the rule.", scores=())
    for refuse in (lambda: score_response(off, {}), lambda: score(off, np.zeros((1, 4)))):
        with pytest.raises(CannotEstimate, match=r"TF is switched off: Nobody knows the rule\."):
            refuse()


def test_a_broken_export_stops_after_a_thousand_faults():
    with pytest.raises(InvalidData) as caught:
        score(FORM, np.full((40_000, 4), 9.5))
    assert 1000 <= len(caught.value.faults) <= 9000


def test_weights_belong_to_their_items():
    weighted = _rule("w", ("A1", "A2"), Weighted((1, 10), 5), 2, (5, 49))
    # 5 + 1 x 3 + 10 x 2.
    assert score_response(_instrument(scores=(weighted,)), {"A1": 3, "A2": 2}).score("w").value == 28
