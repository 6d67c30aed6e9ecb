"""Whether a typed number can be true: refused, asked back with the likely slip, or taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from enthesis.errors import Fault, InvalidData

__all__ = ["EntryFinding", "EntryLimits", "Gravity", "Limit", "Slip", "check_number"]


class Gravity(StrEnum):
    """What a finding does: refuse the entry, or ask whoever typed it to confirm."""

    REFUSE = "refuse"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class EntryFinding:
    """One doubt about an entry: how grave, in which field, what is wrong and what to do."""

    gravity: Gravity
    field: str
    message: str
    repair: str = ""

    def as_fault(self) -> Fault:
        """The same as a fault of the error tree."""
        return Fault(self.message, self.field, self.repair)


@dataclass(frozen=True, slots=True)
class Slip:
    """A known way to type a wrong number: ``factor`` times the true one."""

    factor: float
    entered: str


@dataclass(frozen=True, slots=True)
class Limit:
    """What a number may be and what is usual, both ends included, with the slips that explain the rest."""

    field: str
    unit: str
    usual: tuple[float, float]
    possible: tuple[float, float]
    slips: tuple[Slip, ...] = ()

    def __post_init__(self) -> None:
        """Refuse limits that do not hold each other.

        Raises:
            InvalidData: The usual range does not lie inside the possible one.
        """
        if not self.possible[0] <= self.usual[0] < self.usual[1] <= self.possible[1]:
            message = f"usual {self.usual} must lie inside possible {self.possible}."
            raise InvalidData(Fault(message, self.field))


@dataclass(frozen=True, slots=True)
class EntryLimits:
    """The limits in use: of a person by field, of the volume by body region, of the needle."""

    version: str
    person: Mapping[str, Limit]
    volume_ml: Mapping[str, Limit]
    needle_gauge: Limit
    needle_length_mm: Limit


def check_number(value: float, limit: Limit) -> Iterator[EntryFinding]:
    """At most one finding about one number: refused when impossible, asked back when unusual."""
    low, high = limit.possible
    shown = f"{value:g} {limit.unit}"
    if not isfinite(value) or not low <= value <= high:
        message = f"{shown} cannot be; must lie in {low:g} to {high:g} {limit.unit}."
        yield EntryFinding(Gravity.REFUSE, limit.field, message, _slip(value, limit))
    elif not limit.usual[0] <= value <= limit.usual[1]:
        message = f"{shown} is unusual; usual is {limit.usual[0]:g} to {limit.usual[1]:g} {limit.unit}."
        yield EntryFinding(Gravity.CONFIRM, limit.field, message, _slip(value, limit) or "Confirm it.")


def _slip(value: float, limit: Limit) -> str:
    for slip in limit.slips:
        if limit.usual[0] <= (meant := value / slip.factor) <= limit.usual[1]:
            return f"Perhaps {slip.entered}: {meant:.3g} {limit.unit} would be usual."
    return ""
