"""The follow-up protocol: when a course is asked about, and with which instruments, as one editable value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["Asked", "Ending", "Protocol", "Window", "Yardstick"]

Ending = Literal["end", "continue"]


@dataclass(frozen=True, slots=True)
class Window:
    """One time at which answers are asked for; days count from the first injection of the course.

    An answer from ``opens_day`` to ``closes_day`` is on time, one up to ``late_until_day`` is late and
    still kept. ``weeks`` is the time the window is named for, 0 for baseline. ``primary`` marks the
    windows that the analysis rests on; they are chased first.
    """

    id: str
    weeks: int
    opens_day: int
    closes_day: int
    late_until_day: int
    primary: bool = False

    @property
    def is_baseline(self) -> bool:
        """True for the window before the injection."""
        return self.weeks == 0

    def opens(self, index: date) -> date:
        """First day on which an answer counts."""
        return index + timedelta(days=self.opens_day)

    def due(self, index: date) -> date:
        """The day the window is named for."""
        return index + timedelta(weeks=self.weeks)

    def closes(self, index: date) -> date:
        """Last day on which an answer is on time."""
        return index + timedelta(days=self.closes_day)

    def late_until(self, index: date) -> date:
        """Last day on which an answer is kept for this window."""
        return index + timedelta(days=self.late_until_day)


@dataclass(frozen=True, slots=True)
class Asked:
    """An instrument and the ids of the windows in which it is asked."""

    instrument: str
    windows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Which score of an instrument a patient's curve shows, and which published thresholds it is read by.

    Empty where none is on file for such patients; ``mcid_at`` chooses a number inside a published range.
    """

    instrument: str
    score: str
    mcid: str = ""
    mdc: str = ""
    pass_state: str = ""
    mcid_at: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """One version of a follow-up protocol.

    ``core`` is asked of everybody and ``by_condition`` besides. Injections up to ``series_days`` after the
    first belong to one course; a later one is a repeat. ``on_repeat`` and ``on_surgery`` say whether the
    windows of a course end there or go on (a treatment-policy follow-up).
    """

    id: str
    version: str
    title: str
    windows: tuple[Window, ...]
    core: tuple[Asked, ...]
    by_condition: Mapping[str, tuple[Asked, ...]]
    yardsticks: Mapping[str, tuple[Yardstick, ...]]
    series_days: int
    on_repeat: Ending = "end"
    on_surgery: Ending = "end"

    def __post_init__(self) -> None:
        """Refuse a protocol whose windows overlap or whose instruments are asked in no window.

        Raises:
            InvalidData: Every misfit of windows, instruments and rules.
        """
        faults = (*_window_faults(self), *_order_faults(self), *_asked_faults(self), *_rule_faults(self))
        if faults:
            raise InvalidData(faults)

    def window(self, name: str) -> Window:
        """The window of that id.

        Raises:
            NotFound: No such window.
        """
        found = {window.id: window for window in self.windows}
        if name not in found:
            raise NotFound(f"window of {self.id}", name, found)
        return found[name]

    def window_at(self, index: date, day: date) -> Window | None:
        """The window that an answer of this day belongs to, on time or late; None between windows."""
        for window in self.windows:
            if window.opens(index) <= day <= window.late_until(index):
                return window
        return None

    def instruments(self, condition: str, window: str) -> tuple[str, ...]:
        """Ids of the instruments asked in a window of a condition, core first, each once."""
        asked = (*self.core, *self.by_condition.get(condition, ()))
        return tuple(dict.fromkeys(entry.instrument for entry in asked if window in entry.windows))


def _window_faults(protocol: Protocol) -> Iterator[Fault]:
    for window in protocol.windows:
        where = f"windows.{window.id}"
        if not window.opens_day <= window.closes_day <= window.late_until_day:
            days = f"{window.opens_day}, {window.closes_day}, {window.late_until_day}"
            yield Fault(f"days {days} must not fall.", where, "Give opens, closes and late until in order.")
        if window.is_baseline and window.late_until_day > 0:
            yield Fault("a baseline may not be answered after the injection.", where, "Close it on day 0.")
        if not window.is_baseline and not window.opens_day <= 7 * window.weeks <= window.closes_day:
            yield Fault(f"week {window.weeks} lies outside its own window.", where)
        if not window.is_baseline and window.opens_day < 1:
            yield Fault("opens on or before the day of injection.", where, "Open it on day 1 or later.")


def _order_faults(protocol: Protocol) -> Iterator[Fault]:
    ids = [window.id for window in protocol.windows]
    for repeated in sorted({name for name in ids if ids.count(name) > 1}):
        yield Fault(f"'{repeated}' appears twice.", "windows")
    for earlier, later in zip(protocol.windows, protocol.windows[1:], strict=False):
        if later.opens_day <= earlier.late_until_day:
            message = (
                f"opens on day {later.opens_day}, before {earlier.id} is over ({earlier.late_until_day})."
            )
            yield Fault(message, f"windows.{later.id}", "Windows may not overlap.")
    if not protocol.windows or not protocol.windows[0].is_baseline:
        yield Fault("the first window must be the baseline (week 0).", "windows")
    if sum(window.is_baseline for window in protocol.windows) > 1:
        yield Fault("holds more than one baseline.", "windows")


def _asked_faults(protocol: Protocol) -> Iterator[Fault]:
    known = {window.id for window in protocol.windows}
    groups = {"core": protocol.core, **{f"by_condition.{c}": a for c, a in protocol.by_condition.items()}}
    for where, asked in groups.items():
        for entry in asked:
            for stranger in sorted(set(entry.windows) - known):
                yield Fault(f"{entry.instrument} is asked in '{stranger}', which is no window.", where)
            if not entry.windows:
                yield Fault(f"{entry.instrument} is asked in no window.", where)


def _rule_faults(protocol: Protocol) -> Iterator[Fault]:
    if protocol.series_days < 0:
        yield Fault(f"{protocol.series_days} days; must not be negative.", "series_days")
    for name in ("on_repeat", "on_surgery"):
        if (given := getattr(protocol, name)) not in get_args(Ending):
            yield Fault(f"'{given}'; must be {' or '.join(get_args(Ending))}.", name)
