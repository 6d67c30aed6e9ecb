"""The choices of reading a trial that analysts may make differently, declared before any figure is seen."""

from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import product

from enthesis.statistics.conversions import ASSUMED_CORRELATION, SENSITIVITY_CORRELATIONS

__all__ = ["DECLARED", "READINGS", "Figures", "Instrument", "Reading", "Values", "Window", "all_readings"]


class Instrument(StrEnum):
    """Which scale speaks for a trial that reports several of one outcome."""

    FIRST = "first of the hierarchy"
    LAST = "last of the hierarchy"
    MEAN = "mean over all"


class Window(StrEnum):
    """Which visit speaks for a trial."""

    CENTRE = "nearest to the middle"
    LAST = "last visit in the span"
    NEIGHBOURS = "neighbouring spans where none"


class Values(StrEnum):
    """Whether scores at the visit or changes from baseline are preferred."""

    FINAL = "final values"
    CHANGE = "changes from baseline"


class Figures(StrEnum):
    """Whether the figures of the arms or the printed comparison is preferred."""

    ARMS = "arm figures"
    PRINTED = "printed comparison"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a trial; the defaults are the rule of the answers.

    ``correlation`` of baseline and follow-up is used only for changes that a trial did not print.
    """

    instrument: Instrument = Instrument.FIRST
    window: Window = Window.CENTRE
    values: Values = Values.FINAL
    correlation: float = ASSUMED_CORRELATION
    figures: Figures = Figures.ARMS


DECLARED = Reading()

# Axis name and levels of each choice, the declared level first.
READINGS: dict[str, tuple[object, ...]] = {
    "instrument": tuple(Instrument),
    "window": tuple(Window),
    "values": tuple(Values),
    "correlation": (ASSUMED_CORRELATION, *SENSITIVITY_CORRELATIONS),
    "figures": tuple(Figures),
}


def all_readings() -> tuple[Reading, ...]:
    """Every combination, the last choice changing fastest; the first is the declared one."""
    names = [f.name for f in fields(Reading)]
    return tuple(
        Reading(**dict(zip(names, levels, strict=True)))  # type: ignore[arg-type]
        for levels in product(*(READINGS[name] for name in names))
    )
