"""Overrides counted against all consultations, by clinic and scenario; no names."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from enthesis.web.consult.models import Consultation, Override

__all__ = ["OverrideCount", "count_overrides", "latest_overrides", "overrides_in_all"]

MOST = 100


@dataclass(frozen=True, slots=True)
class OverrideCount:
    """Consultations of one clinic that ended in one scenario, and how many were overridden."""

    site: str
    scenario: str
    consultations: int
    overridden: int


def overrides_in_all() -> tuple[int, int]:
    """Consultations that were overridden, and all consultations, of the sites in reach."""
    return Override.objects.values("consultation").distinct().count(), Consultation.objects.count()


def count_overrides() -> list[OverrideCount]:
    """Counts by clinic and scenario."""
    asked = Consultation.objects.order_by("site__name", "scenario").values_list("site__name", "scenario")
    against = Counter(
        Override.objects.order_by().values_list("site__name", "recommended", "consultation").distinct()
    )
    overridden = Counter((site, scenario) for site, scenario, _ in against)
    return [
        OverrideCount(site, scenario, n, overridden[site, scenario])
        for site, scenario, n in asked.annotate(n=Count("pk"))
    ]


def latest_overrides() -> list[Override]:
    """The latest overrides with their consultation."""
    rows = Override.objects.select_related("consultation", "site", "by").defer("consultation__answer")
    return list(rows[:MOST])
