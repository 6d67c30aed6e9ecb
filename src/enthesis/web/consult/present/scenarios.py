"""How a scenario looks everywhere: word, sign and tone together."""

from dataclasses import dataclass

from enthesis.domain.selection import Scenario

__all__ = ["ScenarioMark", "advises_against", "scenario_mark"]


@dataclass(frozen=True, slots=True)
class ScenarioMark:
    """A scenario with the sign and tone it is drawn in."""

    word: str
    sign: str
    tone: str


_LOOKS = {
    Scenario.DO_NOT: ("✕", "bad"),
    Scenario.UNLIKELY: ("−", "flat"),
    Scenario.UNCERTAIN: ("?", "none"),
    Scenario.LIKELY: ("+", "good-2"),
    Scenario.CANNOT_SAY: ("…", "none"),
}
_AGAINST = frozenset({Scenario.DO_NOT, Scenario.UNLIKELY, Scenario.CANNOT_SAY})


def scenario_mark(scenario: str) -> ScenarioMark:
    """How a scenario looks."""
    return ScenarioMark(scenario, *_LOOKS[Scenario(scenario)])


def advises_against(scenario: str) -> bool:
    """Whether injecting all the same is an override."""
    return Scenario(scenario) in _AGAINST
