"""How complete follow-up is, with every exclusion counted beside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.domain.episodes.closures import ClosureReason
from enthesis.domain.episodes.schedule import FollowUp
from enthesis.errors import Fault, InvalidData
from enthesis.statistics.swim import proportion_interval

__all__ = ["Completeness", "CompletenessRow", "Standing", "completeness", "standing_of"]


class Standing(StrEnum):
    """How one expected answer counts.

    ``complete``, ``late`` and ``missing`` are eligible; the others are left out and counted apart.
    """

    COMPLETE = "complete"
    LATE = "late"
    MISSING = "missing"
    NOT_YET_DUE = "not-yet-due"
    DIED = "died"
    ENDPOINT = "endpoint"


@dataclass(frozen=True, slots=True)
class Completeness:
    """Expected answers by how they count; built from counts, so that a database may do the counting."""

    complete: int = 0
    late: int = 0
    missing: int = 0
    not_yet_due: int = 0
    died: int = 0
    endpoint: int = 0

    def __post_init__(self) -> None:
        """Refuse negative counts.

        Raises:
            InvalidData: A count is negative; names each.
        """
        faults = [
            Fault(f"count {value}; must not be negative.", name)
            for name in self.__slots__
            if (value := getattr(self, name)) < 0
        ]
        if faults:
            raise InvalidData(faults)

    @property
    def eligible(self) -> int:
        """Answers that should be there: the window has closed, and the patient lived and had no endpoint."""
        return self.complete + self.late + self.missing

    @property
    def answered_percent(self) -> float | None:
        """Answered, on time or late, in percent of eligible; None when nothing was eligible."""
        return 100 * (self.complete + self.late) / self.eligible if self.eligible else None

    @property
    def ci_percent(self) -> tuple[float, float] | None:
        """95 % Wilson interval of ``answered_percent``; None when nothing was eligible.

        Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.
        """
        if not self.eligible:
            return None
        low, high = proportion_interval(self.complete + self.late, self.eligible)
        return 100 * low, 100 * high


@dataclass(frozen=True, slots=True)
class CompletenessRow:
    """Completeness of one instrument in one window of one clinic."""

    clinic: str
    window: str
    instrument: str
    completeness: Completeness


def standing_of(follow_up: FollowUp, instrument: str, today: date) -> Standing:
    """How one expected answer counts today.

    A window counts once it has closed, answered or not: counting open windows only when answered would
    flatter the figure. A patient who died before it closed was not expected, one who had surgery or a repeat
    injection has reached an endpoint; withdrawn, lost and other stay eligible and count as missing.
    """
    if today <= follow_up.closes:
        return Standing.NOT_YET_DUE
    given = {answer.instrument: answer.on for answer in follow_up.answered}
    if instrument in given:
        return Standing.LATE if given[instrument] > follow_up.closes else Standing.COMPLETE
    ending = follow_up.closure
    if ending is not None and ending.on <= follow_up.closes:
        if ending.reason is ClosureReason.DIED:
            return Standing.DIED
        if ending.reason.is_endpoint:
            return Standing.ENDPOINT
    return Standing.MISSING


def completeness(items: Iterable[tuple[str, FollowUp]], today: date) -> tuple[CompletenessRow, ...]:
    """Completeness by clinic, window and instrument, in order of first appearance.

    Args:
        items: Clinic and follow-up, one pair for each window of each course.
        today: The day it is counted on.
    """
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for clinic, follow_up in items:
        for instrument in follow_up.expected:
            row = counts.setdefault((clinic, follow_up.window.id, instrument), Counter())
            row[standing_of(follow_up, instrument, today).replace("-", "_")] += 1
    return tuple(CompletenessRow(*key, Completeness(**row)) for key, row in counts.items())
