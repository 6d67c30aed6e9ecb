"""One's own account: what one may do where, and where one is logged in."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.web.accounts.access import own_account
from enthesis.web.accounts.forms import row_number
from enthesis.web.accounts.roles import Role

__all__ = ["overview", "sessions"]


@own_account
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Name, roles and the way to every setting."""
    held = request.user.memberships.select_related("site").order_by("site__name", "role")  # type: ignore[union-attr]
    roles = [{"role": Role(m.role).label, "site": m.site} for m in held]
    context = {"roles": roles, "has_second_factor": is_mfa_enabled(request.user), "room": "clinic"}
    return render(request, "accounts/own.html", context)


@own_account
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Browsers in which one is logged in; POST ends one of them, or all others."""
    if request.method == "POST":
        return _end(request)
    held = sorted(
        UserSession.objects.purge_and_list(request.user), key=lambda s: s.last_seen_at, reverse=True
    )
    return render(request, "usersessions/usersession_list.html", {"sessions": held, "room": "clinic"})


def _end(request: HttpRequest) -> HttpResponseRedirect:
    mine = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    number = request.POST.get("session", "")
    leaving = list(mine) if number == "others" else [get_object_or_404(mine, pk=row_number(number))]
    for session in leaving:
        session.end()
    messages.success(request, f"Logged out in {len(leaving)} other place{'' if len(leaving) == 1 else 's'}.")
    return redirect("usersessions_list")
