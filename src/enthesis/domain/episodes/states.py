"""States of a follow-up as one table, and the steps between them that the table allows.

The documentation draws its diagram from this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = ["STATE_TABLE", "Answers", "FollowUpState", "Phase", "Transition", "state_of", "transitions"]


class FollowUpState(StrEnum):
    """Where one window of one course stands."""

    NOT_YET = "not-yet"
    DUE = "due"
    LATE = "late"
    PARTLY = "partly"
    COMPLETE = "complete"
    MISSED = "missed"
    CLOSED = "closed"


class Phase(StrEnum):
    """Where a day lies: before the window, in it, in the time for late answers, or past it."""

    BEFORE = "before"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


class Answers(StrEnum):
    """How much of what a window asks has been answered."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


_S = FollowUpState
# A partly answered window stays 'partly' when its time is over: what was answered is kept and shown.
STATE_TABLE: Mapping[tuple[Answers, Phase], FollowUpState] = MappingProxyType(
    {
        (Answers.NONE, Phase.BEFORE): _S.NOT_YET,
        (Answers.NONE, Phase.OPEN): _S.DUE,
        (Answers.NONE, Phase.LATE): _S.LATE,
        (Answers.NONE, Phase.OVER): _S.MISSED,
        (Answers.SOME, Phase.OPEN): _S.PARTLY,
        (Answers.SOME, Phase.LATE): _S.PARTLY,
        (Answers.SOME, Phase.OVER): _S.PARTLY,
        (Answers.ALL, Phase.OPEN): _S.COMPLETE,
        (Answers.ALL, Phase.LATE): _S.COMPLETE,
        (Answers.ALL, Phase.OVER): _S.COMPLETE,
    }
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One step between two states and what causes it."""

    before: FollowUpState
    cause: str
    after: FollowUpState


def state_of(answers: Answers, phase: Phase, *, closed: bool) -> FollowUpState:
    """State of a follow-up.

    Args:
        answers: How much was answered.
        phase: Where today lies against the window.
        closed: Whether an ending of the course touches the window; a complete window stays complete.
    """
    if closed and answers is not Answers.ALL:
        return FollowUpState.CLOSED
    return STATE_TABLE[answers, phase]


def transitions() -> tuple[Transition, ...]:
    """Every step the table allows, in its order: time passes, answers arrive, the course ends or reopens."""
    steps: dict[Transition, None] = {}
    for (answers, phase), state in STATE_TABLE.items():
        for cause, cell in _next_cells(answers, phase):
            if cell in STATE_TABLE and STATE_TABLE[cell] is not state:
                steps[Transition(state, cause, STATE_TABLE[cell])] = None
        if answers is not Answers.ALL:
            steps[Transition(state, "the course ends", FollowUpState.CLOSED)] = None
            steps[Transition(FollowUpState.CLOSED, "the ending is withdrawn", state)] = None
    return tuple(steps)


_PASSING = {
    Phase.BEFORE: ((Phase.OPEN, "the window opens"),),
    Phase.OPEN: (
        (Phase.LATE, "the window closes"),
        (Phase.OVER, "the window closes and takes no late answers"),
    ),
    Phase.LATE: ((Phase.OVER, "the time for late answers ends"),),
    Phase.OVER: (),
}


def _next_cells(answers: Answers, phase: Phase) -> list[tuple[str, tuple[Answers, Phase]]]:
    cells = [(cause, (answers, after)) for after, cause in _PASSING[phase]]
    if phase is Phase.BEFORE:
        return cells
    # Paper forms are typed in after the window, with the day on which they were answered.
    how = "is entered later" if phase is Phase.OVER else "is answered"
    if answers is Answers.NONE:
        cells.append((f"some of it {how}", (Answers.SOME, phase)))
    if answers is not Answers.ALL:
        cells.append((f"all of it {how}", (Answers.ALL, phase)))
    return cells
