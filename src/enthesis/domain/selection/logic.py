"""When a rule applies: comparisons of facts joined by all, any and not; unknown facts leave it open.

Truth has three values (Kleene's strong logic): an unknown fact decides nothing, and does no harm where the
rest decides alone. There is no other language in the rule files, and nothing in them is executed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.errors import Fault, InvalidData

__all__ = [
    "UNKNOWN_MEMBER",
    "AllOf",
    "AnyOf",
    "AtMost",
    "Comparison",
    "Condition",
    "Facets",
    "Not",
    "Truth",
    "facts_asked",
    "holds",
    "unknowns",
]

# In a list that holds something nobody could place: whether it is what a rule asks for is not known.
UNKNOWN_MEMBER = "not-known"

Facets = Mapping[str, Any]
Truth = bool | None

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, words: value in words,
    "includes": lambda value, words: not value.isdisjoint(words),
    "below": lambda value, limit: value < limit,
    "at_least": lambda value, limit: value >= limit,
}


class AtMost(float):
    """A number that is known only from above: the true one is this or less."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact against words (``is``, ``includes``) or a number (``below``, ``at_least``)."""

    fact: str
    relation: str
    against: frozenset[Any] | float

    def __post_init__(self) -> None:
        """Refuse a relation that does not exist or cannot stand with what it compares."""
        if self.relation not in _COMPARE:
            raise InvalidData(
                Fault(f"'{self.relation}' is no relation.", self.fact, f"Use {', '.join(_COMPARE)}.")
            )
        if isinstance(self.against, frozenset) is (self.relation in ("below", "at_least")):
            raise InvalidData(Fault(f"'{self.relation}' cannot compare with {self.against}.", self.fact))


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is; with no part at all, always."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one part is."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition; unknown stays unknown."""

    part: "Condition"


Condition = Comparison | AllOf | AnyOf | Not


def holds(condition: Condition, facets: Facets) -> Truth:
    """Whether a condition holds for a patient; None when the facts that would decide it are unknown."""
    match condition:
        case Comparison():
            return _compare(condition, facets.get(condition.fact))
        case Not():
            inner = holds(condition.part, facets)
            return None if inner is None else not inner
        case AllOf():
            found = [holds(part, facets) for part in condition.parts]
            return False if False in found else None if None in found else True
        case AnyOf():
            found = [holds(part, facets) for part in condition.parts]
            return True if True in found else None if None in found else False


def _compare(c: Comparison, value: Any) -> Truth:
    if value is None:
        return None
    found = _COMPARE[c.relation](value, c.against)
    if isinstance(value, AtMost):
        # Below the limit whatever the true number is, or else nobody can tell.
        return found if _COMPARE["below"](value, c.against) else None
    return None if not found and c.relation == "includes" and UNKNOWN_MEMBER in value else found


def unknowns(condition: Condition, facets: Facets) -> frozenset[str]:
    """Facts that are unknown and keep the condition open; none when it is decided."""
    if holds(condition, facets) is not None:
        return frozenset()
    match condition:
        case Comparison():
            return frozenset({condition.fact})
        case Not():
            return unknowns(condition.part, facets)
        case AllOf() | AnyOf():
            return _joined(unknowns(part, facets) for part in condition.parts)


def facts_asked(condition: Condition) -> tuple[Comparison, ...]:
    """Every comparison in a condition."""
    match condition:
        case Comparison():
            return (condition,)
        case Not():
            return facts_asked(condition.part)
        case AllOf() | AnyOf():
            return tuple(c for part in condition.parts for c in facts_asked(part))


def _joined(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
