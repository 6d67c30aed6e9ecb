"""The link of an invitation: choose a password, then log in with it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from enthesis.errors import NotFound
from enthesis.web.accounts.access import for_everyone
from enthesis.web.accounts.actions import invitations

__all__ = ["invitation"]

# The token goes from the address into the session at once, so that it neither stays on screen nor reaches
# another page as the address one came from.
KEPT = "enthesis_invitation"
SHOWN = "choose"


@for_everyone
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, person: UUID, token: str) -> HttpResponse:
    """A form for the password while the link is good; otherwise what to do."""
    try:
        if token != SHOWN:
            invitations.invited(person, token)
            request.session[KEPT] = token
            return redirect("account_invitation", person=person, token=SHOWN)
        invited = invitations.invited(person, request.session.get(KEPT, ""))
    except NotFound:
        return render(request, "account/invitation_over.html", {"room": "clinic"}, status=404)
    form = SetPasswordForm(invited, request.POST or None)
    if form.is_valid():
        del request.session[KEPT]
        invitations.set_password(person=invited, password=form.cleaned_data["new_password1"])
        messages.success(request, "Your password is set. Log in with it.")
        return redirect("account_login")
    context = {"form": form, "invited": invited, "room": "clinic"}
    return render(request, "account/invitation.html", context, status=422 if form.is_bound else 200)
