"""One patient, from facts to answer: evidence, what is missing, what would move it, medicines and plan."""

from dataclasses import replace
from datetime import date

import pytest

from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.selection import Scenario, consult, evidence_limit, read_facts
from made_patients import KNEE, SAFE
from made_studies import arm, figures, p_row, row, study, trial

# A failing circulation is seen, and consent comes after the answer: neither keeps it back.
SEEN_OR_ASKED_LATER = {"haemodynamically_unstable", "accepts_risk"}


def strong(benefit, count=6):
    """Blinded trials enough in number and size that the certainty is not the limit."""
    return [trial(f"made-{at}", benefit + 0.5 * (at % 3 - 1), n=300) for at in range(count)]


def values_of(moves, fact):
    return next({a.value: a.scenario for a in m.alternatives} for m in moves if m.fact == fact)


def test_a_good_candidate_with_good_evidence_is_likely_to_benefit(ask, safe_knee):
    found = ask(*strong(15.0), **safe_knee)
    assert found.evidence.placebo.verdict in ("helps", "probably helps")
    assert found.scenario is Scenario.LIKELY


def test_the_same_candidate_is_unlikely_to_benefit_when_trials_find_nothing(ask, safe_knee):
    found = ask(*strong(0.0), **safe_knee)
    assert found.decision.candidacy is Scenario.LIKELY
    assert found.scenario is Scenario.UNLIKELY


def test_without_any_evidence_the_best_answer_is_uncertain(ask, safe_knee):
    found = ask(**safe_knee)
    assert found.topic is None
    assert found.scenario is Scenario.UNCERTAIN


def test_beating_another_injection_makes_nobody_likely_to_benefit(ask, safe_knee):
    arms = (arm("prp", "prp", n=300), arm("ha", "hyaluronic-acid", n=300))
    against = [
        study(
            f"made-{at}", row(figures("prp", 300, 30.0, 20.0), figures("ha", 300, 50.0 + at, 20.0)), arms=arms
        )
        for at in range(6)
    ]
    found = ask(*against, **safe_knee)
    assert found.evidence.placebo is None
    assert found.evidence.active is not None
    assert found.scenario is Scenario.UNCERTAIN


def test_condition_and_injection_alone_give_no_answer_and_no_default(ask):
    found = ask(*strong(15.0), condition="knee-osteoarthritis", intervention="prp", side="left")
    assert found.scenario is Scenario.CANNOT_SAY
    blocking = {move.fact for move in found.missing if move.blocks}
    assert blocking == {
        "stage", "platelets_e9_per_l", "red_flags", "infection", "platelet_dysfunction",
    }  # fmt: skip
    assert "infection" in found.because
    assert "stage" in found.because


@pytest.mark.parametrize("fact", sorted(set(SAFE) - SEEN_OR_ASKED_LATER))
def test_each_fact_that_could_forbid_blocks_alone(ask, safe_knee, fact):
    del safe_knee[fact]
    found = ask(*strong(15.0), **safe_knee)
    assert found.scenario is Scenario.CANNOT_SAY
    assert [move.given for move in found.missing if move.blocks] == [fact]


@pytest.mark.parametrize("fact", sorted(SEEN_OR_ASKED_LATER))
def test_what_is_seen_or_asked_later_is_named_and_keeps_nothing_back(ask, safe_knee, fact):
    del safe_knee[fact]
    found = ask(*strong(15.0), **safe_knee)
    assert found.scenario is Scenario.LIKELY
    assert fact in {move.fact for move in found.missing}


def test_hyaluronate_needs_no_platelet_count(ask, safe_knee):
    del safe_knee["platelets"]
    found = ask(**safe_knee | {"intervention": "hyaluronic-acid", "allergies": []})
    assert found.scenario is Scenario.UNCERTAIN
    assert values_of(found.missing, "platelets_e9_per_l")["below 20 × 10⁹/L"] is Scenario.DO_NOT


def test_a_combination_finds_its_evidence_in_whatever_order_it_is_written(ask, safe_knee):
    arms = (arm("both", "prp", plus=("hyaluronic-acid",), n=60), arm("saline", "saline", n=60))
    made = study(
        "made-2020", row(figures("both", 60, 30.0, 20.0), figures("saline", 60, 50.0, 20.0)), arms=arms
    )
    orders = ("prp+hyaluronic-acid", "hyaluronic-acid+prp")
    one, other = (ask(made, **safe_knee | {"intervention": x, "allergies": []}) for x in orders)
    assert one.evidence.placebo is not None
    assert other.evidence.placebo is not None
    assert other.protocols.arms == one.protocols.arms == 1


def test_what_forbids_forbids_whatever_else_is_unknown(ask):
    found = ask(**KNEE, infection="local")
    assert found.scenario is Scenario.DO_NOT
    assert found.because == ""


def test_what_makes_benefit_unlikely_stands_whatever_else_is_unknown(ask):
    found = ask(**KNEE, unstable=True)
    assert found.scenario is Scenario.UNLIKELY
    assert values_of(found.missing, "infection")["local"] is Scenario.DO_NOT


