"""A risk-of-bias tool as a value: levels, domains, signalling questions and the rules between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from enthesis.errors import Fault, InvalidData

__all__ = ["Band", "NotOffered", "RiskLevel", "Rule", "SignallingQuestion", "Tool", "ToolDomain"]

# Answers by question; a condition holds when every question in it was answered by one of its codes.
Condition = Mapping[str, frozenset[str]]


class Band(StrEnum):
    """What a level of any tool counts as when trials are weighed together."""

    LOW = "low"
    SOME = "some"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class RiskLevel:
    """One level of judgement: word, sign that reads without colour, colour token, and how bad it is.

    ``severity`` is None for a level that says nothing either way (no information).
    """

    id: str
    label: str
    mark: str
    tone: str
    severity: int | None
    counts_as: Band


@dataclass(frozen=True, slots=True)
class SignallingQuestion:
    """One question by its topic, the codes that answer it, and when it is asked.

    ``asked_if`` lists alternatives; empty means always.
    """

    id: str
    topic: str
    answers: tuple[str, ...]
    asked_if: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Level that holds when the condition does; a rule without a condition holds always."""

    then: str
    when: Condition


@dataclass(frozen=True, slots=True)
class ToolDomain:
    """One domain. Each part is a list of rules of which the first that holds decides; the worst part counts.

    Without parts the tool leaves the judgement to the assessor.
    """

    id: str
    name: str
    questions: tuple[SignallingQuestion, ...]
    parts: tuple[tuple[Rule, ...], ...] = ()

    @property
    def has_algorithm(self) -> bool:
        """True when answers lead to a proposal."""
        return bool(self.parts)

    def _faults(self, levels: frozenset[str]) -> Iterator[Fault]:
        known = {q.id: frozenset(q.answers) for q in self.questions}
        conditions = [(f"question {q.id}", c) for q in self.questions for c in q.asked_if]
        conditions += [("a rule", rule.when) for part in self.parts for rule in part]
        for where, condition in conditions:
            for question, codes in condition.items():
                if not codes <= known.get(question, frozenset()):
                    yield Fault(f"{where} asks for {sorted(codes)} of '{question}'.", f"domain {self.id}")
        for part in self.parts:
            for rule in part:
                if rule.then not in levels:
                    yield Fault(f"a rule leads to '{rule.then}', which is no level.", f"domain {self.id}")
            if not part or part[-1].when:
                yield Fault("the last rule of a part has a condition.", f"domain {self.id}", "Drop it.")


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A variant of the tool that cannot be used here, and why."""

    variant: str
    because: str


@dataclass(frozen=True, slots=True)
class Tool:
    """One version of a tool. ``designs`` are the study designs it may judge."""

    id: str
    name: str
    title: str
    version: str
    doi: str
    effect: str
    designs: tuple[str, ...]
    levels: tuple[RiskLevel, ...]
    domains: tuple[ToolDomain, ...]
    several_concerns: str
    not_offered: tuple[NotOffered, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rules that name unknown questions, codes or levels, or that can end without a judgement."""
        ids = frozenset(level.id for level in self.levels)
        if faults := [fault for domain in self.domains for fault in domain._faults(ids)]:
            raise InvalidData(faults)

    def level(self, name: str) -> RiskLevel:
        """The level of that id.

        Raises:
            InvalidData: The tool has no such level.
        """
        for level in self.levels:
            if level.id == name:
                return level
        raise InvalidData(
            Fault(f"'{name}' is no level of {self.name}.", "", f"It is one of {self._level_ids()}.")
        )

    def _level_ids(self) -> str:
        return ", ".join(level.id for level in self.levels)
