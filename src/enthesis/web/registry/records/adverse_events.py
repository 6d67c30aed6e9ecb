"""Adverse events between rows and the values the rules of harms judge."""

from zoneinfo import ZoneInfo

from enthesis.catalogue.adverse_events_loader import load_harm_reporting
from enthesis.domain.episodes.adverse_events import (
    AdverseEvent as Harm,
)
from enthesis.domain.episodes.adverse_events import (
    Causality,
    Expectedness,
    HarmGrade,
    HarmOutcome,
    Seriousness,
)
from enthesis.domain.episodes.harm_reporting import HarmReporting
from enthesis.web.registry.models import AdverseEvent

__all__ = ["EXPECTED", "harm_of", "reporting_in_use"]

EXPECTED = {True: Expectedness.EXPECTED, False: Expectedness.UNEXPECTED, None: Expectedness.NOT_ASSESSED}


def reporting_in_use() -> HarmReporting:
    """Grade words, terms and clocks of this installation."""
    return load_harm_reporting()["standard"]


def harm_of(row: AdverseEvent) -> Harm:
    """The event as the rules judge it; days are those of the site.

    Raises:
        InvalidData: It contradicts itself; names each field.
    """
    return Harm(
        term=row.term,
        onset=row.started_on,
        known_on=row.known_at.astimezone(ZoneInfo(row.site.time_zone)).date(),
        grade=HarmGrade(row.grade),
        seriousness=frozenset(Seriousness(word) for word in row.serious),
        causality_product=Causality(row.cause_product),
        causality_procedure=Causality(row.cause_procedure),
        expectedness=EXPECTED[row.expected],
        outcome=HarmOutcome(row.outcome),
        resolved=row.ended_on,
    )
