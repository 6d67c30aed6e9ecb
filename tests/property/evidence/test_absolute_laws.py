"""Laws of answers told as people, for any trial and any share without the treatment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build
from enthesis.domain.evidence.absolute_terms import absolute_terms, points_on
from made_studies import trial

RULES = load_evidence_rules()
VOCABULARY = catalogue.load().vocabulary
benefits = st.floats(-30, 30)
shares = st.floats(0.05, 0.95)


def told(benefit, share):
    evidence = build({"made": trial("made", benefit)}, {}, VOCABULARY, RULES)
    (answer,) = evidence.topic("knee-osteoarthritis", "prp").answers
    return answer, absolute_terms(answer, evidence, comparator_share=share)


@settings(max_examples=40, deadline=None)
@given(benefits, shares)
def test_the_interval_holds_the_estimate_and_the_difference_adds_up(benefit, share):
    _, found = told(benefit, share)
    assert 0 < found.intervention.lo <= found.intervention.estimate <= found.intervention.hi < 1
    assert found.comparator + found.difference.estimate == pytest.approx(found.intervention.estimate)
    people = found.people()
    assert people.comparator + people.more == people.intervention


@settings(max_examples=40, deadline=None)
@given(benefits, shares)
def test_people_gain_where_points_are_gained(benefit, share):
    answer, found = told(benefit, share)
    points = points_on(answer, 0, 100)[0]
    # Shares come from Φ and its inverse, so that no effect may leave a rest of a few units in the last place.
    rest = 1e-12
    assert (found.difference.estimate > rest) is (points > 1e-9)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.5, 30), shares)
def test_an_effect_turned_round_is_the_answer_of_the_other_side(benefit, share):
    """Φ(Φ⁻¹(p) + d) with d turned round and p replaced by 1 - p counts those who do not improve."""
    _, gain = told(benefit, share)
    _, loss = told(-benefit, 1 - share)
    assert gain.intervention.estimate == pytest.approx(1 - loss.intervention.estimate, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(benefits)
def test_points_scale_with_the_range_of_the_instrument(benefit):
    answer, _ = told(benefit, 0.5)
    wide, narrow = points_on(answer, 0, 100), points_on(answer, 0, 10)
    assert narrow == pytest.approx([x / 10 for x in wide])