def test_a_missing_fact_is_named_with_what_each_value_would_give(ask, safe_knee):
    found = ask(*strong(15.0), **safe_knee)
    assert values_of(found.missing, "haemoglobin_g_per_dl") == {
        "below 10 g/dL": Scenario.UNCERTAIN,
        "10 g/dL or more": Scenario.LIKELY,
    }
    assert values_of(found.missing, "unstable") == {"yes": Scenario.UNLIKELY, "no": Scenario.LIKELY}


def test_a_missing_fact_that_would_change_nothing_is_not_asked_for(ask, safe_knee):
    found = ask(*strong(0.0), **safe_knee)
    assert "unstable" not in {move.fact for move in found.missing}


def test_what_no_longer_decides_because_the_law_forbids_is_not_asked_for(ask):
    found = ask(**KNEE | {"intervention": "msc-adipose", "country": "IN"})
    assert found.scenario is Scenario.DO_NOT
    assert [move.fact for move in found.missing] == ["in_approved_trial"]


def test_the_country_is_asked_for_where_it_would_forbid(ask, safe_knee):
    found = ask(**safe_knee | {"intervention": "svf", "malignancy": "none", "hba1c_percent": 5.0})
    law = values_of(found.missing, "country")
    assert law["United States of America"] is Scenario.DO_NOT
    assert law["United Kingdom"] is Scenario.UNCERTAIN


def test_a_trial_is_asked_for_where_it_would_lift_the_ban(ask, safe_knee):
    found = ask(**safe_knee | {"intervention": "svf", "malignancy": "none", "country": "US"})
    assert found.scenario is Scenario.DO_NOT
    assert values_of(found.missing, "in_approved_trial") == {"yes": Scenario.UNCERTAIN, "no": Scenario.DO_NOT}


def test_the_single_facts_that_move_the_answer_are_told(ask, safe_knee):
    moves = {m.fact: m for m in ask(*strong(15.0), **safe_knee).moves}
    assert {a.value: a.scenario for a in moves["stage"].alternatives}["end-stage"] is Scenario.UNLIKELY
    assert moves["platelets_e9_per_l"].now == "250 × 10⁹/L"
    spans = {a.value: a.scenario for a in moves["platelets_e9_per_l"].alternatives}
    assert spans == {
        "below 20 × 10⁹/L": Scenario.DO_NOT,
        "20 to below 50 × 10⁹/L": Scenario.UNCERTAIN,
        "50 to below 100 × 10⁹/L": Scenario.UNCERTAIN,
    }


def test_conservative_care_comes_first_and_surgery_last(ask, safe_knee):
    bare = safe_knee | {"grading": {"system": "kellgren-lawrence", "grade": "4"}, "bmi": 31}
    topics = [rule.topic for rule in ask(**bare).alternatives]
    assert topics == ["conservative care", "conservative care", "surgical opinion"]


def test_sources_that_disagree_stand_side_by_side(ask, safe_knee):
    found = ask(**safe_knee | {"bmi": 33})
    (conflict,) = (c for c in found.conflicts if c.topic == "body mass index")
    assert {rule.direction for rule in conflict.rules} == {"worse", "none"}
    assert len({rule.source.reference for rule in conflict.rules}) == 2


def test_a_hold_ends_on_a_day_and_an_antiplatelet_is_never_stopped(ask, safe_knee):
    drugs = [
        {"name": "Naproxen", "last_dose": date(2026, 11, 21)},
        {"name": "aspirin"},
        {"name": "xyzumab"},
    ]
    naproxen, aspirin, unheard = ask(**safe_knee | {"drugs": drugs}).plan.drugs
    assert (naproxen.hold_hours, naproxen.free_from) == (48, date(2026, 11, 24))
    assert aspirin.hold_hours is None
    assert aspirin.prescriber
    assert "Do not stop it" in aspirin.advice
    assert "no rule on file knows it" in unheard.advice


def test_a_medicine_that_nobody_knows_leaves_open_whether_it_thins_blood(ask, safe_knee):
    acid = safe_knee | {"intervention": "prolotherapy-dextrose", "allergies": []}
    brand = {"name": "Clotaway"}
    found = ask(**acid | {"drugs": [brand]})
    assert any("No rule knows Clotaway" in caveat for caveat in found.caveats)
    assert "prolotherapy-anticoagulant" in {rule.id for rule, _ in found.decision.open}
    told = ask(**acid | {"drugs": [brand | {"class": "anticoagulant"}]})
    assert "prolotherapy-anticoagulant" in {rule.id for rule in told.decision.applied}
    assert told.plan.drugs[0].prescriber
    harmless = ask(**acid | {"drugs": [brand | {"class": "other"}]})
    assert "prolotherapy-anticoagulant" not in {rule.id for rule, _ in harmless.decision.open}


