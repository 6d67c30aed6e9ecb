"""The shipped rules, regulation and plans: words that exist, people who can be asked, laws that hold."""

import json
import time
from datetime import date

import pytest

from enthesis.catalogue.schema import read_schema
from enthesis.catalogue.selection_build import build_condition
from enthesis.catalogue.selection_loader import SELECTION_FOLDER, load_selection, read_rules
from enthesis.cli.state import evidence
from enthesis.domain.evidence import Level, Verdict
from enthesis.domain.selection import (
    STAGES,
    Consequence,
    LegalStatus,
    Scenario,
    SourceKind,
    Strength,
    consult,
    read_facts,
)
from enthesis.domain.selection.logic import facts_asked
from enthesis.domain.selection.product_classes import classes_of
from enthesis.domain.selection.words import PAIRED_REGIONS
from enthesis.errors import InvalidData
from enthesis.report.consult_json import consultation_object
from made_patients import KNEE, SAFE

TODAY = date(2026, 11, 22)
KNOWLEDGE = load_selection()


def asked(facts):
    held = evidence()
    known = read_facts(facts, held.vocabulary, KNOWLEDGE.systems, KNOWLEDGE.regulations, TODAY)
    return consult(known, KNOWLEDGE, held, TODAY)


def enum_of(kind, *path):
    found = read_schema(kind)
    for step in path:
        found = found[step]
    return found["enum"]


def rule_fields():
    return ("properties", "rules", "items", "properties")


def test_the_lists_of_words_in_schemas_are_those_of_the_domain():
    source = ("properties", "sources", "additionalProperties", "properties")
    assert enum_of("selection-rules", *rule_fields(), "consequence") == list(Consequence)
    assert enum_of("selection-rules", *source, "kind") == list(SourceKind)
    assert enum_of("selection-rules", *source, "strength") == list(Strength)
    decided = [s for s in Scenario if s is not Scenario.CANNOT_SAY]
    assert enum_of("selection-rules", *rule_fields(), "scenario") == decided
    step = ("properties", "steps", "items", "properties")
    assert enum_of("selection-ceiling", *step, "verdict") == list(Verdict)
    assert set(enum_of("selection-ceiling", *step, "levels", "items")) == {level.word for level in Level}
    stated = [s for s in LegalStatus if s is not LegalStatus.NOT_STATED]
    assert set(enum_of("regulation", "properties", "products", "items", "properties", "status")) == set(
        stated
    )
    grades = ("properties", "systems", "additionalProperties", "additionalProperties")
    assert enum_of("selection-stages", *grades) == list(STAGES)


def words_asked(fact):
    conditions = [rule.when for rule in KNOWLEDGE.rules] + [rule.when for rule in KNOWLEDGE.drugs]
    conditions += [a.when for plan in KNOWLEDGE.plans for a in plan.advice]
    return {w for when in conditions for c in facts_asked(when) if c.fact == fact for w in c.against}


def test_rules_ask_only_about_conditions_and_injections_that_exist():
    held = evidence().vocabulary
    assert words_asked("condition") <= set(held.conditions)
    assert words_asked("intervention") <= set(held.interventions)
    assert words_asked("region") <= {c.region for c in held.conditions.values()}
    assert words_asked("family") <= {c.family for c in held.conditions.values()}


def test_regulation_is_about_conditions_and_injections_that_exist():
    held = evidence().vocabulary
    for regulation in KNOWLEDGE.regulations.values():
        for entry in regulation.products:
            assert set(entry.interventions) <= set(held.interventions), regulation.code
            assert set(entry.conditions) <= set(held.conditions), regulation.code
        assert not regulation.member_of or regulation.member_of in KNOWLEDGE.regulations


def test_every_condition_has_one_plan():
    covered = [c for plan in KNOWLEDGE.plans for c in plan.conditions]
    assert sorted(covered) == sorted(evidence().vocabulary.conditions)


