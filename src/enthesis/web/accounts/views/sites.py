"""Sites: make and change them."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.web.accounts.access import needs
from enthesis.web.accounts.actions.sites import change_site, make_site
from enthesis.web.accounts.forms import SiteForm
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.queries.people import managed_site
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.rules import check_can_manage_sites

__all__ = ["edit", "new"]

confirmed = reauthentication_required(app="allauth.mfa", allow_get=True)


@needs(Permission.MANAGE_ACCOUNTS)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A form for a new site."""
    check_can_manage_sites()
    return _form(request, None)


@needs(Permission.MANAGE_ACCOUNTS)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, site: UUID) -> HttpResponse:
    """A form for an existing site."""
    found = managed_site(site)
    check_can_manage_sites()
    return _form(request, found)


def _form(request: HttpRequest, site: Site | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = SiteForm(data, instance=Site.objects.get(pk=site.pk) if site else None)
    if form.is_valid():
        done = change_site(site=site, **form.cleaned_data) if site else make_site(**form.cleaned_data)
        messages.success(request, f"{done.name} is saved.")
        return redirect("administration")
    context = {"form": form, "site": site, "room": "clinic"}
    return render(request, "accounts/site.html", context, status=422 if form.is_bound else 200)
