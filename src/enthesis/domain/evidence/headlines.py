"""Which of many answers a reader sees first."""

from collections.abc import Iterable

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.vocabulary import Horizon

__all__ = ["OUTCOME_ORDER", "headline"]

# What a reader asks first, when no outcome was chosen.
OUTCOME_ORDER = (
    "pain",
    "function",
    "composite",
    "stiffness",
    "responder",
    "quality-of-life",
    "reintervention",
)
# What patients come for; a score of both stands for pain and function where trials chose it (VISA, WOMAC).
CORE = OUTCOME_ORDER[:3]
# Where a headline is taken from when no horizon was chosen: six months is what most trials were planned for.
HEADLINE_WEEK = 26
# An outcome asked earlier gives way to a later one that is answered by more than this many times the people.
TIMES_THE_PEOPLE = 2


def headline(
    answers: Iterable[Answer], outcome: str | None = None, horizon: Horizon | None = None
) -> Answer | None:
    """The answer a tile shows: the outcome asked for, else pain, function or a score of both.

    Pain comes first, then function, unless another of the three is answered by more than twice the people;
    other outcomes only where none of the three is. Among horizons, when none was chosen: the one that most
    people answer, nearest to week 26 on a tie, and the first six weeks only where there is nothing else.
    """
    fit = [
        a
        for a in answers
        if a.question.outcome not in HARMS and (horizon is None or a.question.horizon == horizon)
    ]
    best = _best_of_each(fit, (outcome,) if outcome else OUTCOME_ORDER)
    core = [a for a in best if a.question.outcome in CORE]
    told = [a for a in core if _has_figures(a)] or [a for a in best if _has_figures(a)] or core or best
    most = max((people(a) for a in told), default=0)
    return next((a for a in told if people(a) * TIMES_THE_PEOPLE >= most), None)


def _best_of_each(answers: list[Answer], outcomes: tuple[str, ...]) -> list[Answer]:
    held = ([a for a in answers if a.question.outcome == wanted] for wanted in outcomes)
    return [max(found, key=_weight_of) for found in held if found]


def _has_figures(a: Answer) -> bool:
    return a.synthesis is not None or a.basis is Basis.PUBLISHED


def people(a: Answer) -> int:
    """People behind an answer, those of a published synthesis it rests on included."""
    return max((a.published.row.n or 0) if a.published else 0, a.n)


def _weight_of(a: Answer) -> tuple[float, ...]:
    horizon = a.question.horizon
    away = abs(horizon.centre - HEADLINE_WEEK) if horizon else 0.0
    early = horizon is not None and horizon.hi is not None and horizon.hi <= 6
    return (_has_figures(a), not early, people(a), len(a.directions), -away)
