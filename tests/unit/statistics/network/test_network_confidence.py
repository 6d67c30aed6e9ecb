"""Confidence in the manner of CINeMA: each rule as a table, and whole proposals."""

import pytest

from enthesis.statistics import network
from enthesis.statistics.network import Comparison, Estimate, InconsistencyTest, NodeSplit
from enthesis.statistics.network.confidence_rules import (
    heterogeneity_concern,
    imprecision_concern,
    incoherence_concern,
)
from enthesis.statistics.pooling import Certificate

CERTIFICATE = Certificate(converged=True, iterations=0, score=0.0, boundary=False, roots=0)
IMPORTANT = 5.0


def comparison(estimate, ci, prediction=None, evidence="mixed"):
    return Comparison("prp", "saline", estimate, 1.0, estimate, 0.05, ci, prediction, 2, evidence)


def split(direct, indirect, p):
    parts = (
        Estimate(x, 1.0, q, (x - 2.0, x + 2.0))
        for x, q in ((direct, 1), (indirect, 1), (direct - indirect, p))
    )
    return NodeSplit("prp", "saline", 2, 0, *parts, 0.0, CERTIFICATE)


def global_test(p):
    return InconsistencyTest(1.0, 1, p, 0.0, CERTIFICATE, ())


@pytest.mark.parametrize(
    ("estimate", "ci", "concern"),
    [
        (-8.0, (-12.0, -4.0), "none"),
        (-3.0, (-4.0, -2.0), "none"),
        (-1.0, (-4.0, 2.0), "none"),
        (-8.0, (-18.0, 2.0), "some"),
        (8.0, (-2.0, 18.0), "some"),
        (-8.0, (-22.0, 6.0), "major"),
        (8.0, (-6.0, 22.0), "major"),
        (0.0, (-5.0, 5.0), "major"),
    ],
)
def test_imprecision_is_what_an_interval_leaves_open(estimate, ci, concern):
    found = imprecision_concern(comparison(estimate, ci), IMPORTANT)
    assert found.concern == concern
    assert f"{ci[0]:.3g} to {ci[1]:.3g}" in found.reason


@pytest.mark.parametrize(
    ("ci", "prediction", "concern"),
    [
        ((-12.0, -4.0), (-14.0, -2.0), "none"),
        ((-12.0, -4.0), (-18.0, 2.0), "some"),
        ((-12.0, -4.0), (-22.0, 6.0), "major"),
        ((-18.0, 2.0), (-22.0, 6.0), "some"),
        ((-22.0, 6.0), (-30.0, 14.0), "none"),
        ((-10.0, -6.0), (-12.0, -4.0), "some"),
        ((-12.0, -4.0), None, "some"),
    ],
)
def test_heterogeneity_is_what_a_new_setting_takes_away(ci, prediction, concern):
    assert heterogeneity_concern(comparison(-8.0, ci, prediction), IMPORTANT).concern == concern


@pytest.mark.parametrize(
    ("given", "test", "evidence", "concern"),
    [
        (split(-8.0, -7.0, 0.6), global_test(0.001), "mixed", "none"),
        (split(-8.0, -1.0, 0.05), global_test(0.6), "mixed", "some"),
        (split(-8.0, 4.0, 0.001), None, "mixed", "major"),
        (split(-8.0, 6.0, 0.3), None, "mixed", "some"),
        (None, global_test(0.5), "indirect", "none"),
        (None, global_test(0.07), "direct", "some"),
        (None, global_test(0.02), "indirect", "major"),
        (None, None, "indirect", "some"),
        (None, None, "direct", "none"),
    ],
)
def test_incoherence_comes_from_the_split_or_else_from_the_whole_network(given, test, evidence, concern):
    found = incoherence_concern(comparison(-8.0, (-12.0, -4.0), evidence=evidence), given, test, IMPORTANT)
    assert found.concern == concern


def evidence():
    """Two equal trials of prp and saline, one of steroid and saline."""
    study, drug, mean = [], [], []
    for i, (a, b, difference) in enumerate(
        (("saline", "prp", -9.0), ("saline", "prp", -8.0), ("saline", "steroid", -4.0))
    ):
        study += [f"trial {i}"] * 2
        drug += [a, b]
        mean += [0.0, difference]
    held = network.read_network(study, drug, "MD", mean=mean, sd=[10.0] * 6, n=[200] * 6)
    (part,) = network.network_meta_analysis(held, interval="wald").parts
    return part


def proposals(**options):
    bias = {"trial 0": "low", "trial 1": "high", "trial 2": "low"}
    found = network.propose_confidence(evidence(), important=IMPORTANT, risk_of_bias=bias, **options)
    return {(x.treatment, x.comparator): x for x in found}


def test_bias_of_trials_counts_by_what_they_contribute():
    found = proposals()
    concerns = {pair: {c.domain: c for c in x.concerns} for pair, x in found.items()}
    bias = concerns["prp", "saline"]["within-study bias"]
    assert bias.concern == "some"
    assert bias.reason == "Evidence by level: 50 % low, 0 % some concerns, 50 % high; mean 1.00 of 2."
    assert concerns["steroid", "saline"]["within-study bias"].concern == "none"
    # prp against steroid: half over the steroid trial, a quarter over each prp trial.
    indirect = concerns["steroid", "prp"]["within-study bias"]
    assert indirect.reason == "Evidence by level: 75 % low, 0 % some concerns, 25 % high; mean 0.50 of 2."
    assert indirect.concern == "some"


def test_confidence_is_a_span_because_three_domains_overlap():
    found = proposals()["steroid", "prp"]
    steps = {concern.domain: concern.steps for concern in found.concerns}
    levels = ("high", "moderate", "low", "very low")
    overlapping = [steps[name] for name in ("imprecision", "heterogeneity", "incoherence")]
    assert steps["incoherence"] == 1
    assert found.at_least == levels[min(sum(steps.values()), 3)]
    assert found.at_most == levels[min(steps["within-study bias"] + max(overlapping), 3)]
    assert levels.index(found.at_least) >= levels.index(found.at_most)


def test_what_was_not_judged_is_said():
    codes = {c.code for c in proposals()["prp", "saline"].caveats}
    assert codes == {"proposal", "indirectness-not-judged"}
    judged = proposals(indirectness=dict.fromkeys(("trial 0", "trial 1", "trial 2"), "major"))[
        "prp", "saline"
    ]
    assert {c.code for c in judged.caveats} == {"proposal"}
    assert {c.domain: c.concern for c in judged.concerns}["indirectness"] == "major"
    assert judged.at_least == "very low"
