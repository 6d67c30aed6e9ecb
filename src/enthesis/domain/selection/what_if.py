"""Which single fact would move the answer, and to what: by trying its other values, one fact at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

from enthesis.domain.selection.decision import Decision, Rulebook, conclude
from enthesis.domain.selection.facets import FACETS, Facet
from enthesis.domain.selection.logic import Comparison, facts_asked
from enthesis.domain.selection.readings import Reading, read_again, read_rules
from enthesis.domain.selection.scenario import Scenario

__all__ = ["Alternative", "Move", "missing_facts", "what_would_move"]

# Another condition or another injection is another consultation.
_NOT_TRIED = frozenset({"condition", "region", "family", "intervention", "product", "country"})


@dataclass(frozen=True, slots=True)
class Alternative:
    """A value a fact could have, in words, and the scenario it would give."""

    value: str
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Move:
    """A fact, its value now in words (empty when unknown), and what other values would give.

    ``blocks`` is True for a fact without which nothing can be said; ``given`` names the field to fill.
    """

    fact: str
    label: str
    given: str
    now: str
    alternatives: tuple[Alternative, ...]
    blocks: bool = False


def missing_facts(facets: Mapping[str, Any], book: Rulebook, decision: Decision) -> tuple[Move, ...]:
    """Unknown facts whose values would change the scenario, those that block it first."""
    asked = {fact for _, facts in decision.open for fact in facts} | _legal_facts(facets, decision)
    found, readings = [], read_rules(book.rules, facets)
    for fact in (name for name in FACETS if name in asked):
        tried = tuple(_try(fact, facets, book, readings))
        blocks = fact in decision.blocking and decision.scenario is Scenario.CANNOT_SAY
        if blocks or any(a.scenario is not decision.scenario for a in tried):
            facet = FACETS[fact]
            found.append(Move(fact, facet.label, facet.given, "", tried, blocks))
    return tuple(sorted(found, key=lambda move: not move.blocks))


def what_would_move(facets: Mapping[str, Any], book: Rulebook, decision: Decision) -> tuple[Move, ...]:
    """Known facts of which another value would give another scenario."""
    found, readings = [], read_rules(book.rules, facets)
    for fact, facet in FACETS.items():
        if fact in _NOT_TRIED or facets.get(fact) is None:
            continue
        now = _in_words(fact, facets[fact])
        moved = tuple(a for a in _try(fact, facets, book, readings) if a.scenario is not decision.scenario)
        if moved:
            found.append(Move(fact, facet.label, facet.given, now, moved))
    return tuple(found)


def _legal_facts(facets: Mapping[str, Any], decision: Decision) -> set[str]:
    if facets.get("country") is None:
        return {"country"}
    barred = any(position.limit for position in decision.legal)
    lifts = ("in_approved_trial", "authorised_product")
    return {name for name in lifts if barred and facets.get(name) is None}


def _try(
    fact: str, facets: Mapping[str, Any], book: Rulebook, readings: tuple[Reading, ...]
) -> Iterator[Alternative]:
    for words, value in _values(fact, book, readings):
        if value != facets.get(fact):
            other = {**facets, fact: value}
            yield Alternative(words, conclude(read_again(readings, fact, other), other, book).scenario)


def _values(fact: str, book: Rulebook, readings: Iterable[Reading]) -> Iterable[tuple[str, Any]]:
    facet, asked = FACETS[fact], _asked(fact, readings)
    if fact == "country":
        return [(r.country, code) for code, r in book.regulations.items()]
    if facet.kind == "flag":
        return [("yes", True), ("no", False)]
    if facet.kind == "number":
        return _spans(facet, asked)
    words = facet.choices or tuple(sorted({w for c in asked for w in c.against}))  # type: ignore[union-attr]
    if facet.kind == "list":
        return [("none", frozenset()), *((w, frozenset({w})) for w in words)]
    return [(w, w) for w in words]


def _asked(fact: str, readings: Iterable[Reading]) -> list[Comparison]:
    rules = [r.rule for r in readings if fact in r.asks]
    return [c for rule in rules for c in facts_asked(rule.when) if c.fact == fact]


def _spans(facet: Facet, asked: Iterable[Comparison]) -> list[tuple[str, float]]:
    """Spans between the thresholds of the rules: words and a value inside."""
    limits = sorted({float(c.against) for c in asked if not isinstance(c.against, frozenset)})
    ends = [0.0, *limits, inf]
    found = []
    for lo, hi in pairwise(ends):
        if lo == hi:
            continue
        inside = lo if hi == inf else (lo + hi) / 2
        found.append((_span_words(lo, hi, facet), inside))
    if facet.counts_back:
        found.append(("never", inf))
    return found


def _span_words(lo: float, hi: float, facet: Facet) -> str:
    unit = f" {facet.unit}" if facet.unit else ""
    if hi == inf:
        return f"{lo:g}{unit} or more"
    return f"below {hi:g}{unit}" if lo == 0 else f"{lo:g} to below {hi:g}{unit}"


def _in_words(fact: str, value: Any) -> str:
    facet = FACETS[fact]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    if isinstance(value, float | int):
        return "never" if value == inf else f"{value:.4g} {facet.unit}".strip()
    return str(value)
