"""How optimistic a scenario may be, given what the trials found. The steps are data; see the rule file.

Placebo-controlled evidence comes first. Where there is none, nothing else can make a treatment 'likely to
benefit': beating another injection does not show that either of them works.
"""

from dataclasses import dataclass
from datetime import date

from enthesis.domain.evidence import Answer, Level, Topic, Verdict, headline
from enthesis.domain.selection.scenario import Scenario
from enthesis.errors import Fault, InvalidData

__all__ = ["CeilingStep", "EvidenceCeiling", "EvidenceLimit", "evidence_limit"]


@dataclass(frozen=True, slots=True)
class CeilingStep:
    """Best scenario that a verdict of some certainty leaves."""

    verdict: Verdict
    levels: tuple[Level, ...]
    at_most: Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCeiling:
    """The declared rule: its steps, what holds without a placebo-controlled answer, and why."""

    id: str
    steps: tuple[CeilingStep, ...]
    without_placebo: Scenario
    why: str
    source: str
    valid_from: date

    def __post_init__(self) -> None:
        """Refuse a rule that leaves a verdict open or speaks twice about one.

        Raises:
            InvalidData: A pair of verdict and certainty that no step, or more than one, names.
        """
        named = [(step.verdict, level) for step in self.steps for level in step.levels]
        wanted = [(verdict, level) for verdict in Verdict for level in Level]
        faults = [
            Fault(f"'{v}' at {level.word} certainty is named {named.count((v, level))} times.", self.id)
            for v, level in wanted
            if named.count((v, level)) != 1
        ]
        if faults:
            raise InvalidData(faults)

    def at_most(self, a: Answer) -> Scenario:
        """Best scenario that an answer leaves."""
        return next(s.at_most for s in self.steps if s.verdict is a.verdict and a.level in s.levels)


@dataclass(frozen=True, slots=True)
class EvidenceLimit:
    """Best scenario the evidence leaves, and the answers it rests on; both None where nothing was asked."""

    scenario: Scenario
    placebo: Answer | None
    active: Answer | None


def evidence_limit(topic: Topic | None, ceiling: EvidenceCeiling) -> EvidenceLimit:
    """What the evidence of a topic leaves; without a topic, what the rule says for no evidence."""
    answers = topic.answers if topic else ()
    placebo, active = (
        headline([a for a in answers if a.question.comparator_class.is_placebo is wanted])
        for wanted in (True, False)
    )
    told = placebo is not None and (placebo.synthesis is not None or placebo.published is not None)
    limit = ceiling.at_most(placebo) if placebo is not None and told else ceiling.without_placebo
    return EvidenceLimit(limit, placebo, active)
