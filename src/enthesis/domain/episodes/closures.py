"""Why follow-up of a course ends early, and which ending counts for a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.domain.episodes.protocol import Protocol, Window
from enthesis.errors import Fault, InvalidData

__all__ = ["Closure", "ClosureReason", "LostReason", "closure_of", "ends_for_good"]


class ClosureReason(StrEnum):
    """Why a course is not followed further."""

    DIED = "died"
    WITHDREW = "withdrew"
    SURGERY = "surgery"
    REPEAT_INJECTION = "repeat-injection"
    LOST = "lost"
    OTHER = "other"

    @property
    def is_endpoint(self) -> bool:
        """True where the ending is itself an outcome of the injection and not a missing answer."""
        return self in (ClosureReason.SURGERY, ClosureReason.REPEAT_INJECTION)


class LostReason(StrEnum):
    """Why a patient was lost, as the coordinator found it."""

    UNREACHABLE = "unreachable"
    WRONG_CONTACT = "wrong-contact"
    MOVED_AWAY = "moved-away"
    REFUSED = "refused"
    TOO_ILL = "too-ill"
    LANGUAGE = "language"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Closure:
    """The end of a course, on one day, with its reason; lost needs to say why, other needs a note."""

    reason: ClosureReason
    on: date
    lost_because: LostReason | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse an ending that does not say why.

        Raises:
            InvalidData: Lost without its reason, a reason for loss on another ending, or other without note.
        """
        faults = []
        if self.reason is ClosureReason.LOST and self.lost_because is None:
            allowed = ", ".join(LostReason)
            faults.append(Fault("lost without saying why.", "lost_because", f"Use one of {allowed}."))
        if self.reason is not ClosureReason.LOST and self.lost_because is not None:
            faults.append(Fault(f"'{self.reason}' has no reason for loss.", "lost_because", "Leave it out."))
        needs_note = self.reason is ClosureReason.OTHER or self.lost_because is LostReason.OTHER
        if needs_note and not self.note.strip():
            faults.append(Fault("'other' needs a note.", "note", "Say in a few words what happened."))
        if faults:
            raise InvalidData(faults)


def closure_of(
    window: Window, index: date, closures: Iterable[Closure], protocol: Protocol, until: date
) -> Closure | None:
    """The ending that counts for a window, or None.

    Death counts first, then the earliest of surgery, repeat injection and withdrawal, then lost or other:
    what is known beats what is only missing. Surgery and repeat injection count only where the protocol
    ends follow-up there.

    Args:
        window: The window asked about.
        index: Day of the first injection.
        closures: Every ending of the course.
        protocol: Says what surgery and a repeat injection end.
        until: Last day on which an ending still touches the window.
    """
    last = min(until, window.late_until(index))
    touching = [c for c in closures if c.on <= last and _ends(c.reason, protocol)]
    return min(touching, key=_weight, default=None)


def ends_for_good(reason: ClosureReason, protocol: Protocol) -> bool:
    """True where later answers no longer speak of this course; somebody lost may be found again."""
    return reason not in (ClosureReason.LOST, ClosureReason.OTHER) and _ends(reason, protocol)


_KNOWN = (ClosureReason.SURGERY, ClosureReason.REPEAT_INJECTION, ClosureReason.WITHDREW)


def _ends(reason: ClosureReason, protocol: Protocol) -> bool:
    if reason is ClosureReason.SURGERY:
        return protocol.on_surgery == "end"
    return reason is not ClosureReason.REPEAT_INJECTION or protocol.on_repeat == "end"


def _weight(closure: Closure) -> tuple[int, date, int]:
    order = tuple(ClosureReason).index(closure.reason)
    if closure.reason is ClosureReason.DIED:
        return 0, closure.on, order
    return (1 if closure.reason in _KNOWN else 2), closure.on, order
