"""Choosing the site one works at for now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from enthesis.errors import NotFound
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.registry.queries.working_site import SESSION_KEY, sites_in_reach

__all__ = ["choose"]


@require_POST
@needs(Permission.READ_RECORD)
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in the session and go back; none means all of one's own."""
    wanted = request.POST.get("site", "")
    known = {str(site.key) for site in sites_in_reach()}
    if wanted and wanted not in known:
        raise NotFound("site of yours", wanted[:40])
    request.session[SESSION_KEY] = wanted
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "clinic")
