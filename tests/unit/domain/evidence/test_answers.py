from dataclasses import replace
from datetime import date

import pytest

from enthesis.domain.evidence import Basis, Level, Verdict, build, diagnose
from enthesis.domain.evidence.certainty import Override
from enthesis.domain.evidence.directions import directions
from enthesis.domain.evidence.review import PooledRow, Review
from enthesis.domain.evidence.study import Blinding, Source
from enthesis.domain.vocabulary import ComparatorClass
from made_studies import DOUBLE_BLIND, arm, figures, p_row, row, study, trial


def steroid_trial(name, benefit):
    arms = (arm("prp", "prp"), arm("steroid", "corticosteroid"))
    pain = row(figures("prp", 60, 50 - benefit, 20), figures("steroid", 60, 50, 20))
    return study(name, pain, arms=arms)


def review(k=12, ci=(-8.0, -2.0), **more):
    values = {
        "condition": "knee-osteoarthritis", "intervention": "prp", "comparator": "saline",
        "comparison": "between-arm", "outcome": "pain", "instrument": "vas-pain", "measure": "MD",
        "source": Source("abstract"), "range": (0, 100), "weeks": 26, "k": k, "n": 900, "estimate": -5.0,
        "ci": ci,
    }  # fmt: skip
    facts = ("made-review", "Made", True, "Made A", 2024, False, "https://example.org/", "meta-analysis")
    return Review(*facts, ("knee-osteoarthritis",), (PooledRow(**(values | more)),), (), (), "complete")


def only(topic, comparator=ComparatorClass.PLACEBO):
    (found,) = topic.of_class(comparator)
    return found


def test_placebo_and_active_comparisons_are_never_joined(ask):
    topic = ask(trial("a-2019", 2), trial("b-2020", 4), steroid_trial("c-2021", 20))
    assert [c.pick.study.id for c in only(topic).synthesis.contrasts] == ["a-2019", "b-2020"]
    steroid = only(topic, ComparatorClass.CORTICOSTEROID)
    assert [c.pick.study.id for c in steroid.synthesis.contrasts] == ["c-2021"]


def test_one_trial_is_the_trial_itself(ask):
    a = only(ask(trial("a-2019", 7)))
    assert a.k == 1
    assert a.synthesis.pooled.mu == pytest.approx(7)
    assert a.synthesis.pooled.ci == pytest.approx(
        (7 - 1.959964 * 3.651484, 7 + 1.959964 * 3.651484), rel=1e-5
    )
    assert a.synthesis.readings == ()


def test_two_to_four_trials_are_read_four_ways(ask):
    names = [r.name for r in only(ask(trial("a-2019", 2), trial("b-2020", 8))).synthesis.readings]
    assert len(names) == 4
    assert any("Bayes" in name for name in names)
    assert any("floored" in name for name in names)


def test_agreeing_trials_do_not_make_the_judged_interval_absurdly_narrow(ask):
    a = only(ask(trial("a-2019", 10.0), trial("b-2020", 10.001)))
    hk, judged = a.synthesis.pooled.ci, a.synthesis.judged.ci
    assert hk[1] - hk[0] < 1
    assert judged[1] - judged[0] > 5


def test_a_suspect_trial_is_left_out_named_and_put_back_in_a_sensitivity(ask):
    odd = trial("odd-2021", 45, sd=20.0)
    a = only(ask(trial("a-2019", 2), trial("b-2020", 4), odd))
    assert a.k == 2
    (left,) = [x for x in a.left_out if x.is_suspect]
    assert left.contrast.pick.study.id == "odd-2021"
    assert "standard deviations" in left.why
    (back,) = [s for s in a.sensitivities if "put back" in s.label]
    assert back.synthesis.k == 3
    assert back.synthesis.judged.mu > a.synthesis.judged.mu


def test_non_randomised_comparisons_stand_aside_when_randomised_trials_answer(ask):
    a = only(ask(trial("a-2019", 2), trial("cohort-2020", 15, design="nonrandomised")))
    assert [c.pick.study.id for c in a.synthesis.contrasts] == ["a-2019"]
    assert a.left_out[0].why.startswith("not randomised")


def test_non_randomised_comparisons_alone_start_at_low(ask):
    a = only(ask(trial("cohort-2020", 15, design="nonrandomised")))
    assert a.k == 1
    assert a.certainty.start is Level.LOW


def test_a_direction_alone_goes_to_the_vote_and_not_to_the_pool(ask):
    a = only(ask(trial("a-2019", 2), study("told-2020", p_row(0.05, "<"))))
    assert a.k == 1
    assert [c.pick.study.id for c in a.directions] == ["told-2020"]
    vote = directions(a)
    assert (vote.vote.favourable, vote.vote.k) == (2, 2)


def test_points_are_kept_when_every_trial_has_them_and_standardised_otherwise(ask):
    assert only(ask(trial("a-2019", 2), trial("b-2020", 4))).synthesis.scale.kind == "points"
    mixed = only(ask(trial("a-2019", 2), trial("b-2020", 4), study("p-2020", p_row(0.04))))
    assert mixed.synthesis.scale.kind == "smd"
    assert mixed.k == 3


def test_a_published_synthesis_with_more_trials_carries_the_verdict_and_is_labelled(ask):
    a = only(ask(trial("a-2019", 2), reviews=[review()]))
    assert a.basis is Basis.PUBLISHED
    assert a.published.review.id == "made-review"
    assert a.verdict in (Verdict.NO_IMPORTANT_BENEFIT, Verdict.UNCLEAR)


