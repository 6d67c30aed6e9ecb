"""Everything about candidacy that is data, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass

from enthesis.domain.episodes.grading import GradingSystem
from enthesis.domain.episodes.protocol import Protocol
from enthesis.domain.selection.ceiling import EvidenceCeiling
from enthesis.domain.selection.drugs import DrugRule
from enthesis.domain.selection.plans import RehabilitationPlan
from enthesis.domain.selection.regulation import CountryRegulation
from enthesis.domain.selection.rules import Rule

__all__ = ["SelectionKnowledge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionKnowledge:
    """Rules, medicines, stages of grading systems, regulation, plans and follow-up of one version.

    ``stages`` is keyed by grading system, then by grade.
    """

    rules: tuple[Rule, ...]
    drugs: tuple[DrugRule, ...]
    stages: Mapping[str, Mapping[str, str]]
    ceiling: EvidenceCeiling
    regulations: Mapping[str, CountryRegulation]
    plans: tuple[RehabilitationPlan, ...]
    systems: Mapping[str, GradingSystem]
    protocol: Protocol
