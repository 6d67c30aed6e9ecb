"""Adverse events: one by key, and those whose reporting clock runs."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enthesis.domain.episodes.adjudication import AdjudicationState
from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import AdverseEvent

__all__ = ["harm_row", "harms_shown", "unreported_serious"]

MOST_SHOWN = 200


def harm_row(key: UUID) -> AdverseEvent:
    """The event of a key.

    Raises:
        Http404: None in reach.
    """
    found: AdverseEvent = get_object_or_404(_rows(), key=key)
    return found


def harms_shown(sites: Iterable[Site], *, only_open: bool) -> list[AdverseEvent]:
    """Events of these sites, the latest first; those still to be judged when ``only_open``."""
    rows = _rows().filter(site__in=list(sites)).order_by("-started_on", "-id")
    if only_open:
        rows = rows.exclude(adjudication=AdjudicationState.ADJUDICATED.value)
    return list(rows[:MOST_SHOWN])


def unreported_serious(sites: Iterable[Site]) -> list[AdverseEvent]:
    """Serious events that stand and that nobody noted as reported."""
    rows = _rows().filter(site__in=list(sites), reported_on=None, cancelled_because="")
    rows = rows.exclude(serious=[])
    return list(rows.order_by("known_at")[:MOST_SHOWN])


def _rows() -> QuerySet[AdverseEvent]:
    rows: QuerySet[AdverseEvent] = AdverseEvent.objects.select_related(
        "patient", "patient__site", "site", "episode", "injection"
    )
    return rows
