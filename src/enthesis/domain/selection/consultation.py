"""One consultation: facts, knowledge and evidence in; scenario, reasons, alternatives and plan out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enthesis.domain.evidence import Evidence, Topic
from enthesis.domain.evidence.questions import intervention_key
from enthesis.domain.selection.ceiling import EvidenceLimit, evidence_limit
from enthesis.domain.selection.course import ExpectedCourse, expected_course
from enthesis.domain.selection.decision import Decision, Rulebook, decide
from enthesis.domain.selection.drugs import class_of, drug_advice
from enthesis.domain.selection.facets import FACETS, facets_of
from enthesis.domain.selection.facts import PatientFacts
from enthesis.domain.selection.knowledge import SelectionKnowledge
from enthesis.domain.selection.plans import Plan, make_plan, rehabilitation_for
from enthesis.domain.selection.rules import Consequence, Rule, in_force
from enthesis.domain.selection.scenario import Scenario
from enthesis.domain.selection.trial_protocols import TrialProtocols, trial_protocols
from enthesis.domain.selection.what_if import Move, missing_facts, what_would_move
from enthesis.domain.selection.words import WORDING_NOT_STATED

__all__ = ["Conflict", "Consultation", "consult"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that disagree about one factor, side by side; nobody here decides between them."""

    topic: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """The answer for one patient and one proposed injection.

    ``because`` is said when the scenario is that it cannot be said. ``topic`` is None where the catalogue
    holds nothing about the condition and the injection.
    """

    facts: PatientFacts
    today: date
    decision: Decision
    because: str
    evidence: EvidenceLimit
    topic: Topic | None
    course: tuple[ExpectedCourse, ...]
    protocols: TrialProtocols
    missing: tuple[Move, ...]
    moves: tuple[Move, ...]
    conflicts: tuple[Conflict, ...]
    plan: Plan
    caveats: tuple[str, ...]
    due_for_review: tuple[Rule, ...]

    @property
    def scenario(self) -> Scenario:
        """The scenario after rules, law and evidence."""
        return self.decision.scenario

    @property
    def alternatives(self) -> tuple[Rule, ...]:
        """What else to do, conservative care first."""
        found = self.decision.of(Consequence.ALTERNATIVE, Consequence.REFER)
        return tuple(sorted(found, key=lambda rule: (rule.consequence is not Consequence.REFER, rule.order)))


def consult(
    facts: PatientFacts, knowledge: SelectionKnowledge, evidence: Evidence, today: date
) -> Consultation:
    """The answer for one patient, from what is known today.

    Args:
        facts: Facts of the patient; unknown ones are named and never filled in.
        knowledge: Rules, regulation and plans.
        evidence: The live body of evidence.
        today: Day of the consultation: which rules hold, and how long ago things were.

    Raises:
        NotFound: A country about which nothing was read, or a condition without a plan.
    """
    facets = facets_of(facts, evidence.vocabulary, knowledge.stages, knowledge.drugs, today)
    injection = intervention_key(frozenset(facts.intervention.split("+")), evidence.rules)
    topic = evidence.topics.get((facts.condition, injection))
    limit = evidence_limit(topic, knowledge.ceiling)
    rules = in_force(knowledge.rules, today)
    book = Rulebook(rules, knowledge.regulations, limit.scenario)
    decision = decide(facets, book)
    template = rehabilitation_for(knowledge.plans, facts.condition)
    medicines = drug_advice(facts.drugs or (), knowledge.drugs, facets)
    return Consultation(
        facts=facts,
        today=today,
        decision=decision,
        because=_because(decision),
        evidence=limit,
        topic=topic,
        course=expected_course(topic, evidence, facts),
        protocols=trial_protocols(evidence.studies.values(), facts.condition, injection, evidence.rules),
        missing=missing_facts(facets, book, decision),
        moves=what_would_move(facets, book, decision),
        conflicts=tuple(_conflicts(decision)),
        plan=make_plan(template, medicines, knowledge.protocol, facets),
        caveats=tuple(_caveats(facts, decision, template.signed_by, knowledge, facets)),
        due_for_review=tuple(rule for rule in decision.applied if rule.next_review < today),
    )


def _because(decision: Decision) -> str:
    if decision.scenario is not Scenario.CANNOT_SAY:
        return ""
    names = ", ".join(FACETS[name].label for name in FACETS if name in decision.blocking)
    return f"it is not known: {names}"


def _conflicts(decision: Decision) -> Iterator[Conflict]:
    """Factors about which sources point different ways; a limit against one counts as worse."""
    by_topic: dict[str, list[Rule]] = defaultdict(list)
    for rule in decision.of(Consequence.FACTOR):
        by_topic[rule.topic].append(rule)
    for topic, rules in by_topic.items():
        if len({rule.direction for rule in rules}) > 1:
            yield Conflict(topic, tuple(rules))


def _caveats(
    facts: PatientFacts,
    decision: Decision,
    signed_by: str,
    knowledge: SelectionKnowledge,
    facets: Mapping[str, Any],
) -> Iterator[str]:
    yield "Rules inform a clinician and do not decide. This is not a medical device."
    unsigned = [rule for rule in decision.applied if not rule.checked_by]
    if unsigned:
        yield f"{len(unsigned)} of {len(decision.applied)} rules that apply await a clinician's signature."
    if unplaced := [d.name for d in facts.drugs or () if not class_of(d, knowledge.drugs)]:
        yield f"No rule knows {', '.join(unplaced)}; give its class, or whether it matters stays open."
    if facts.grading and facts.grading.wording == WORDING_NOT_STATED:
        name = knowledge.systems[facts.grading.system].name
        yield f"Several wordings of {name} are in use, and the reader's was not named."
    if facts.grading and facets.get("stage") is None:
        yield f"{facts.grading.system} {facts.grading.code} says nothing about the stage; no rule reads it."
    if facts.country is None:
        yield "The country is not known, so the law was not looked at."
    if not signed_by:
        yield "The rehabilitation plan is a template that no clinician has signed yet."
