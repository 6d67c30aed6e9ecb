"""Expressions for rules that no shipped instrument uses yet, and for those that cannot be expressed."""

from dataclasses import replace

import fhirpathpy
import pytest
from fhirpathpy.models import models

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import ShareOfMaximum, Sum, Weighted, score_response
from enthesis.exchange.fhir import Expressed, NotExpressed, expressions, questionnaire_response


def with_rule(name, score, rule, **changes):
    instrument = find_instrument(name)
    scores = tuple(
        replace(s, rule=rule, **changes) if s.name == score else s
        for s in instrument.scores
        if s.name == score
    )
    return replace(instrument, scores=scores, thresholds=())


def evaluated(instrument, answers):
    (made,) = expressions(instrument)
    resource = questionnaire_response(instrument, answers)
    env = {"resource": resource}
    for name, text in made.variables:
        env[name] = fhirpathpy.evaluate(resource, text, env, models["r4"])
    return env[made.variable]


def test_items_may_each_have_their_own_weight():
    peg = with_rule("peg-3", "total", Weighted((1, 2, 3), 4))
    assert evaluated(peg, [1, 2, 3]) == [4 + 1 + 2 * 2 + 3 * 3]
    assert evaluated(peg, [1, None, 3]) == []


def test_gaps_of_a_sum_are_filled_with_the_mean():
    peg = with_rule("peg-3", "total", Sum(-2, 100), min_answered=2)
    assert evaluated(peg, [4, None, 6]) == [100 - 2 * (4 + 6 + 5)]
    assert evaluated(peg, [4, None, None]) == []


def test_the_highest_possible_sum_counts_answered_items_only():
    constant = with_rule("aofas-ankle-hindfoot", "function", ShareOfMaximum(100), min_answered=1)
    answers = {i.id: None for i in constant.items}
    inside = [i for i in constant.items if i.id in constant.scores[0].items]
    answers |= {inside[0].id: inside[0].response.levels[1], inside[1].id: inside[1].response.maximum}
    most = inside[0].response.maximum + inside[1].response.maximum
    expected = 100 * (inside[0].response.levels[1] + inside[1].response.maximum) / most
    assert evaluated(constant, answers) == [pytest.approx(expected)]
    assert score_response(constant, answers).scores[0].value == pytest.approx(expected)


def test_two_answers_to_one_question_give_no_score():
    visa = find_instrument("visa-a")
    (made,) = (e for e in expressions(visa) if isinstance(e, Expressed))
    item = lambda link, value: {"linkId": link, "answer": [{"valueCoding": {"code": value}}]}  # noqa: E731
    numbers = [i for i in visa.items if i.id not in ("8b", "8c")]
    resource = questionnaire_response(visa, {i.id: i.response.maximum for i in numbers[:-2]})
    resource["item"] += [item("8a", "7"), item("8b", "4")]
    env = {"resource": resource}
    for name, text in made.variables:
        env[name] = fhirpathpy.evaluate(resource, text, env, models["r4"])
    assert len(env["totalPoints"]) == visa.expected(visa.scores[0])
    assert env["total"] == []


def test_a_score_made_of_one_that_cannot_be_calculated_is_not_calculated():
    eq = find_instrument("eq-5d-5l")
    (index,) = (e for e in expressions(eq) if isinstance(e, NotExpressed))
    assert index.score.name == "index"
    assert "value set" in index.reason


def test_blank_answers_are_expressed_for_sums_only():
    (made,) = expressions(with_rule("rmdq", "total", ShareOfMaximum(100)))
    assert isinstance(made, NotExpressed)
    assert "blank" in made.reason
