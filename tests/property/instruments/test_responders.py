"""Laws of change and of the OMERACT-OARSI responder."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.domain.instruments import change, omeract_oarsi_responder, percent_responder

score = st.floats(0, 100)
pair = st.tuples(score, score)


def _one(pain, function, patient_global):
    pairs = {"pain": pain, "function": function, "patient_global": patient_global}
    found = omeract_oarsi_responder(**{name: ([p[0]], [p[1]]) for name, p in pairs.items()})
    return bool(found.responder[0])


@given(baseline=score, follow_up=score)
def test_turning_a_scale_round_keeps_the_improvement(baseline, follow_up):
    lower = change([baseline], [follow_up], "lower").improvement
    turned = change([100 - baseline], [100 - follow_up], "higher").improvement
    np.testing.assert_allclose(lower, turned, atol=1e-9)


@given(baseline=score, follow_up=score)
def test_going_there_and_back_is_no_improvement(baseline, follow_up):
    there = change([baseline], [follow_up], "lower").improvement[0]
    assert there == pytest.approx(-change([follow_up], [baseline], "lower").improvement[0])


@given(baseline=score, follow_up=score)
def test_whoever_improves_by_half_also_improves_by_a_fifth(baseline, follow_up):
    half, fifth = (percent_responder([baseline], [follow_up], "lower", p)[0] for p in (50, 20))
    assert fifth or not half


@given(pain=pair, function=pair, patient_global=pair, less=st.floats(0, 1))
def test_less_pain_at_follow_up_never_takes_a_response_away(pain, function, patient_global, less):
    easier = (pain[0], pain[1] * less)
    assert _one(easier, function, patient_global) or not _one(pain, function, patient_global)


@given(pain=pair, function=pair, patient_global=pair)
def test_pain_and_function_may_change_places(pain, function, patient_global):
    assert _one(pain, function, patient_global) == _one(function, pain, patient_global)


@given(pain=pair, function=pair, patient_global=pair)
def test_nobody_responds_who_improves_nowhere(pain, function, patient_global):
    worse = [(min(p), max(p)) for p in (pain, function, patient_global)]
    assert not _one(*worse)


@given(pain=pair, function=pair, patient_global=pair)
def test_a_response_comes_by_one_of_the_two_roads(pain, function, patient_global):
    named = {"pain": pain, "function": function, "patient_global": patient_global}
    found = omeract_oarsi_responder(**{name: ([p[0]], [p[1]]) for name, p in named.items()})
    assert found.responder[0] == (found.by_high_improvement[0] or found.by_two_of_three[0])


@given(pairs=st.lists(st.tuples(pair, pair, pair), min_size=1, max_size=5))
def test_a_batch_responds_as_its_patients_do(pairs):
    names = ("pain", "function", "patient_global")
    columns = {name: ([p[at][0] for p in pairs], [p[at][1] for p in pairs]) for at, name in enumerate(names)}
    assert list(omeract_oarsi_responder(**columns).responder) == [_one(*p) for p in pairs]