@pytest.mark.parametrize(
    "change",
    [{"k": 1}, {"subgroup": "women"}, {"weeks": 4}, {"outcome": "function"}, {"comparator": "any-control"}],
    ids=lambda c: next(iter(c)),
)
def test_a_published_row_that_asks_something_else_or_holds_less_carries_nothing(ask, change):
    topic = ask(trial("a-2019", 2), reviews=[review(**change)])
    (a,) = [x for x in topic.of_class(ComparatorClass.PLACEBO) if x.k]
    assert a.basis is Basis.OWN


def test_a_published_result_that_differs_is_named_with_a_reason(ask):
    a = only(ask(trial("a-2019", 2), reviews=[review()]))
    (agreement,) = a.agreements
    assert agreement.differs
    assert "12 trials" in agreement.why


def test_open_trials_lose_two_levels_for_risk_of_bias(ask):
    opened = only(ask(trial("a-2019", 2, blinding=Blinding(participants=False))))
    closed = only(ask(trial("a-2019", 2, blinding=DOUBLE_BLIND)))
    steps = [a.certainty.domains[0].steps for a in (opened, closed)]
    assert steps == [-2, -1]


def test_no_answer_of_ours_is_of_high_certainty_without_a_risk_of_bias_assessment(ask):
    a = only(ask(*[trial(f"t-{i}", 1, n=500) for i in range(6)]))
    assert a.level is Level.MODERATE
    assert a.verdict is Verdict.NO_IMPORTANT_BENEFIT


def test_an_interval_across_benefit_and_harm_loses_at_least_two_levels(ask):
    a = only(ask(trial("a-2019", 0, n=8)))
    (imprecision,) = [d for d in a.certainty.domains if d.domain == "imprecision"]
    assert imprecision.steps <= -2
    assert a.verdict is Verdict.UNCLEAR


def test_a_curator_can_override_with_name_and_reason_and_the_proposal_stays(rules, vocabulary):
    s = trial("a-2019", 14, n=200)
    first = build({s.id: s}, {}, vocabulary, rules).topics["knee-osteoarthritis", "prp"].answers[0]
    decision = Override(Level.HIGH, "A Curator", date(2026, 11, 1), "full RoB 2 assessment on file")
    again = build({s.id: s}, {}, vocabulary, rules, {first.question: decision})
    a = again.topics["knee-osteoarthritis", "prp"].answers[0]
    assert a.level is Level.HIGH
    assert a.verdict is Verdict.HELPS
    assert a.certainty.proposed is first.level


def test_the_timeline_gives_each_year_only_what_was_known(ask, rules):
    a = only(
        ask(trial("a-2015", 20, year=2015), trial("b-2019", 2, year=2019), trial("c-2022", 1, year=2022))
    )
    steps = diagnose(a, rules).timeline
    assert [(s.label, s.synthesis.k) for s in steps] == [("2015", 1), ("2019", 2), ("2022", 3)]


def test_the_benefit_curve_falls_and_meets_the_probability_of_the_answer(ask, rules):
    a = only(ask(*[trial(f"t-{i}", 8 + i) for i in range(5)]))
    curve = diagnose(a, rules).curve
    assert list(curve.mean) == sorted(curve.mean, reverse=True)
    at = curve.thresholds.index(min(curve.thresholds, key=lambda t: abs(t - 10)))
    assert curve.mean[at] == pytest.approx(a.synthesis.p_benefit, abs=0.05)


def test_probabilities_of_benefit_and_harm_leave_room_for_neither(ask):
    for benefit in (-15, 0, 15):
        s = only(ask(trial("a-2019", benefit))).synthesis
        assert 0 <= s.p_benefit + s.p_harm <= 1


def test_no_events_in_either_arm_is_said_and_not_pooled(ask):
    none = row(figures("prp", 50, events=0), figures("saline", 50, events=0), outcome="serious-adverse-event",
               instrument="any-serious-adverse-event")  # fmt: skip
    a = only(ask(study("a-2019", none)))
    assert a.synthesis is None
    assert a.directions == ()
    assert a.left_out[0].why == "no event in either group: 0 of 50 and 0 of 50"
    assert a.verdict is Verdict.UNCLEAR


def test_order_of_studies_does_not_matter(ask):
    trials = [trial("a-2019", 2), trial("b-2020", 14), trial("c-2021", 7)]
    forward, back = only(ask(*trials)), only(ask(*reversed(trials)))
    assert forward.synthesis.pooled.mu == pytest.approx(back.synthesis.pooled.mu, rel=1e-12)
    assert forward.verdict is back.verdict


def test_swapping_the_arms_turns_benefit_into_harm(ask):
    a = only(ask(trial("a-2019", 12))).synthesis
    b = only(ask(trial("a-2019", -12))).synthesis
    assert a.pooled.mu == pytest.approx(-b.pooled.mu)
    assert a.p_benefit == pytest.approx(b.p_harm)


def test_each_trial_carries_its_caveats_into_the_answer(ask):
    fallback = replace(
        trial("a-2019", 2), results=(row(figures("prp", None, 48, 20), figures("saline", None, 50, 20)),)
    )
    assert any("a-2019: n of arm prp" in caveat for caveat in only(ask(fallback)).caveats)
