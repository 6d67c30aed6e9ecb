"""What clinical systems told of cards in the last 90 days, counted by clinic, card and reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.consult.models import HookFeedback

__all__ = ["DAYS", "FeedbackCount", "clinic_of", "clinics_in_reach", "count_feedback", "latest_comments"]

DAYS = 90
MOST = 50
OVERRIDDEN = "overridden"
Card = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """Cards of one kind at one clinic; ``site`` is empty where the clinic is not known.

    ``reasons`` are codes with their counts, most first; an override without a reason has the code ''.
    """

    site: str
    condition: str
    intervention: str
    scenario: str
    accepted: int
    overridden: int
    reasons: tuple[tuple[str, int], ...]


def count_feedback(now: datetime) -> list[FeedbackCount]:
    """Counts of the sites in reach, the most often overridden first."""
    names = ("site__name", "condition", "intervention", "scenario")
    rows = _recent(now).order_by().values_list(*names, "outcome", "reason").annotate(n=Count("pk"))
    by_card: dict[Card, Counter[tuple[str, str]]] = {}
    for site, condition, intervention, scenario, outcome, reason, n in rows:
        key = (site or "", condition, intervention, scenario)
        by_card.setdefault(key, Counter())[outcome, reason] += n
    counts = [_counted(key, held) for key, held in by_card.items()]
    return sorted(counts, key=lambda c: (-c.overridden, -c.accepted, c.site, c.condition, c.intervention))


def latest_comments(now: datetime) -> list[HookFeedback]:
    """The latest comments of clinics where the reader may read names: somebody else wrote them freely."""
    scope = current_scope()
    rows = _recent(now).exclude(comment="").select_related("site")
    return [row for row in rows[:MOST] if scope.can(Permission.READ_IDENTITY, row.site_id)]


def clinic_of(key: UUID | None) -> Site | None:
    """The clinic of an address; without a key, the only clinic of the installation, where there is one."""
    rows = Site.objects.filter(active=True)
    held = list(rows.filter(key=key)[:1] if key else rows[:2])
    return held[0] if len(held) == 1 else None


def clinics_in_reach() -> Iterable[Site]:
    """Clinics whose addresses the reader may hand out."""
    sites = current_scope().sites
    rows = Site.objects.filter(active=True)
    return rows if sites is None else rows.filter(pk__in=sites)


def _recent(now: datetime) -> QuerySet[HookFeedback]:
    return HookFeedback.objects.filter(received_at__gte=now - timedelta(days=DAYS))


def _counted(key: Card, held: Counter[tuple[str, str]]) -> FeedbackCount:
    against = Counter({reason: n for (outcome, reason), n in held.items() if outcome == OVERRIDDEN})
    overridden = against.total()
    return FeedbackCount(*key, held.total() - overridden, overridden, tuple(against.most_common()))
