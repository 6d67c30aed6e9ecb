"""Which answers of a topic become rows, and in which order."""

from collections.abc import Iterable

from enthesis.domain.evidence import Answer, Topic, headline
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.vocabulary import ComparatorClass

__all__ = ["CHOOSING_RULE", "IMPORTANCE", "MOST_ROWS", "in_summary", "rows_against"]

# What matters to patients first; what is seen on imaging is no outcome that patients feel.
IMPORTANCE = (
    "pain",
    "function",
    "composite",
    "quality-of-life",
    "responder",
    "serious-adverse-event",
    "adverse-event",
    "reintervention",
    "stiffness",
    "structure",
)
# A summary of findings holds at most seven outcomes (GRADE; Guyatt 2013, doi:10.1016/j.jclinepi.2012.01.012).
MOST_ROWS = 7
SURROGATES = frozenset({"structure"})

CHOOSING_RULE = (
    "Each row is one outcome at one horizon. Of several horizons the one that most people answer is shown, "
    "nearest to week 26 on a tie, and the first six weeks only where there is nothing later; harms are "
    "counted over the whole follow-up. A summary of findings holds at most seven outcomes, those that "
    "matter most to patients first, and none seen on imaging alone; the evidence profile holds all."
)


def rows_against(topic: Topic, comparator_class: ComparatorClass) -> tuple[Answer, ...]:
    """One answer for each outcome asked against a class of comparator, most important outcome first."""
    answers = topic.of_class(comparator_class)
    chosen = (_chosen([a for a in answers if a.question.outcome == name], name) for name in IMPORTANCE)
    return tuple(a for a in chosen if a is not None)


def _chosen(answers: list[Answer], outcome: str) -> Answer | None:
    if outcome in HARMS:
        return max(answers, key=lambda a: (a.synthesis is not None, a.n, len(a.directions)), default=None)
    return headline(answers, outcome)


def in_summary(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers that a summary of findings shows, of those in a profile."""
    return tuple(a for a in answers if a.question.outcome not in SURROGATES)[:MOST_ROWS]
