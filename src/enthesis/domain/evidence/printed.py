"""Figures as a page prints them, with where they were read and what is held against them.

Nothing is converted and nothing guessed; ``None`` means that the value was not seen. Numbers are in the
unit printed. The values refuse figures that cannot stand together.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from enthesis.errors import Fault, InvalidData

__all__ = [
    "ArmFigures",
    "Correction",
    "Integrity",
    "Interval",
    "PrintedContrast",
    "PrintedP",
    "Source",
    "WithinArm",
    "raise_any",
]

Interval = tuple[float, float]
RATIO_MEASURES = frozenset({"RR", "OR", "HR"})


def raise_any(faults: Iterator[Fault]) -> None:
    """Raise all faults together as InvalidData; without a fault, nothing happens."""
    if found := list(faults):
        raise InvalidData(found)


def _not_finite(value: object, names: tuple[str, ...]) -> Iterator[Fault]:
    for name in names:
        number = getattr(value, name)
        if number is not None and not math.isfinite(number):
            yield Fault(
                f"{number} is no number.", name, "Leave the field out when the figure was not printed."
            )


def _not_above_zero(value: object, names: tuple[str, ...]) -> Iterator[Fault]:
    for name in names:
        number = getattr(value, name)
        if number is not None and not number > 0:
            yield Fault(f"{number} is not above 0.", name, "A spread or a size of 0 or less cannot be.")


def _disordered(limits: Interval | None, name: str) -> Iterator[Fault]:
    if limits is not None and not limits[0] <= limits[1]:
        yield Fault(f"{list(limits)} is not ordered.", name, "Write the lower limit first.")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: kind of place, place inside it, and the address when it is another page."""

    kind: str
    locator: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that differs from the one first recorded, with the reason and where the right one stands."""

    field: str
    was: str | float | bool | None
    now: str | float | bool | None
    reason: str
    source: str
    date: date


@dataclass(frozen=True, slots=True)
class Integrity:
    """A reasoned doubt about a report as a whole. No doubt recorded is no proof of soundness."""

    status: str
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a doubt without a reason."""
        if not any(reason.strip() for reason in self.reasons):
            raise InvalidData(Fault("a doubt without a reason.", "reasons", "Say what was found."))


@dataclass(frozen=True, slots=True)
class PrintedP:
    """A p-value with the sign printed before it: '=', '<' or '>'."""

    relation: str
    value: float

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        if not 0 <= self.value <= 1:
            raise InvalidData(Fault(f"p {self.value} lies outside [0, 1].", "value"))


@dataclass(frozen=True, slots=True)
class ArmFigures:
    """What is printed for one arm at one visit, in the unit of the scale; ``percent`` runs from 0 to 100."""

    arm: str
    n: int | None = None
    mean: float | None = None
    sd: float | None = None
    se: float | None = None
    ci: Interval | None = None
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    min: float | None = None
    max: float | None = None
    events: int | None = None
    percent: float | None = None

    def __post_init__(self) -> None:
        """Refuse figures that cannot stand together."""
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from _not_finite(self, ("mean", "sd", "se", "median", "q1", "q3", "min", "max", "percent"))
        yield from _not_above_zero(self, ("n", "sd", "se"))
        yield from _disordered(self.ci, "ci")
        if self.events is not None and not 0 <= self.events <= (self.n or self.events):
            yield Fault(f"{self.events} events among {self.n}.", "events", "Events lie between 0 and n.")
        if self.percent is not None and not 0 <= self.percent <= 100:
            yield Fault(f"{self.percent} percent.", "percent", "A share lies between 0 and 100.")
        five = [x for x in (self.min, self.q1, self.median, self.q3, self.max) if x is not None]
        if five != sorted(five):
            yield Fault(f"min, q1, median, q3, max are not ordered: {five}.", "median")


@dataclass(frozen=True, slots=True)
class PrintedContrast:
    """A comparison of two arms as printed: ``of`` minus ``versus``, or ``of`` over ``versus`` for ratios.

    ``favours`` is the arm that the source calls better, or 'neither'. RD is in percentage points.
    """

    of: str
    versus: str
    measure: str | None = None
    estimate: float | None = None
    se: float | None = None
    ci: Interval | None = None
    level: float | None = None
    p: PrintedP | None = None
    adjusted: bool | None = None
    favours: str | None = None

    def __post_init__(self) -> None:
        """Refuse a comparison of an arm with itself and figures that cannot stand together."""
        raise_any(self._faults())

    @property
    def is_ratio(self) -> bool:
        """True when the measure multiplies (RR, OR, HR)."""
        return self.measure in RATIO_MEASURES

    def _faults(self) -> Iterator[Fault]:
        yield from _not_finite(self, ("estimate", "se"))
        yield from _not_above_zero(self, ("se",))
        yield from _disordered(self.ci, "ci")
        if self.of == self.versus:
            yield Fault(f"arm '{self.of}' is compared with itself.", "versus", "Name two arms.")
        if self.favours not in (None, "neither", self.of, self.versus):
            yield Fault(f"'{self.favours}' is not one of the two arms.", "favours")
        figures = [x for x in (self.estimate, *(self.ci or ())) if x is not None]
        if self.is_ratio and any(x <= 0 for x in figures):
            yield Fault(f"{self.measure} of 0 or less.", "estimate", "A ratio is above 0.")


@dataclass(frozen=True, slots=True)
class WithinArm:
    """A change from baseline inside one arm. It is never a comparison."""

    arm: str
    estimate: float | None = None
    sd: float | None = None
    ci: Interval | None = None
    p: PrintedP | None = None
    direction: str | None = None

    def __post_init__(self) -> None:
        """Refuse figures that cannot stand together."""
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from _not_finite(self, ("estimate", "sd"))
        yield from _not_above_zero(self, ("sd",))
        yield from _disordered(self.ci, "ci")
