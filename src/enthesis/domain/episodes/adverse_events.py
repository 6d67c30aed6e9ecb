"""Adverse events: how bad, how serious, caused by what; and a record that agrees with itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from enthesis.errors import Fault, InvalidData

__all__ = [
    "AdverseEvent",
    "Causality",
    "Expectedness",
    "HarmGrade",
    "HarmOutcome",
    "Seriousness",
    "is_related",
    "is_serious",
    "is_susar",
]


class HarmGrade(IntEnum):
    """Severity by the general scale of CTCAE version 5.0; the version is stored beside the grade."""

    MILD = 1
    MODERATE = 2
    SEVERE = 3
    LIFE_THREATENING = 4
    DEATH = 5


class Seriousness(StrEnum):
    """Criteria of seriousness (ICH E2A, section II B); one is enough. Severe is not the same as serious."""

    DEATH = "death"
    LIFE_THREATENING = "life-threatening"
    HOSPITALISATION = "hospitalisation"
    DISABILITY = "disability"
    CONGENITAL_ANOMALY = "congenital-anomaly"
    MEDICALLY_IMPORTANT = "medically-important"


class Causality(StrEnum):
    """WHO-UMC categories of causality, asked of the product and of the procedure apart."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    CONDITIONAL = "conditional"
    UNASSESSABLE = "unassessable"


class Expectedness(StrEnum):
    """Whether nature and severity agree with the reference safety information."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"
    NOT_ASSESSED = "not-assessed"


class HarmOutcome(StrEnum):
    """How the event ended so far."""

    RECOVERED = "recovered"
    RECOVERING = "recovering"
    NOT_RECOVERED = "not-recovered"
    RECOVERED_WITH_SEQUELAE = "recovered-with-sequelae"
    FATAL = "fatal"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEvent:
    """One adverse event as recorded; ``known_on`` is the day the site first learned of it."""

    term: str
    onset: date
    known_on: date
    grade: HarmGrade
    seriousness: frozenset[Seriousness]
    causality_product: Causality
    causality_procedure: Causality
    expectedness: Expectedness
    outcome: HarmOutcome
    resolved: date | None = None
    grading_version: str = "CTCAE 5.0"

    def __post_init__(self) -> None:
        """Refuse an event that contradicts itself.

        Raises:
            InvalidData: Days out of order, or grade, seriousness and outcome that disagree about death,
                danger to life or recovery; names each.
        """
        if faults := (*_day_faults(self), *_death_faults(self), *_grade_faults(self)):
            raise InvalidData(faults)


def is_serious(event: AdverseEvent) -> bool:
    """True when any criterion of seriousness holds."""
    return bool(event.seriousness)


def is_related(event: AdverseEvent) -> bool:
    """True unless both causes were judged unlikely.

    What could not be judged counts as related: a doubt must not stop a report.
    """
    return any(c is not Causality.UNLIKELY for c in (event.causality_product, event.causality_procedure))


def is_susar(event: AdverseEvent) -> bool:
    """True for a suspected unexpected serious adverse reaction; not yet assessed counts as unexpected."""
    return is_serious(event) and is_related(event) and event.expectedness is not Expectedness.EXPECTED


def _day_faults(event: AdverseEvent) -> Iterator[Fault]:
    if not event.term.strip():
        yield Fault("has no term.", "term", "Name the event, such as 'post-injection flare'.")
    if event.known_on < event.onset:
        yield Fault(f"known on {event.known_on}, before its onset on {event.onset}.", "known_on")
    if event.resolved is not None and event.resolved < event.onset:
        yield Fault(f"resolved on {event.resolved}, before its onset on {event.onset}.", "resolved")
    ended = event.outcome in (HarmOutcome.RECOVERED, HarmOutcome.RECOVERED_WITH_SEQUELAE)
    if event.resolved is not None and not ended and event.outcome is not HarmOutcome.FATAL:
        yield Fault(f"has a day of resolution, but the outcome is '{event.outcome}'.", "outcome")


def _death_faults(event: AdverseEvent) -> Iterator[Fault]:
    told = {
        "grade": event.grade is HarmGrade.DEATH,
        "seriousness": Seriousness.DEATH in event.seriousness,
        "outcome": event.outcome is HarmOutcome.FATAL,
    }
    if any(told.values()) and not all(told.values()):
        silent = ", ".join(name for name, fatal in told.items() if not fatal)
        yield Fault(f"says death in one place and not in {silent}.", silent, "Make them agree.")


def _grade_faults(event: AdverseEvent) -> Iterator[Fault]:
    if event.grade is HarmGrade.LIFE_THREATENING and Seriousness.LIFE_THREATENING not in event.seriousness:
        yield Fault("grade 4 is life-threatening, but seriousness does not say so.", "seriousness")
    if Seriousness.LIFE_THREATENING in event.seriousness and event.grade < HarmGrade.LIFE_THREATENING:
        yield Fault(f"life-threatening with grade {event.grade:d}; must be 4 or 5.", "grade")