def test_common_medicines_leave_nothing_open(ask, safe_knee):
    found = ask(**safe_knee | {"drugs": [{"name": "Metformin"}, {"name": "atorvastatin"}]})
    assert not any("No rule knows" in caveat for caveat in found.caveats)
    assert not any("drug_classes" in facts for _, facts in found.decision.open)


@pytest.mark.parametrize(
    ("days", "rule_is"),
    [
        (["2026-11-15", None], "applied"),
        (["2026-01-15", None], "open"),
        ([None], "open"),
        (["2026-01-15"], "neither"),
    ],
)
def test_a_steroid_on_an_unknown_day_hides_no_recent_one(ask, safe_knee, days, rule_is):
    before = [{"product": "corticosteroid", "same_site": True} | ({"date": d} if d else {}) for d in days]
    decision = ask(**safe_knee | {"prior_injections": before}).decision
    name = "steroid-injection-within-a-month"
    applied = name in {rule.id for rule in decision.applied}
    undecided = name in {rule.id for rule, _ in decision.open}
    assert (applied, undecided) == (rule_is == "applied", rule_is == "open")


def test_an_nsaid_yesterday_counts_beside_a_medicine_that_nobody_knows(ask, safe_knee):
    drugs = [{"name": "ibuprofen", "last_dose": "2026-11-21"}, {"name": "Clotaway"}]
    decision = ask(**safe_knee | {"drugs": drugs}).decision
    assert "nsaid-within-48-hours" in {rule.id for rule in decision.applied}


def test_an_anticoagulant_goes_on_at_a_joint_and_to_the_prescriber_at_the_spine(ask, safe_knee):
    at_joint = ask(**safe_knee | {"drugs": [{"name": "apixaban"}]}).plan.drugs[0]
    spine = {"condition": "discogenic-low-back-pain", "intervention": "prp", "drugs": [{"name": "apixaban"}]}
    at_disc = ask(**spine).plan.drugs[0]
    assert "Need not be stopped" in at_joint.advice
    assert "do not stop it on your own" in at_disc.advice
    assert at_joint.prescriber
    assert at_disc.prescriber


def test_weight_advice_is_for_people_with_weight(ask, safe_knee):
    light, heavy = (ask(**safe_knee | {"bmi": bmi}).plan.advice for bmi in (24.9, 25))
    assert "weight" not in {a.topic for a in light}
    assert "weight" in {a.topic for a in heavy}


def test_follow_up_is_that_of_the_registry(ask, safe_knee):
    plan = ask(**safe_knee).plan
    assert [w.weeks for w in plan.follow_up if not w.is_baseline] == [2, 6, 12, 26, 52, 104]
    assert not plan.is_signed


def test_the_course_is_told_on_the_instrument_of_the_patient(ask, safe_knee):
    found = ask(*strong(15.0), **safe_knee | {"instrument": "nrs-pain"})
    (course,) = found.course
    assert (course.instrument, course.low, course.high) == ("NRS pain", 0, 10)
    assert course.points[0] == pytest.approx(1.5, abs=0.02)


def test_a_grade_whose_wording_was_not_named_is_a_caveat(ask, safe_knee):
    assert any("wordings of Kellgren-Lawrence" in c for c in ask(**safe_knee).caveats)
    named = {"system": "kellgren-lawrence", "grade": "2", "wording": "definite-narrowing"}
    assert not any("wordings" in c for c in ask(**safe_knee | {"grading": named}).caveats)


def test_rules_past_their_review_are_named(vocabulary, evidence_of, safe_knee):
    knowledge, later = load_selection(), date(2030, 1, 1)
    facts = read_facts(safe_knee, vocabulary, knowledge.systems, knowledge.regulations, later)
    assert consult(facts, knowledge, evidence_of(), later).due_for_review


def test_the_law_forbids_whatever_else_is_unknown(ask):
    found = ask(**KNEE | {"intervention": "svf", "country": "US"})
    assert found.decision.candidacy is Scenario.CANNOT_SAY
    assert found.scenario is Scenario.DO_NOT


def test_trials_that_find_nothing_need_no_further_facts(ask):
    found = ask(*strong(0.0), **KNEE)
    assert found.decision.candidacy is Scenario.CANNOT_SAY
    assert found.scenario is Scenario.UNLIKELY


def test_an_instrument_of_another_outcome_is_not_borrowed(ask, safe_knee):
    (course,) = ask(*strong(15.0), **safe_knee | {"instrument": "koos-adl"}).course
    assert course.answer.question.outcome == "pain"
    assert course.instrument == "points of 0–100"


def test_a_trial_without_figures_is_no_placebo_controlled_evidence(evidence_of):
    evidence = evidence_of(study("made-2020", p_row(0.03, relation="<")))
    topic = evidence.topic("knee-osteoarthritis", "prp")
    strict = replace(load_selection().ceiling, without_placebo=Scenario.UNLIKELY)
    found = evidence_limit(topic, strict)
    assert found.placebo is not None
    assert found.placebo.synthesis is None
    assert found.scenario is Scenario.UNLIKELY
