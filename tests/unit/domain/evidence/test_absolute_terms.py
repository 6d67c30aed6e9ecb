"""Answers as people out of a hundred. Expected shares come from the table of the standard normal law."""

import pytest

from enthesis.domain.evidence import build
from enthesis.domain.evidence.absolute_terms import absolute_terms, points_on
from enthesis.errors import CannotEstimate, InvalidData
from made_studies import figures, row, study, trial, with_row


@pytest.fixture
def held(rules, vocabulary):
    def of(*studies):
        return build({s.id: s for s in studies}, {}, vocabulary, rules)

    return of


def pain_answer(evidence, intervention="prp"):
    topic = evidence.topic("knee-osteoarthritis", intervention)
    return next(a for a in topic.answers if a.question.outcome == "pain")


def changes(name="made-2020", treated=23.0, untreated=18.0, **more):
    """Placebo improves 18 of 100 with a spread of 25, so Φ(0.32) of it by 10 points or more."""
    return study(
        name,
        row(
            figures("prp", 100, -treated, 25.0),
            figures("saline", 100, -untreated, 25.0),
            kind="change",
            **more,
        ),
    )


def test_people_follow_from_the_mean_change_the_spread_and_the_effect(held):
    evidence = held(changes())
    found = absolute_terms(pain_answer(evidence), evidence)
    assert found.comparator == pytest.approx(0.6255, abs=5e-5)  # Φ(0.32)
    assert found.intervention.estimate == pytest.approx(0.6985, abs=5e-5)  # Φ(0.52)
    assert found.people().more == 70 - 63
    assert found.wanted
    assert "at least 10 points" in found.event


def test_the_interval_is_that_of_the_effect(held):
    evidence = held(changes())
    found = absolute_terms(pain_answer(evidence), evidence)
    # 5 points, se 25 * sqrt(2 / 100) = 3.5355, 1.96 of it either way: -1.93 to 11.93 points.
    assert found.intervention.lo == pytest.approx(0.5962, abs=2e-3)  # Φ(0.32 - 0.0772)
    assert found.intervention.hi == pytest.approx(0.7874, abs=2e-3)  # Φ(0.32 + 0.4772)


def test_no_effect_is_no_difference_between_people(held):
    evidence = held(changes(treated=18.0))
    assert absolute_terms(pain_answer(evidence), evidence).people().more == 0


def test_a_share_given_by_the_caller_is_used_and_named(held):
    evidence = held(trial("one-2020", 10.0))
    found = absolute_terms(pain_answer(evidence), evidence, comparator_share=0.5)
    assert found.intervention.estimate == pytest.approx(0.6915, abs=5e-5)  # Φ(0.5): 10 of a spread of 20
    assert found.comparator_source == "given by the caller"


def test_baseline_and_final_means_serve_where_no_change_is_printed(held):
    one = with_row(
        trial("one-2020", 10.0),
        row(figures("prp", 60, 60.0, 20.0), figures("saline", 60, 60.0, 20.0), weeks=0),
    )
    evidence = held(one)
    found = absolute_terms(pain_answer(evidence), evidence)
    # From 60 to 50 with a spread of change of 20 at a correlation of 0.5: half of them by 10 or more.
    assert found.comparator == pytest.approx(0.5)
    assert any("correlation of 0.5" in said for said in found.assumptions)


def test_a_printed_change_is_preferred_to_a_computed_one(held):
    printed = row(figures("prp", 60, -10.0, 20.0), figures("saline", 60, -18.0, 25.0), kind="change")
    start = row(figures("prp", 60, 60.0, 20.0), figures("saline", 60, 60.0, 20.0), weeks=0)
    evidence = held(with_row(with_row(trial("one-2020", 10.0), start), printed))
    assert absolute_terms(pain_answer(evidence), evidence).comparator == pytest.approx(0.6255, abs=5e-5)


def test_without_any_change_of_a_comparator_group_there_is_no_answer_in_people(held):
    evidence = held(trial("one-2020", 10.0))
    with pytest.raises(CannotEstimate, match="No trial prints how much its comparator group improved"):
        absolute_terms(pain_answer(evidence), evidence)


def test_other_trials_of_the_same_comparator_stand_in_and_are_named(held):
    bare, told = trial("bare-2020", 10.0), changes("told-2021", weeks=52)
    evidence = held(bare, told)
    topic = evidence.topic("knee-osteoarthritis", "prp")
    early = next(a for a in topic.answers if a.question.horizon and 26 in a.question.horizon)
    found = absolute_terms(early, evidence)
    assert found.comparator == pytest.approx(0.6255, abs=5e-5)
    assert "other trials at another time" in found.comparator_source


def test_a_ratio_is_applied_to_the_risk_of_the_comparator_groups(held):
    events = row(
        figures("prp", 100, events=30), figures("saline", 100, events=20),
        outcome="responder", instrument="omeract-oarsi", better="higher",
    )  # fmt: skip
    evidence = held(study("made-2020", events))
    answer = evidence.topic("knee-osteoarthritis", "prp").answers[0]
    found = absolute_terms(answer, evidence)
    assert (found.people().comparator, found.people().intervention) == (20, 30)
    assert found.comparator_source == "20 of 100 people of the comparator groups"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"comparator_share": 0.0}, "must lie between 0 and 1"),
        ({"comparator_share": 1.0}, "must lie between 0 and 1"),
        ({"comparator_share": 40}, "must lie between 0 and 1"),
        ({"threshold_points": 0}, "must be above 0"),
    ],
)
def test_impossible_arguments_are_refused(held, arguments, said):
    evidence = held(changes())
    with pytest.raises(InvalidData, match=said):
        absolute_terms(pain_answer(evidence), evidence, **arguments)


def test_points_are_those_of_the_instrument_asked_for(held):
    evidence = held(trial("one-2020", 10.0))
    estimate, lo, hi = points_on(pain_answer(evidence), 0, 10)
    assert estimate == pytest.approx(1.0)
    assert lo < estimate < hi


def test_a_range_upside_down_is_refused(held):
    evidence = held(trial("one-2020", 10.0))
    with pytest.raises(InvalidData, match="the upper end must lie above"):
        points_on(pain_answer(evidence), 10, 0)
