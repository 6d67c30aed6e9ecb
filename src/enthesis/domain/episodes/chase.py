"""Who is asked again, in which order, by which channel and at what hour; and when to stop asking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from enthesis.domain.episodes.schedule import FollowUp
from enthesis.errors import Fault, InvalidData

__all__ = [
    "Attempt",
    "Channel",
    "ChaseRules",
    "NextStep",
    "Outcome",
    "QuietHours",
    "StepKind",
    "allowed_send_time",
    "next_step",
    "reminder_language",
]


class Channel(StrEnum):
    """A way to reach a patient."""

    MESSAGE = "message"
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"


class Outcome(StrEnum):
    """What came of an attempt; an attempt that failed to leave does not count against the limit."""

    SENT = "sent"
    REACHED = "reached"
    NO_ANSWER = "no-answer"
    WRONG_CONTACT = "wrong-contact"
    REFUSED = "refused"
    FAILED = "failed"


class StepKind(StrEnum):
    """What to do next about one follow-up."""

    NOTHING = "nothing"
    ASK = "ask"
    WAIT = "wait"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours in which nothing is sent, in the local time of the patient; may run over midnight."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        """Refuse hours that begin and end together.

        Raises:
            InvalidData: Both are the same, or they carry a time zone.
        """
        if self.begins == self.ends:
            raise InvalidData(Fault(f"quiet hours begin and end at {self.begins:%H:%M}.", "quiet_hours"))
        if self.begins.tzinfo or self.ends.tzinfo:
            raise InvalidData(Fault("quiet hours carry a time zone; give local times.", "quiet_hours"))

    def holds(self, moment: time) -> bool:
        """True when nothing may be sent at this local time; the end itself is free again."""
        if self.begins < self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseRules:
    """The declared rules of asking again, one version of them.

    ``steps`` is the channel of the first, second, third attempt for a window, and so its length is the
    limit. ``gap_days`` lie between two attempts; a window with at most ``urgent_days`` left goes first.
    """

    version: str
    steps: tuple[Channel, ...]
    gap_days: int
    urgent_days: int
    quiet_hours: QuietHours

    def __post_init__(self) -> None:
        """Refuse rules that ask never or at once again.

        Raises:
            InvalidData: No step, or days below their limits.
        """
        faults = []
        if not self.steps:
            faults.append(Fault("names no step.", "steps"))
        if self.gap_days < 1:
            faults.append(Fault(f"{self.gap_days} days; must be at least 1.", "gap_days"))
        if self.urgent_days < 0:
            faults.append(Fault(f"{self.urgent_days} days; must not be negative.", "urgent_days"))
        if faults:
            raise InvalidData(faults)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to reach a patient about one window."""

    on: date
    channel: Channel
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do about one follow-up, through which channel, not before which day, and why."""

    kind: StepKind
    why: str
    channel: Channel | None = None
    not_before: date | None = None


def next_step(
    follow_up: FollowUp,
    attempts: Iterable[Attempt],
    rules: ChaseRules,
    today: date,
    *,
    may_contact: bool,
    channels: Iterable[Channel] = tuple(Channel),
) -> NextStep:
    """What to do next about one follow-up.

    Args:
        follow_up: The window as it stands today.
        attempts: Every attempt about it so far.
        rules: The rules of the site.
        today: The day in the time zone of the site.
        may_contact: Whether the patient consented to be contacted.
        channels: Channels for which the patient gave a contact.
    """
    made = sorted(attempts, key=lambda a: a.on)
    counted = [a for a in made if a.outcome is not Outcome.FAILED]
    if not follow_up.expected:
        return NextStep(StepKind.NOTHING, "The clinic can show none of the forms of this window.")
    if not follow_up.accepts_answers(today):
        return NextStep(StepKind.NOTHING, f"The window is {follow_up.state}.")
    if not may_contact:
        return NextStep(StepKind.NOTHING, "The patient did not consent to be contacted.")
    if any(a.outcome is Outcome.REFUSED for a in made):
        return NextStep(StepKind.DECIDE, "The patient refused: withdraw the contact, or leave this window.")
    dead = {a.channel for a in made if a.outcome is Outcome.WRONG_CONTACT}
    usable = [c for c in rules.steps[len(counted) :] if c in set(channels) - dead]
    if len(counted) >= len(rules.steps):
        return NextStep(StepKind.DECIDE, f"{len(counted)} attempts made, the limit: call it lost, or wait.")
    if not usable:
        return NextStep(StepKind.DECIDE, "No contact is left that the rules would use: find one.")
    free = made[-1].on + timedelta(days=rules.gap_days) if made else follow_up.opens
    if free > today:
        return NextStep(StepKind.WAIT, f"{rules.gap_days} days between attempts.", usable[0], free)
    return NextStep(StepKind.ASK, f"Attempt {len(counted) + 1} of {len(rules.steps)}.", usable[0], today)


def allowed_send_time(moment: datetime, quiet: QuietHours) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into.

    Args:
        moment: When the sender is ready, in the time zone of the patient.
        quiet: Quiet hours in local time. Where the clock jumps over their end, an hour is added to it.

    Raises:
        InvalidData: The moment carries no time zone.
    """
    if moment.tzinfo is None:
        raise InvalidData(Fault("the moment carries no time zone.", "moment", "Give the patient's zone."))
    if not quiet.holds(moment.timetz().replace(tzinfo=None)):
        return moment
    later = moment.time() >= quiet.ends
    day = moment.date() + timedelta(days=1) if later else moment.date()
    ends = datetime.combine(day, quiet.ends, tzinfo=moment.tzinfo)
    # There and back again, because a local time that summer time skips does not exist.
    return ends.astimezone(UTC).astimezone(moment.tzinfo)


def reminder_language(preferred: str, available: Sequence[str]) -> str:
    """The language a reminder goes out in: the preferred one, its main language, or the first available.

    Args:
        preferred: Language tag of the patient, such as 'hi' or 'bn-IN'.
        available: Tags for which the text exists, the language of the site first.

    Raises:
        InvalidData: There is no text at all.
    """
    if not available:
        raise InvalidData(Fault("no text in any language.", "available"))
    main = preferred.partition("-")[0]
    return next((tag for tag in (preferred, main) if tag in available), available[0])
