"""Which answers a tile of the map shows: one against placebo, one against everything else, never mixed."""

from dataclasses import dataclass

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.headlines import headline
from enthesis.domain.evidence.topics import Topic
from enthesis.domain.vocabulary import ComparatorClass, Horizon

__all__ = ["MapTile", "map_tile"]


@dataclass(frozen=True, slots=True)
class MapTile:
    """Left and right half of a tile; ``more`` counts further comparator classes behind the right half."""

    placebo: Answer | None
    active: Answer | None
    more: int


def map_tile(topic: Topic, outcome: str | None = None, horizon: Horizon | None = None) -> MapTile:
    """The two halves of a topic for an outcome and a horizon, or for its headline question.

    Of the comparator classes other than placebo the one is shown whose answer is most certain, then rests on
    most people. Which verdict it gives plays no part in the choice.
    """
    placebo = headline(topic.of_class(ComparatorClass.PLACEBO), outcome, horizon)
    classes = [c for c in topic.classes if not c.is_placebo]
    others = [a for c in classes if (a := headline(topic.of_class(c), outcome, horizon))]
    return MapTile(placebo, max(others, key=_strength, default=None), max(0, len(others) - 1))


def _strength(a: Answer) -> tuple[int, int]:
    published = a.published.row.n or 0 if a.published else 0
    return int(a.level), max(a.n, published)
