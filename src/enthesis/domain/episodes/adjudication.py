"""Adjudication of an adverse event: its states and who may move it, as one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from enthesis.errors import NotAllowed

__all__ = ["ADJUDICATION", "AdjudicationAct", "AdjudicationState", "adjudicate", "can_adjudicate"]


class AdjudicationState(StrEnum):
    """Where the judgement of an adverse event stands."""

    REPORTED = "reported"
    UNDER_REVIEW = "under-review"
    QUERIED = "queried"
    ADJUDICATED = "adjudicated"


class AdjudicationAct(StrEnum):
    """What moves it."""

    TAKE_UP = "take-up"
    ASK_SITE = "ask-site"
    ANSWER = "answer"
    JUDGE = "judge"
    REOPEN = "reopen"


_S, _A = AdjudicationState, AdjudicationAct
ADJUDICATION: Mapping[tuple[AdjudicationState, AdjudicationAct], AdjudicationState] = MappingProxyType(
    {
        (_S.REPORTED, _A.TAKE_UP): _S.UNDER_REVIEW,
        (_S.UNDER_REVIEW, _A.ASK_SITE): _S.QUERIED,
        (_S.QUERIED, _A.ANSWER): _S.UNDER_REVIEW,
        (_S.UNDER_REVIEW, _A.JUDGE): _S.ADJUDICATED,
        (_S.ADJUDICATED, _A.REOPEN): _S.UNDER_REVIEW,
    }
)


def can_adjudicate(state: AdjudicationState, act: AdjudicationAct) -> bool:
    """Whether the table allows an act in a state."""
    return (state, act) in ADJUDICATION


def adjudicate(state: AdjudicationState, act: AdjudicationAct) -> AdjudicationState:
    """The state after an act.

    Raises:
        NotAllowed: The table has no such step; names what is possible.
    """
    if not can_adjudicate(state, act):
        possible = ", ".join(a for s, a in ADJUDICATION if s is state)
        raise NotAllowed(f"'{act}' is no step from '{state}'; possible: {possible}.")
    return ADJUDICATION[state, act]
