"""What a rule, a source, a ceiling and a hold may not be."""

from dataclasses import replace
from datetime import date

import pytest

from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.evidence import Level, Verdict
from enthesis.domain.selection import (
    AllOf,
    Comparison,
    Consequence,
    DrugRule,
    Rule,
    Scenario,
    Source,
    SourceKind,
    Strength,
    in_force,
    most_cautious,
)
from enthesis.errors import InvalidData

READ = Source(SourceKind.GUIDELINE, Strength.STRONG, "A guideline", url="https://example.org/")
UNREAD = Source(SourceKind.UNVERIFIED, Strength.NOT_VERIFIED, "No source was found")
SMOKES = Comparison("smoker", "is", frozenset({True}))


def rule(**more):
    facts = {
        "id": "made", "consequence": Consequence.ABSOLUTE, "when": SMOKES, "text": "Text.", "why": "Why.",
        "source": READ, "valid_from": date(2026, 1, 1), "next_review": date(2027, 1, 1),
    }  # fmt: skip
    return Rule(**(facts | more))


@pytest.mark.parametrize(
    "consequence", [c for c in Consequence if c.name not in ("FACTOR", "ALTERNATIVE", "INFORMS")]
)
def test_what_is_unverified_never_decides(consequence):
    needs = consequence in (Consequence.INDICATES, Consequence.LIMITS)
    with pytest.raises(InvalidData, match=r"made\.source: decides and is unverified"):
        rule(consequence=consequence, source=UNREAD, scenario=Scenario.UNLIKELY if needs else None)


def test_what_is_unverified_may_inform():
    assert not rule(consequence=Consequence.INFORMS, source=UNREAD).decides


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"consequence": Consequence.LIMITS}, "do not go together"),
        ({"scenario": Scenario.UNLIKELY}, "do not go together"),
        (
            {"consequence": Consequence.LIMITS, "scenario": Scenario.CANNOT_SAY},
            "cannot say that it cannot say",
        ),
        ({"consequence": Consequence.FACTOR}, "A response factor is one of better, worse, none"),
        ({"direction": "worse"}, "nothing else has one"),
        ({"consequence": Consequence.RELATIVE, "blocks_when_unknown": False}, "only a rule that forbids"),
        ({"valid_until": date(2025, 1, 1)}, "before it begins"),
        ({"when": Comparison("shoe_size", "below", 40.0)}, "asks about 'shoe_size', which no patient has"),
        ({"when": Comparison("smoker", "includes", frozenset({"x"}))}, "A flag is asked with is"),
        ({"when": Comparison("infection", "is", frozenset({"bad"}))}, "'bad' is no infection"),
        (
            {"when": Comparison("age_years", "is", frozenset({"5"}))},
            "A number is asked with below or at_least",
        ),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(more, said):
    with pytest.raises(InvalidData, match=said):
        rule(**more)


def test_a_rule_holds_from_its_first_to_its_last_day():
    ended = rule(valid_until=date(2026, 6, 30))
    newer = rule(valid_from=date(2026, 7, 1))
    assert in_force([ended, newer], date(2025, 12, 31)) == ()
    assert in_force([ended, newer], date(2026, 6, 30)) == (ended,)
    assert in_force([ended, newer], date(2026, 7, 1)) == (newer,)


def test_a_source_without_an_address_is_refused():
    with pytest.raises(InvalidData, match="names no address"):
        Source(SourceKind.GUIDELINE, Strength.STRONG, "A guideline")


@pytest.mark.parametrize(
    ("kind", "strength"),
    [(SourceKind.UNVERIFIED, Strength.STRONG), (SourceKind.PRACTICE, Strength.NOT_VERIFIED)],
)
def test_only_what_is_unverified_is_called_so(kind, strength):
    with pytest.raises(InvalidData, match="calls itself"):
        Source(kind, strength, "A page")


def hold(drug_class, hours):
    return DrugRule("made", drug_class, ("x",), AllOf(()), hours, "Advice.", "Basis.", READ)


@pytest.mark.parametrize("drug_class", ["anticoagulant", "antiplatelet", "systemic-corticosteroid"])
def test_no_rule_stops_what_only_the_prescriber_may_stop(drug_class):
    with pytest.raises(InvalidData, match="send the question to the prescriber"):
        hold(drug_class, 120)


def test_a_hold_runs_forward():
    with pytest.raises(InvalidData, match="must be at least 0"):
        hold("nsaid", -1)


def test_the_ceiling_speaks_once_about_every_verdict_and_certainty():
    ceiling = load_selection().ceiling
    with pytest.raises(InvalidData, match="is named 0 times"):
        replace(ceiling, steps=ceiling.steps[1:])
    with pytest.raises(InvalidData, match="is named 2 times"):
        replace(ceiling, steps=(*ceiling.steps, ceiling.steps[0]))


def test_likely_needs_placebo_controlled_evidence_of_moderate_certainty():
    """Low certainty gives 'may help' at best (verdicts.decide), and 'may help' leaves 'uncertain'."""
    steps = load_selection().ceiling.steps
    likely = {step.verdict for step in steps if step.at_most is Scenario.LIKELY}
    assert likely == {Verdict.HELPS, Verdict.PROBABLY_HELPS}
    assert load_selection().ceiling.without_placebo is Scenario.UNCERTAIN


def test_a_certain_finding_of_no_benefit_makes_benefit_unlikely():
    steps = load_selection().ceiling.steps
    found = {
        level: step.at_most
        for step in steps
        if step.verdict is Verdict.NO_IMPORTANT_BENEFIT
        for level in step.levels
    }
    assert found[Level.HIGH] is found[Level.MODERATE] is Scenario.UNLIKELY
    assert found[Level.LOW] is Scenario.UNCERTAIN


def test_the_most_cautious_of_none_holds_nothing_back():
    assert most_cautious([]) is Scenario.LIKELY
    assert most_cautious([Scenario.UNCERTAIN, Scenario.DO_NOT]) is Scenario.DO_NOT
