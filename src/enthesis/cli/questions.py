"""How a command names the questions it is about: the options, and the answers they choose."""

import typer

from enthesis.cli.state import evidence
from enthesis.domain.evidence import Answer, Topic
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass, Horizon, OutcomeDomain
from enthesis.errors import InvalidData

__all__ = [
    "COMPARATOR",
    "OUTCOME",
    "WEEKS",
    "answers_of",
    "chosen_answers",
    "comparator_named",
    "horizon_at",
    "outcome_named",
]

COMPARATOR = typer.Option(None, "--comparator", help=f"One of: {', '.join(ComparatorClass)}.")
OUTCOME = typer.Option(None, "--outcome", help=f"One of: {', '.join(OutcomeDomain)}.")
WEEKS = typer.Option(
    None, "--weeks", min=1, help="Weeks after the first injection; picks the span that holds it."
)


def outcome_named(name: str | None) -> str | None:
    """The outcome, if there is one of that name."""
    if name is not None and name not in list(OutcomeDomain):
        raise InvalidData(f"Unknown outcome '{name}'; it is one of {', '.join(OutcomeDomain)}.")
    return name


def horizon_at(weeks: int | None) -> Horizon | None:
    """The span that holds a week."""
    return None if weeks is None else next(h for h in HORIZONS if weeks in h)


def comparator_named(name: str | None) -> ComparatorClass | None:
    """The comparator class, if there is one of that name."""
    if name is not None and name not in list(ComparatorClass):
        raise InvalidData(f"Unknown comparator '{name}'; it is one of {', '.join(ComparatorClass)}.")
    return ComparatorClass(name) if name else None


def chosen_answers(
    topic: Topic, comparator: str | None, outcome: str | None, weeks: int | None
) -> list[Answer]:
    """Answers of a topic that the options leave; harms have no span and are always in."""
    cls, wanted, horizon = comparator_named(comparator), outcome_named(outcome), horizon_at(weeks)
    return [
        a
        for a in topic.answers
        if (cls is None or a.question.comparator_class is cls)
        and (wanted is None or a.question.outcome == wanted)
        and (horizon is None or a.question.horizon in (horizon, None))
    ]


def answers_of(
    condition: str, intervention: str, comparator: str | None, outcome: str | None, weeks: int | None
) -> list[Answer]:
    """Answers of a condition and an intervention that the options leave."""
    return chosen_answers(evidence().topic(condition, intervention), comparator, outcome, weeks)
