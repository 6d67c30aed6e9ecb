"""Limits that a record has to keep before a number is shown; the numbers are data with a source."""

from collections.abc import Mapping
from dataclasses import dataclass

from enthesis.domain.products.kinds import ProductKind

__all__ = ["Analyser", "CountLimits", "PlausibilityLimits", "Slip"]

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Slip:
    """A factor by which counts are mistyped, and what was then probably entered."""

    factor: float
    entered: str


@dataclass(frozen=True, slots=True)
class CountLimits:
    """What a count can be: refused outside ``possible``, doubted outside ``usual``.

    ``unit`` is the unit of the numbers. ``usual`` None leaves only the outer limits.
    """

    sample: str
    cell: str
    unit: str
    possible: Interval
    usual: Interval | None
    slips: tuple[Slip, ...]
    kinds: tuple[ProductKind, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Analyser:
    """A counting device and the highest platelet count, in 10^9/L, that it was validated for."""

    id: str
    names: tuple[str, ...]
    platelets_up_to_e9_per_l: float
    source: str


@dataclass(frozen=True, slots=True)
class PlausibilityLimits:
    """Every limit of a platelet product.

    Recoveries and shares in percent, ``usual_recovery`` being the range that a slip is recognised by.
    ``recount_above_e9_per_l`` is the platelet count that is refused without a second count.
    """

    counts: tuple[CountLimits, ...]
    refuse_recovery_above: float
    doubt_recovery_above: float
    doubt_recovery_below: float
    usual_recovery: Interval
    recount_above_e9_per_l: float
    rocked_minutes_at_least: float
    viability_above_percent: float
    doubt_force_above_g: float
    anticoagulant_per_blood_up_to: float
    analysers: tuple[Analyser, ...]
    sources: Mapping[str, str]

    def analyser_called(self, name: str) -> Analyser | None:
        """The analyser of that name, whatever its capitals, spaces and hyphens."""
        wanted = _bare(name)
        return next((a for a in self.analysers if wanted in {_bare(n) for n in (a.id, *a.names)}), None)


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
