"""Rules read against one patient. When one fact changes, only the rules that ask for it are read again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.domain.selection.logic import Truth, facts_asked, holds, unknowns
from enthesis.domain.selection.rules import Rule

__all__ = ["Reading", "read_again", "read_rules"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a rule holds for a patient, the unknown facts that leave it open, and all facts it asks for."""

    rule: Rule
    truth: Truth
    open: frozenset[str]
    asks: frozenset[str]


def read_rules(rules: Iterable[Rule], facets: Mapping[str, Any]) -> tuple[Reading, ...]:
    """Every rule against a patient, in the order given."""
    return tuple(_read(rule, facets, frozenset(c.fact for c in facts_asked(rule.when))) for rule in rules)


def read_again(readings: Iterable[Reading], fact: str, facets: Mapping[str, Any]) -> tuple[Reading, ...]:
    """The same rules against the same patient with another value of one fact.

    Args:
        readings: Rules as they were read for the patient.
        fact: The one fact that differs.
        facets: All facts, the changed one among them.
    """
    return tuple(_read(r.rule, facets, r.asks) if fact in r.asks else r for r in readings)


def _read(rule: Rule, facets: Mapping[str, Any], asks: frozenset[str]) -> Reading:
    truth = holds(rule.when, facets)
    return Reading(rule, truth, unknowns(rule.when, facets) if truth is None else frozenset(), asks)
