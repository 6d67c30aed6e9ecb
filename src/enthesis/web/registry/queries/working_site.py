"""The sites a person works at, and the one chosen for now."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import current_scope

__all__ = ["SESSION_KEY", "sites_in_reach", "sites_shown", "today_at", "working_site"]

SESSION_KEY = "working_site"


def sites_in_reach() -> list[Site]:
    """Sites whose records the scope reads, by name."""
    sites = current_scope().sites
    rows = Site.objects.filter(active=True).order_by("name")
    return list(rows if sites is None else rows.filter(pk__in=sites))


def working_site(session: Mapping[str, Any]) -> Site | None:
    """The site chosen for now; the only one where there is one; None for all of them."""
    reach = sites_in_reach()
    if len(reach) == 1:
        return reach[0]
    chosen = session.get(SESSION_KEY)
    return next((site for site in reach if str(site.key) == chosen), None)


def sites_shown(session: Mapping[str, Any]) -> list[Site]:
    """Sites that lists show: the chosen one, or all in reach."""
    chosen = working_site(session)
    return [chosen] if chosen else sites_in_reach()


def today_at(site: Site) -> date:
    """The day at a site, by its own time zone."""
    return timezone.localdate(timezone=ZoneInfo(site.time_zone))
