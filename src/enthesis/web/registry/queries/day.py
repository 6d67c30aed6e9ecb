"""What a clinic has to do today; every list is bounded and found by an index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import AdverseEvent, Draft, FollowUp, Injection, Signature
from enthesis.web.registry.queries.harms import unreported_serious

__all__ = ["Day", "day_of"]

MOST_SHOWN = 40
# Older unsigned injections are for the lead's list, not for today.
UNSIGNED_DAYS = 90


@dataclass(frozen=True, slots=True)
class Day:
    """Rows of one day; each list holds at most ``MOST_SHOWN``."""

    injections: list[Injection]
    due: list[FollowUp]
    begun: list[Draft]
    clocks: list[AdverseEvent]
    unsigned: list[Injection]


def day_of(sites: Sequence[Site], today: date) -> Day:
    """The day of these sites."""
    own = {"site__in": list(sites)}
    people = ("patient", "patient__site", "episode")
    injections = Injection.objects.filter(**own, cancelled_because="").select_related(*people)
    drafts = Draft.objects.filter(**own, follow_up__completed_at=None, follow_up__closed_because="")
    is_signed = Signature.objects.filter(row_key=OuterRef("key"), voided_at=None)
    recent = injections.filter(given_on__gt=today - timedelta(days=UNSIGNED_DAYS), given_on__lte=today)
    return Day(
        injections=list(injections.filter(given_on=today).order_by("id")[:MOST_SHOWN]),
        due=_due(sites, people, today),
        begun=list(
            drafts.select_related(*people, "follow_up").order_by("-changed_at").defer("answers")[:MOST_SHOWN]
        ),
        clocks=unreported_serious(sites)[:MOST_SHOWN],
        unsigned=list(recent.exclude(Exists(is_signed)).order_by("-given_on", "-id")[:MOST_SHOWN]),
    )


def _due(sites: Iterable[Site], people: tuple[str, ...], today: date) -> list[FollowUp]:
    """Windows open today, those that close first first.

    Keys are sought site by site, so that each is a walk along one index, and few rows are joined.
    """
    is_open = {"completed_at": None, "closed_because": "", "opens_on__lte": today, "closes_on__gte": today}
    keys: list[int] = []
    for site in sites:
        rows = FollowUp.objects.filter(site=site, **is_open).order_by("closes_on", "pk")
        keys += rows.values_list("pk", flat=True)[:MOST_SHOWN]
    found = FollowUp.objects.filter(pk__in=keys).select_related(*people).order_by()
    return sorted(found, key=lambda row: (row.closes_on, row.pk))[:MOST_SHOWN]
