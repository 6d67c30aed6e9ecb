"""Laws of the exchange: answers survive the way out and back, and the form scores as the scorer does."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import score_response
from enthesis.exchange.fhir import answers_from_response, questionnaire_response
from property.exchange.fhir_answers import SCORED, answered, calculated

# The engines work in decimal or double arithmetic and round in another order than numpy does.
CLOSE = {"rel": 1e-9, "abs": 1e-6}


@pytest.mark.parametrize("name", SCORED)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_answers_survive_the_way_out_and_back(name, data):
    instrument = find_instrument(name)
    answers = data.draw(answered(instrument))
    sent = json.loads(json.dumps(questionnaire_response(instrument, answers), allow_nan=False))
    assert answers_from_response(instrument, sent) == answers


@pytest.mark.parametrize("name", SCORED)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_every_calculated_score_is_that_of_the_scorer(name, data):
    instrument = find_instrument(name)
    answers = data.draw(answered(instrument))
    scored = score_response(instrument, answers)
    for link, value in calculated(instrument, questionnaire_response(instrument, answers)).items():
        score = scored.score(link.removeprefix("score-").removesuffix("-0-100"))
        ours = score.normal_0_100 if link.endswith("-0-100") else score.value
        assert value == (None if ours is None else pytest.approx(ours, **CLOSE)), link
