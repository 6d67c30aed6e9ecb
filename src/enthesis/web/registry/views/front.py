"""The clinic's front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.present.day import day_view
from enthesis.web.registry.queries.day import day_of
from enthesis.web.registry.queries.working_site import sites_shown, today_at

__all__ = ["front"]

P = Permission


@require_safe
@needs(P.READ_RECORD, P.READ_COMPLETENESS, P.MANAGE_ACCOUNTS, P.CURATE_EVIDENCE)
def front(request: HttpRequest) -> HttpResponse:
    """Where a day begins, for everybody who logs in; who keeps no records is led to the own work."""
    scope = current_scope()
    if not (scope.can(P.READ_RECORD) or scope.can(P.READ_COMPLETENESS)):
        return redirect("administration" if scope.can(P.MANAGE_ACCOUNTS) else "map")
    sites = [site for site in sites_shown(request.session) if scope.can(P.WRITE_RECORD, site.pk)]
    context = {
        "room": "clinic",
        "day": day_view(day_of(sites, today_at(sites[0])), today_at(sites[0])) if sites else None,
        "shows_completeness": scope.can(P.READ_COMPLETENESS),
        "shows_overrides": scope.can(P.ADJUDICATE),
    }
    return render(request, "registry/front.html", context)
