"""Rows that stand within a row, and the latest episodes, for pages that show no name."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import (
    AdverseEvent,
    Care,
    Consent,
    EndPoint,
    Episode,
    FollowUp,
    Imaging,
    Injection,
    Response,
)
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["EPISODES_A_PAGE", "latest_episodes", "rows_within"]

EPISODES_A_PAGE = 50
# Of an episode, in the order in which a reader asks.
OF_EPISODE: tuple[type[AboutPatient], ...] = (Injection, Imaging, AdverseEvent, Care, EndPoint, FollowUp)


def rows_within(row: AboutPatient) -> list[AboutPatient]:
    """Rows that belong to an episode, a questionnaire or an injection; none for the other kinds."""
    found: list[AboutPatient] = []
    if isinstance(row, Episode):
        for model in OF_EPISODE:
            found += model.objects.filter(episode=row).select_related("site").order_by("pk")
        found += Consent.objects.filter(patient=row.patient).order_by("pk")
    elif isinstance(row, FollowUp):
        found += Response.objects.filter(follow_up=row).order_by("pk")
    elif isinstance(row, Injection):
        found += AdverseEvent.objects.filter(injection=row).select_related("site").order_by("pk")
    return found


def latest_episodes(sites: Sequence[Site], before: UUID | None) -> list[Episode]:
    """Episodes of sites, those recorded last first; with ``before``, those recorded before that one.

    Raises:
        Http404: No such episode in reach.
    """
    rows: QuerySet[Episode] = Episode.objects.filter(site__in=list(sites)).select_related("site")
    if before is not None:
        rows = rows.filter(pk__lt=get_object_or_404(Episode, key=before).pk)
    return list(rows.order_by("-pk")[:EPISODES_A_PAGE])
