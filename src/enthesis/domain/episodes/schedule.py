"""What is due for one course: each window with its state, its dates, and what is still to be answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from enthesis.domain.episodes.closures import Closure, closure_of, ends_for_good
from enthesis.domain.episodes.protocol import Protocol, Window
from enthesis.domain.episodes.states import Answers, FollowUpState, Phase, state_of
from enthesis.errors import NotFound

__all__ = ["Answered", "Course", "FollowUp", "Schedule", "SetAside", "courses", "schedule"]


@dataclass(frozen=True, slots=True)
class Answered:
    """One instrument answered to the end, for a window, on a day."""

    instrument: str
    window: str
    on: date


@dataclass(frozen=True, slots=True)
class Course:
    """Injections that belong together; windows count from the first of them."""

    index: date
    injections: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One window of one course as it stands on one day.

    ``not_asked`` names instruments of the protocol that this clinic cannot show, for want of a licence or
    of a translation; they are not expected. ``closure`` is the ending that touches the window, if any; a
    window completed before stays complete.
    """

    window: Window
    state: FollowUpState
    opens: date
    closes: date
    late_until: date
    expected: tuple[str, ...]
    answered: tuple[Answered, ...]
    not_asked: tuple[str, ...] = ()
    closure: Closure | None = None

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Instruments still to be answered."""
        done = {answer.instrument for answer in self.answered}
        return tuple(name for name in self.expected if name not in done)

    @property
    def answered_late(self) -> tuple[str, ...]:
        """Instruments answered after the window had closed."""
        return tuple(answer.instrument for answer in self.answered if answer.on > self.closes)

    def accepts_answers(self, today: date) -> bool:
        """True while a form may be opened: the window is open or late, not ended, and asks for more."""
        waiting = self.state in (FollowUpState.DUE, FollowUpState.LATE, FollowUpState.PARTLY)
        return waiting and bool(self.outstanding) and self.opens <= today <= self.late_until


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer that no window takes, and why; it stays on record."""

    answer: Answered
    why: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """One course on one day: its windows in order, the protocol they follow, and the answers set aside."""

    index: date
    protocol: str
    protocol_version: str
    follow_ups: tuple[FollowUp, ...]
    set_aside: tuple[SetAside, ...]

    def follow_up(self, window: str) -> FollowUp:
        """The follow-up of a window.

        Raises:
            NotFound: No such window.
        """
        found = {item.window.id: item for item in self.follow_ups}
        if window not in found:
            raise NotFound("window", window, found)
        return found[window]


def courses(injections: Iterable[date], protocol: Protocol) -> tuple[Course, ...]:
    """Injections of one product into one target grouped into courses, earliest first.

    An injection up to ``series_days`` after the first of a course belongs to it; a later one is a repeat
    and begins the next course.
    """
    grouped: list[list[date]] = []
    for day in sorted(injections):
        if grouped and (day - grouped[-1][0]).days <= protocol.series_days:
            grouped[-1].append(day)
        else:
            grouped.append([day])
    return tuple(Course(days[0], tuple(days)) for days in grouped)


def schedule(
    index: date,
    protocol: Protocol,
    condition: str,
    today: date,
    answered: Iterable[Answered] = (),
    closures: Iterable[Closure] = (),
    available: Collection[str] | None = None,
) -> Schedule:
    """Every window of one course as it stands today, in order.

    Nothing is raised for stored data: a corrected injection date or an ending learned later may leave an
    answer without a window, and such answers are set aside with the reason. Endings after ``today`` do not
    count yet.

    Args:
        index: Day of the first injection, or the day it is planned for.
        protocol: The follow-up protocol of the site.
        condition: Id of the condition treated.
        today: The day in the time zone of the site; the caller knows it.
        answered: Instruments answered to the end. An instrument answered twice counts from its first day.
        closures: Every ending of the course so far.
        available: Instruments the clinic may show; all of them when left out.
    """
    endings = tuple(closures)
    kept: dict[str, list[Answered]] = {window.id: [] for window in protocol.windows}
    aside: list[SetAside] = []
    for answer in sorted(answered, key=lambda a: (a.on, a.window, a.instrument)):
        if why := _why_aside(answer, index, protocol, endings, today):
            aside.append(SetAside(answer, why))
        else:
            kept[answer.window].append(answer)
    follow_ups = tuple(
        _follow_up(window, index, protocol, condition, today, kept[window.id], endings, available)
        for window in protocol.windows
    )
    return Schedule(index, protocol.id, protocol.version, follow_ups, tuple(aside))


def _follow_up(
    window: Window,
    index: date,
    protocol: Protocol,
    condition: str,
    today: date,
    answers: list[Answered],
    endings: tuple[Closure, ...],
    available: Collection[str] | None,
) -> FollowUp:
    asked = protocol.instruments(condition, window.id)
    expected = tuple(name for name in asked if available is None or name in available)
    first = {answer.instrument: answer for answer in reversed(answers)}
    given = tuple(answer for answer in answers if first[answer.instrument] is answer)
    closure = closure_of(window, index, endings, protocol, today)
    state = state_of(_progress(expected, given), _phase(window, index, today), closed=closure is not None)
    return FollowUp(
        window=window,
        state=state,
        opens=window.opens(index),
        closes=window.closes(index),
        late_until=window.late_until(index),
        expected=expected,
        answered=given,
        not_asked=tuple(name for name in asked if name not in expected),
        closure=closure,
    )


def _progress(expected: tuple[str, ...], given: tuple[Answered, ...]) -> Answers:
    done = {answer.instrument for answer in given} & set(expected)
    if expected and done.issuperset(expected):
        return Answers.ALL
    return Answers.SOME if done else Answers.NONE


def _phase(window: Window, index: date, today: date) -> Phase:
    if today < window.opens(index):
        return Phase.BEFORE
    if today <= window.closes(index):
        return Phase.OPEN
    return Phase.LATE if today <= window.late_until(index) else Phase.OVER


def _why_aside(
    answer: Answered, index: date, protocol: Protocol, endings: tuple[Closure, ...], today: date
) -> str:
    windows = {window.id: window for window in protocol.windows}
    if answer.window not in windows:
        return f"The protocol {protocol.id} {protocol.version} has no window '{answer.window}'."
    opens, until = windows[answer.window].opens(index), windows[answer.window].late_until(index)
    if not opens <= answer.on <= until:
        return f"Answered on {answer.on}; the window runs from {opens} to {until}."
    if answer.on > today:
        return f"Answered on {answer.on}, which has not come yet."
    ended = [e for e in endings if e.on < answer.on and ends_for_good(e.reason, protocol)]
    if ended:
        first = min(ended, key=lambda e: e.on)
        return f"Answered on {answer.on}, after the course had ended ({first.reason}, {first.on})."
    return ""
