"""GRADE levels of certainty, the domains behind one, and a named person's decision against them."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

__all__ = ["Certainty", "DomainJudgement", "Level", "Override", "overridden"]


class Level(IntEnum):
    """GRADE levels of certainty."""

    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def word(self) -> str:
        """The level as GRADE writes it."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class DomainJudgement:
    """One GRADE domain: levels taken off (0 or negative) and the reason with its numbers."""

    domain: str
    steps: int
    reason: str


@dataclass(frozen=True, slots=True)
class Override:
    """A named person's decision against the proposal."""

    level: Level
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Certainty:
    """Proposed level with its domains, and the decision of a person where there is one."""

    start: Level
    domains: tuple[DomainJudgement, ...]
    override: Override | None = None

    @property
    def proposed(self) -> Level:
        """Level the numbers lead to."""
        return Level(max(Level.VERY_LOW, self.start + sum(d.steps for d in self.domains)))

    @property
    def level(self) -> Level:
        """Level in force: a person's, else the proposed one."""
        return self.override.level if self.override else self.proposed


def overridden(certainty: Certainty, override: Override) -> Certainty:
    """The same proposal with a person's decision on top."""
    return Certainty(certainty.start, certainty.domains, override)
