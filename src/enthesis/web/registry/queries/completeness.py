"""Counting expected and given answers in the database, by clinic, window and instrument."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from enthesis.domain.episodes import ClosureReason, Completeness
from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import FollowUp, Response
from enthesis.web.registry.queries.working_site import today_at

__all__ = ["Counted", "instruments_counted", "windows_counted"]

ENDPOINTS = [str(reason) for reason in ClosureReason if reason.is_endpoint]
LATE, ON_TIME = "late", "complete"


@dataclass(frozen=True, slots=True)
class Counted:
    """Completeness of one window of one clinic; ``instrument`` is empty where the window is counted whole."""

    site: Site
    week: int
    instrument: str
    completeness: Completeness


def windows_counted(sites: Iterable[Site]) -> list[Counted]:
    """Whole windows: complete when everything asked in it was answered. One statement a clinic."""
    return [counted for site in sites for counted in _windows_of(site)]


def instruments_counted(sites: Iterable[Site]) -> list[Counted]:
    """Each instrument of each window. Two statements a clinic, whose cost grows with its answers."""
    return [counted for site in sites for counted in _instruments_of(site)]


def _windows_of(site: Site) -> Iterator[Counted]:
    """Counted without grouping by standing, so that the index alone answers, in its own order."""
    closed = Q(closes_on__lt=today_at(site))
    unanswered = closed & Q(completed_on=None)
    rows = _expected(site).values("week").order_by("week")
    for row in rows.annotate(
        not_yet_due=Count("pk", filter=~closed),
        complete=Count("pk", filter=closed & Q(completed_on__lte=F("closes_on"))),
        late=Count("pk", filter=closed & Q(completed_on__gt=F("closes_on"))),
        died=Count("pk", filter=unanswered & Q(closed_because=ClosureReason.DIED)),
        endpoint=Count("pk", filter=unanswered & Q(closed_because__in=ENDPOINTS)),
        missing=Count("pk", filter=unanswered & ~Q(closed_because__in=[*ENDPOINTS, ClosureReason.DIED])),
    ):
        counts: dict[str, Any] = dict(row)
        yield Counted(site, counts.pop("week"), "", Completeness(**counts))


def _expected(site: Site) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(site=site, injection__isnull=False)
    return rows.exclude(closed_because="injection-cancelled")


def _unanswered(prefix: str) -> Case:
    """How an answer that is not there counts, by why the window was closed."""
    return Case(
        When(Q(**{f"{prefix}closed_because": ClosureReason.DIED}), then=Value("died")),
        When(Q(**{f"{prefix}closed_because__in": ENDPOINTS}), then=Value("endpoint")),
        default=Value("missing"),
        output_field=CharField(),
    )


def _instruments_of(site: Site) -> Iterator[Counted]:
    today = today_at(site)
    wanted: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    rows = _expected(site).annotate(standing=_when_unanswered(today)).order_by()
    for week, instruments, standing, n in rows.values_list("week", "instruments", "standing").annotate(
        n=Count("pk")
    ):
        for instrument in instruments:
            wanted[week, instrument][standing] += n
    for week, instrument, standing, given, n in _given(site, today):
        # An answer that is there counts as given, whatever became of the window afterwards.
        wanted[week, instrument][standing] -= n
        wanted[week, instrument][given] += n
    for (week, instrument), counts in sorted(wanted.items()):
        yield Counted(site, week, instrument, Completeness(**{k: max(n, 0) for k, n in counts.items()}))


def _when_unanswered(today: date) -> Case:
    return Case(
        When(closes_on__gte=today, then=Value("not_yet_due")),
        default=_unanswered(""),
        output_field=CharField(),
    )


def _given(site: Site, today: date) -> QuerySet:
    late = Case(
        When(answered_on__gt=F("follow_up__closes_on"), then=Value(LATE)),
        default=Value(ON_TIME),
        output_field=CharField(),
    )
    rows = Response.objects.filter(site=site, replaced_by=None, follow_up__closes_on__lt=today)
    return (
        rows.exclude(follow_up__injection=None)
        .annotate(standing=_unanswered("follow_up__"), given=late)
        .values_list("follow_up__week", "instrument", "standing", "given")
        .annotate(n=Count("pk"))
        .order_by()
    )
