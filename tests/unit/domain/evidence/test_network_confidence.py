"""Confidence in network comparisons rests on the assessments that people made."""

from datetime import date

import pytest

from enthesis.catalogue.risk_of_bias_tools import load_risk_of_bias_tools
from enthesis.domain.evidence import build
from enthesis.domain.evidence.appraisal import AssessedRow, Assessment, DomainAnswers, Opinion
from enthesis.domain.evidence.network_confidence import assessed_trials, confidence_of, risk_levels
from enthesis.domain.evidence.networks import fit_network, read_networks
from enthesis.domain.evidence.study import Blinding
from enthesis.report.confidence_words import confidence_level, reason_words
from enthesis.statistics.network import ComparisonConfidence, contributions
from made_studies import arm, figures, row, study

ROB2 = load_risk_of_bias_tools()["rob2-2019"]
SOUND = {
    "D1": {"1.1": "Y", "1.2": "Y", "1.3": "N"},
    "D2": {"2.1": "N", "2.2": "N", "2.6": "Y"},
    "D3": {"3.1": "Y"},
    "D4": {"4.1": "N", "4.2": "N", "4.3": "N"},
    "D5": {"5.1": "Y", "5.2": "N", "5.3": "N"},
}


def judged(name, level):
    decision = Opinion(level, "A", date(2026, 11, 22), "made for a test")
    rows = (AssessedRow("pain", "vas-pain", 26),)
    domains = {d: DomainAnswers(answers, "made for a test") for d, answers in SOUND.items()}
    return Assessment(name, name, ROB2, rows, ("A",), date(2026, 11, 22), ("it",), domains, decision)


def two(name, treatment, comparator, benefit, **more):
    arms = (arm("a", treatment, n=100), arm("b", comparator, n=100))
    found = row(figures("a", 100, 50 - benefit, 20), figures("b", 100, 50, 20))
    return study(name, found, arms=arms, **more)


TRIALS = (
    two("a-2018", "prp", "saline", 12),
    two("b-2019", "prp", "saline", 10),
    two("c-2020", "hyaluronic-acid", "saline", 4),
    two("d-2021", "prp", "hyaluronic-acid", 7),
)


@pytest.fixture
def fitted(rules, vocabulary):
    def of(*studies):
        (held,) = read_networks(build({s.id: s for s in studies}, {}, vocabulary, rules)).values()
        return fit_network(held)

    return of


def bias_of(found, treatment, comparator):
    c = next(x for x in found if {x.treatment, x.comparator} == {treatment, comparator})
    return next(x for x in c.concerns if x.domain == "within-study bias")


def test_a_trial_nobody_assessed_counts_as_some_concerns_and_an_open_one_as_high(fitted):
    opened = two("d-2021", "prp", "hyaluronic-acid", 7, blinding=Blinding(participants=False))
    trials = fitted(*TRIALS[:3], opened).trials.trials
    assert risk_levels(trials, [judged("a-2018", "low")]) == {
        "a-2018": "low", "b-2019": "some concerns", "c-2020": "some concerns", "d-2021": "high",
    }  # fmt: skip
    assert assessed_trials(trials, [judged("a-2018", "low")]) == {"a-2018"}


def test_low_risk_everywhere_is_no_concern_and_high_risk_everywhere_a_major_one(fitted):
    found = fitted(*TRIALS)
    (part,) = found.parts
    for level, concern in (("low", "none"), ("some-concerns", "some"), ("high", "major")):
        told = confidence_of(part, found, [judged(t.id, level) for t in TRIALS])
        assert {bias_of(told, "prp", c).concern for c in ("placebo", "hyaluronic-acid")} == {concern}


def test_indirectness_is_left_to_a_person_and_every_proposal_says_so(fitted):
    found = fitted(*TRIALS)
    told = confidence_of(found.parts[0], found, ())
    assert len(told) == 3
    assert all("indirectness-not-judged" in {c.code for c in x.caveats} for x in told)


def test_two_treatments_are_left_to_the_answers_of_the_map(fitted):
    found = fitted(*TRIALS[:2])
    assert confidence_of(found.parts[0], found, ()) == ()


def test_every_comparison_comes_whole_from_its_direct_ones(fitted):
    shares = contributions(fitted(*TRIALS).parts[0].analysis)
    assert shares.by_link.sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("least", "most", "said"), [("low", "low", "low"), ("very low", "moderate", "very low to moderate")]
)
def test_concerns_that_overlap_leave_a_span_of_levels(least, most, said):
    assert confidence_level(ComparisonConfidence("a", "b", (), least, most, ())) == said


def test_reasons_have_real_minus_signs_and_keep_their_hyphens():
    assert (
        reason_words("The interval -1.2 to 3 of a multi-arm trial")
        == "The interval −1.2 to 3 of a multi-arm trial"
    )
