"""Who may benefit from an injection, who must not have it, and what to do instead or afterwards.

This room owns the words candidacy, scenario, contraindication, hold, regulation and plan. Rules, regulation
and plans are data; here they are weighed by pure functions that know no file and no clock. A missing fact is
named and never filled in, and no scenario is more optimistic than the live evidence allows.
"""

from enthesis.domain.selection.ceiling import CeilingStep, EvidenceCeiling, EvidenceLimit, evidence_limit
from enthesis.domain.selection.consultation import Conflict, Consultation, consult
from enthesis.domain.selection.course import ExpectedCourse, expected_course
from enthesis.domain.selection.decision import Decision, Rulebook, decide
from enthesis.domain.selection.drugs import DrugAdvice, DrugRule
from enthesis.domain.selection.facets import FACETS, STAGES, Facet, facets_of
from enthesis.domain.selection.facts import Drug, PatientFacts, PriorInjection, PriorSurgery
from enthesis.domain.selection.intake import known_fields, read_facts
from enthesis.domain.selection.knowledge import SelectionKnowledge
from enthesis.domain.selection.logic import AllOf, AnyOf, Comparison, Condition, Not
from enthesis.domain.selection.plans import Advice, Phase, Plan, RehabilitationPlan
from enthesis.domain.selection.regulation import (
    CountryRegulation,
    LegalPosition,
    LegalStatus,
    ProductRegulation,
    legal_position,
)
from enthesis.domain.selection.rules import Consequence, Rule, in_force
from enthesis.domain.selection.scenario import Scenario, most_cautious
from enthesis.domain.selection.sources import Source, SourceKind, Strength
from enthesis.domain.selection.trial_protocols import ProtocolNumber, TrialProtocols, trial_protocols
from enthesis.domain.selection.what_if import Alternative, Move

__all__ = [
    "FACETS",
    "STAGES",
    "Advice",
    "AllOf",
    "Alternative",
    "AnyOf",
    "CeilingStep",
    "Comparison",
    "Condition",
    "Conflict",
    "Consequence",
    "Consultation",
    "CountryRegulation",
    "Decision",
    "Drug",
    "DrugAdvice",
    "DrugRule",
    "EvidenceCeiling",
    "EvidenceLimit",
    "ExpectedCourse",
    "Facet",
    "LegalPosition",
    "LegalStatus",
    "Move",
    "Not",
    "PatientFacts",
    "Phase",
    "Plan",
    "PriorInjection",
    "PriorSurgery",
    "ProductRegulation",
    "ProtocolNumber",
    "RehabilitationPlan",
    "Rule",
    "Rulebook",
    "Scenario",
    "SelectionKnowledge",
    "Source",
    "SourceKind",
    "Strength",
    "TrialProtocols",
    "consult",
    "decide",
    "evidence_limit",
    "expected_course",
    "facets_of",
    "in_force",
    "known_fields",
    "legal_position",
    "most_cautious",
    "read_facts",
    "trial_protocols",
]
