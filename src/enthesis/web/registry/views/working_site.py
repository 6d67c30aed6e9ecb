"""Choosing the site one works at for now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.registry.queries.working_site import SESSION_KEY, sites_in_reach

__all__ = ["choose"]


@require_POST
@needs(Permission.READ_RECORD)
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in the session and go back; a site out of reach means all of one's own."""
    wanted = request.POST.get("site", "")
    known = {str(site.key) for site in sites_in_reach()}
    request.session[SESSION_KEY] = wanted if wanted in known else ""
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "clinic")