def test_every_injection_of_the_map_belongs_to_a_class_of_products():
    assert all(classes_of(name) for name in evidence().rules.interventions())


def test_every_paired_region_exists():
    assert {c.region for c in evidence().vocabulary.conditions.values()} >= PAIRED_REGIONS


def test_what_is_unverified_decides_nothing():
    unverified = [rule for rule in KNOWLEDGE.rules if not rule.source.is_verified]
    assert unverified, "none is marked, so this test shows nothing"
    assert not any(rule.decides for rule in unverified)


def test_nothing_is_signed_by_someone_who_did_not_sign():
    """Signatures come from clinicians; until then the answer says that they are missing."""
    assert not any(rule.checked_by for rule in KNOWLEDGE.rules)
    assert not any(plan.signed_by for plan in KNOWLEDGE.plans)


def test_placebo_controlled_evidence_tempers_the_knee():
    found = asked(KNEE | SAFE)
    assert found.decision.candidacy is Scenario.LIKELY
    assert not found.evidence.placebo.synthesis.scale.is_ratio
    assert found.evidence.placebo.question.comparator_class.is_placebo
    assert found.scenario is Scenario.UNCERTAIN


@pytest.mark.parametrize(
    "intervention", ["prp", "bmac", "hyaluronic-acid", "prolotherapy-dextrose", "msc-bone-marrow"]
)
@pytest.mark.parametrize("condition", sorted(evidence().vocabulary.conditions))
def test_any_condition_and_injection_can_be_asked_about_and_written_down(condition, intervention):
    region = evidence().vocabulary.conditions[condition].region
    side = {"side": "left"} if region in PAIRED_REGIONS else {}
    found = asked({"condition": condition, "intervention": intervention, **side})
    assert found.scenario is Scenario.CANNOT_SAY or found.scenario.rank <= found.evidence.scenario.rank
    json.dumps(consultation_object(found, KNOWLEDGE, evidence()), allow_nan=False)


def test_an_answer_takes_less_than_the_blink_that_the_screen_allows():
    asked(KNEE | SAFE)
    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        asked(KNEE | SAFE)
        spent.append(time.perf_counter() - begun)
    # The page has 200 ms in all; measured 40 ms on two shared cores, so this catches a change of order.
    assert min(spent) < 0.2


def test_a_rule_cannot_hold_twice_at_one_time(tmp_path):
    text = (SELECTION_FOLDER / "rules" / "against.yaml").read_text(encoding="utf-8")
    (tmp_path / "against.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "again.yaml").write_text(text.replace("id: against", "id: again", 1), encoding="utf-8")
    with pytest.raises(InvalidData, match="the rule 'bone-on-bone' holds twice at one time"):
        read_rules(tmp_path)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("scenario: unlikely to benefit", "scenario: doubtful", "'doubtful' is no known scenario"),
        ("is: [end-stage]", "is: [bare]", "'bare' is no stage by the grading system"),
        ("source: practice", "source: hearsay", "No source is called 'hearsay'"),
        ("fact: stage", "fact: mood", "asks about 'mood', which no patient has"),
        ("valid_from: '2026-11-22'", "valid_from: '2026-02-30'", "'2026-02-30' is no day of the calendar"),
        (
            "kind: practice, strength: expert opinion",
            "kind: unverified, strength: not verified",
            "decides and is unverified",
        ),
    ],
)
def test_a_broken_rule_file_names_the_fault(tmp_path, was, now, said):
    text = (SELECTION_FOLDER / "rules" / "against.yaml").read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "against.yaml").write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(InvalidData, match=said):
        read_rules(tmp_path)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"fact": "bmi"}, "compares nothing, or twice"),
        ({"fact": "bmi", "below": 5, "at_least": 3}, "compares nothing, or twice"),
        ({"all": [], "fact": "bmi"}, "stands beside other fields"),
    ],
)
def test_a_condition_that_says_nothing_is_refused(when, said):
    with pytest.raises(InvalidData, match=said):
        build_condition(when)
