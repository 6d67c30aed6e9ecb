"""The page that says how much of the follow-up is there."""

from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import Scope, acting, current_scope
from enthesis.web.registry.present.completeness import completeness_view
from enthesis.web.registry.queries.completeness import instruments_counted, windows_counted
from enthesis.web.registry.queries.working_site import working_site

__all__ = ["part", "show"]

KEPT_SECONDS = 300


@needs(Permission.READ_COMPLETENESS)
def show(request: HttpRequest) -> HttpResponse:
    """The page; its button counts again."""
    if request.method == "POST":
        _counted(request, again=True)
        return redirect("completeness")
    context = {**_counted(request), "place": "completeness", "room": "clinic"}
    return render(request, "registry/follow_up/completeness.html", context)


@require_safe
@needs(Permission.READ_COMPLETENESS)
def part(request: HttpRequest) -> HttpResponse:
    """The counts without the page around them, for the front page, which does not wait for them."""
    return render(request, "registry/follow_up/completeness_part.html", _counted(request))


def _counted(request: HttpRequest, *, again: bool = False) -> dict[str, Any]:
    """Counts of the clinics in reach, kept for five minutes: a national registry takes seconds to count."""
    chosen = working_site(request.session)
    sites = [chosen] if chosen else _sites_counted()
    key = "completeness:" + ",".join(str(site.pk) for site in sites)
    kept = caches["process"].get(key)
    if kept is None or again:
        with acting(
            Scope(current_scope().actor, frozenset(site.pk for site in sites), current_scope().roles)
        ):
            kept = (timezone.now(), windows_counted(sites), instruments_counted(sites))
        caches["process"].set(key, kept, KEPT_SECONDS)
    counted_at, windows, instruments = kept
    return {"view": completeness_view(windows, instruments), "counted_at": counted_at}


def _sites_counted() -> list[Site]:
    """Sites whose completeness this person may read; counts only, so an auditor may too."""
    scope = current_scope()
    sites = Site.objects.filter(active=True).order_by("name")
    return [site for site in sites if scope.can(Permission.READ_COMPLETENESS, site.pk)]
