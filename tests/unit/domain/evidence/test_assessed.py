"""Assessments of trials in the certainty of an answer, and verdicts without the trials they doubt."""

from datetime import date

import pytest

from enthesis.catalogue.risk_of_bias_tools import load_risk_of_bias_tools
from enthesis.domain.evidence import Level, build
from enthesis.domain.evidence.appraisal import AssessedRow, Assessment, DomainAnswers, Opinion
from enthesis.domain.evidence.study import Blinding
from made_studies import trial

ROB2 = load_risk_of_bias_tools()["rob2-2019"]
SOUND = {
    "D1": {"1.1": "Y", "1.2": "Y", "1.3": "N"},
    "D2": {"2.1": "N", "2.2": "N", "2.6": "Y"},
    "D3": {"3.1": "Y"},
    "D4": {"4.1": "N", "4.2": "N", "4.3": "N"},
    "D5": {"5.1": "Y", "5.2": "N", "5.3": "N"},
}
OPEN = Blinding(participants=False)


def assessed(study, level=None, *, weeks=26, versus=None):
    """A sound trial, or one that its assessor calls otherwise."""
    decision = Opinion(level, "A", date(2026, 11, 22), "made for a test") if level else None
    rows = (AssessedRow("pain", "vas-pain", weeks, None, versus),)
    domains = {d: DomainAnswers(answers, "made for a test") for d, answers in SOUND.items()}
    return Assessment(
        f"{study}-pain", study, ROB2, rows, ("A",), date(2026, 11, 22), ("it",), domains, decision
    )


@pytest.fixture
def answer_of(rules, vocabulary):
    def answer(studies, assessments=()):
        held = build({s.id: s for s in studies}, {}, vocabulary, rules, assessments=assessments)
        (found,) = held.topics["knee-osteoarthritis", "prp"].answers
        return found

    return answer


def bias(answer):
    (found,) = (d for d in answer.certainty.domains if d.domain == "risk of bias")
    return found


def labels(answer):
    return [s.label for s in answer.sensitivities]


def test_without_an_assessment_one_level_stays_the_least(answer_of):
    found = bias(answer_of([trial("a-2019", 5), trial("b-2020", 5)]))
    assert found.steps == -1
    assert "no trial of this pool has a risk-of-bias assessment yet" in found.reason


def test_low_risk_in_most_of_the_weight_costs_nothing_and_opens_the_way_to_high_certainty(answer_of):
    trials = [trial(f"{name}-2020", 20, n=400) for name in "abcde"]
    told = answer_of(trials, [assessed(t.id) for t in trials])
    assert bias(told).steps == 0
    assert "low risk 100% of the weight" in bias(told).reason
    assert answer_of(trials).level is Level.MODERATE
    assert told.level is Level.HIGH


@pytest.mark.parametrize(
    ("judged", "steps"),
    [
        (["low", "low", "high"], -1),  # 2/3 of the weight is 0.667, below the declared 0.67
        (["low", "low", "low", "high"], 0),
        (["low", "some-concerns", "some-concerns"], -1),
        (["some-concerns", "some-concerns", "some-concerns"], -1),
        (["high", "high", "high", "low"], -2),
        (["high", "low"], -1),
    ],
)
def test_levels_follow_the_share_of_the_weight(answer_of, judged, steps):
    trials = [trial(f"t{i}-2020", 5) for i in range(len(judged))]
    told = answer_of(trials, [assessed(t.id, level) for t, level in zip(trials, judged, strict=True)])
    assert bias(told).steps == steps


def test_a_trial_nobody_assessed_counts_as_some_concerns_and_the_reason_says_so(answer_of):
    trials = [trial("a-2019", 5), trial("b-2020", 5)]
    found = bias(answer_of(trials, [assessed("a-2019")]))
    assert found.steps == -1
    assert "50% of the weight is not assessed" in found.reason


def test_an_open_trial_nobody_assessed_counts_as_high_risk(answer_of):
    trials = [trial("a-2019", 5), *(trial(f"{x}-2020", 5, blinding=OPEN) for x in "bcd")]
    assert bias(answer_of(trials, [assessed("a-2019")])).steps == -2


def test_an_assessment_judges_its_own_row_only(answer_of):
    trials = [trial("a-2019", 5)]
    for other in (assessed("a-2019", weeks=52), assessed("a-2019", versus="other"), assessed("b-2020")):
        assert "no trial of this pool has" in bias(answer_of(trials, [other])).reason
    assert "assessed with RoB 2" in bias(answer_of(trials, [assessed("a-2019", versus="saline")])).reason


def test_the_verdict_without_trials_at_high_risk_stands_beside(answer_of):
    trials = [trial("a-2019", 0, n=200), trial("b-2020", 0, n=200), trial("c-2021", 30, n=200)]
    told = answer_of(trials, [assessed("a-2019"), assessed("b-2020"), assessed("c-2021", "high")])
    (line,) = (s for s in told.sensitivities if s.label == "without trials at high risk of bias")
    assert [c.pick.study.id for c in line.synthesis.contrasts] == ["a-2019", "b-2020"]
    assert line.synthesis.judged.mu == pytest.approx(0, abs=1e-9)
    assert "blinded trials only" not in labels(told)


def test_until_trials_are_assessed_the_blinded_ones_stand_alone(answer_of):
    trials = [trial("a-2019", 0), trial("b-2020", 20, blinding=OPEN), trial("c-2021", 9, blinding=Blinding())]
    told = answer_of(trials)
    (line,) = (s for s in told.sensitivities if s.label == "blinded trials only")
    assert [c.pick.study.id for c in line.synthesis.contrasts] == ["a-2019"]


def test_no_line_where_nothing_was_dropped_or_nothing_is_left(answer_of):
    assert labels(answer_of([trial("a-2019", 5), trial("b-2020", 5)])) == []
    assert labels(answer_of([trial("a-2019", 5, blinding=OPEN)])) == []
