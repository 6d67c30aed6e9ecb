"""From facts and rules to a scenario. Every step that moves it can be read as a reason; nothing is summed.

The scenario is the most cautious of: what the field's table says of such patients, every contraindication
and limit that applies, what the law leaves, and what the evidence leaves. Where a fact is unknown on which
an absolute contraindication or the table itself turns, the answer is that it cannot be said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.domain.selection.readings import Reading, read_rules
from enthesis.domain.selection.regulation import CountryRegulation, LegalPosition, legal_position
from enthesis.domain.selection.rules import Consequence, Rule
from enthesis.domain.selection.scenario import Scenario, most_cautious

__all__ = ["Decision", "Rulebook", "conclude", "decide"]

Facets = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a decision is made from: rules in force, regulation by country, what the evidence leaves."""

    rules: tuple[Rule, ...]
    regulations: Mapping[str, CountryRegulation]
    evidence_limit: Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A scenario with everything it came from.

    ``candidacy`` is what the rules alone say, before law and evidence. ``blocking`` names the unknown facts
    for which nothing can be said; ``open`` the rules that unknown facts leave undecided.
    """

    scenario: Scenario
    candidacy: Scenario
    applied: tuple[Rule, ...]
    open: tuple[tuple[Rule, frozenset[str]], ...]
    blocking: frozenset[str]
    legal: tuple[LegalPosition, ...]

    def of(self, *consequences: Consequence) -> tuple[Rule, ...]:
        """Rules that apply and have one of these consequences."""
        return tuple(rule for rule in self.applied if rule.consequence in consequences)


def decide(facets: Facets, book: Rulebook) -> Decision:
    """The scenario of a patient.

    Args:
        facets: Facts as rules ask for them; None is unknown.
        book: Rules, regulation and evidence.

    Raises:
        NotFound: A country about which nothing was read.
    """
    return conclude(read_rules(book.rules, facets), facets, book)


def conclude(readings: Iterable[Reading], facets: Facets, book: Rulebook) -> Decision:
    """The scenario that follows from rules that were read for a patient already.

    Args:
        readings: Every rule of the book, read against these facets.
        facets: Facts as rules ask for them; None is unknown.
        book: Regulation and evidence.

    Raises:
        NotFound: A country about which nothing was read.
    """
    held = tuple(readings)
    applied = tuple(r.rule for r in held if r.truth)
    undecided = tuple((r.rule, r.open) for r in held if r.open)
    country = facets.get("country")
    legal = legal_position(book.regulations, country, facets) if country else ()
    candidacy, blocking = _candidacy(applied, undecided)
    limits = [book.evidence_limit, *(p.limit for p in legal if p.limit)]
    return Decision(
        scenario=_limited(candidacy, most_cautious(limits)),
        candidacy=candidacy,
        applied=applied,
        open=undecided,
        blocking=blocking,
        legal=legal,
    )


def _candidacy(
    applied: tuple[Rule, ...], undecided: tuple[tuple[Rule, frozenset[str]], ...]
) -> tuple[Scenario, frozenset[str]]:
    limit = most_cautious(rule.limit for rule in applied if rule.limit)
    if limit is Scenario.DO_NOT:
        return limit, frozenset()
    indicated = [rule.scenario for rule in applied if rule.consequence is Consequence.INDICATES]
    table = [facts for rule, facts in undecided if rule.consequence is Consequence.INDICATES]
    base = most_cautious(s for s in indicated if s) if indicated else None if table else Scenario.UNCERTAIN
    forbidding = [f for rule, f in undecided if rule.limit is Scenario.DO_NOT and rule.blocks_when_unknown]
    blocking = _joined(forbidding if base else [*forbidding, *table])
    known = limit if base is None else most_cautious((base, limit))
    if known is Scenario.UNLIKELY or not blocking:
        return known, blocking
    return Scenario.CANNOT_SAY, blocking


def _limited(candidacy: Scenario, limit: Scenario) -> Scenario:
    """Unlikely and do-not stand whatever the unknown facts are; anything better must wait for them."""
    if candidacy is not Scenario.CANNOT_SAY:
        return most_cautious((candidacy, limit))
    return limit if limit in (Scenario.DO_NOT, Scenario.UNLIKELY) else candidacy


def _joined(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
