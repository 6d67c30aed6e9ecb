"""People: who has an account, with which roles, and what an administrator may do about it."""

from collections.abc import Callable
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enthesis.web.accounts import lockout
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.actions import people as acts
from enthesis.web.accounts.actions.invitations import make_link, send_link
from enthesis.web.accounts.actions.roles import give_role, take_role
from enthesis.web.accounts.forms import InviteForm, RoleForm, row_number
from enthesis.web.accounts.models import User
from enthesis.web.accounts.queries.people import held_role, managed_people, managed_person, managed_sites
from enthesis.web.accounts.roles import PERMISSION_WORDS, PERMISSIONS, Permission, Role
from enthesis.web.accounts.rules import can_manage_person, holds_everywhere
from enthesis.web.accounts.scope import current_scope

__all__ = ["act", "everyone", "give", "invite", "link", "one", "roles", "take"]

manager = needs(Permission.MANAGE_ACCOUNTS)
confirmed = reauthentication_required(app="allauth.mfa", allow_get=True)
WORDS = list(PERMISSION_WORDS.items())
ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "deactivate": (acts.deactivate, "The account is closed."),
    "reactivate": (acts.reactivate, "The account is open again."),
    "unlock": (acts.unlock_person, "The pause after wrong passwords is over."),
    "reset-second-factor": (acts.reset_second_factor, "The second factor is gone; a new one can be set up."),
}


@manager
@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """People and sites under this administrator."""
    people = [{"person": p, "roles": _roles_of(p)} for p in managed_people()]
    context = {"people": people, "sites": managed_sites(), "manages_all": _manages_all(), "room": "clinic"}
    return render(request, "accounts/administration.html", context)


@manager
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do, from the table the program itself obeys."""
    rows = [{"words": words, "held": [p in PERMISSIONS[r] for r in Role]} for p, words in WORDS]
    return render(request, "accounts/roles.html", {"roles": list(Role), "rows": rows, "room": "clinic"})


@manager
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A form for a new person; afterwards the link to hand over."""
    data = request.POST if request.method == "POST" else None
    form = InviteForm(data, sites=list(managed_sites()), everywhere=_manages_all())
    if form.is_valid():
        given = form.cleaned_data
        person = acts.invite_person(
            email=given["email"], name=given["name"], role=form.chosen_role, site=form.chosen_site
        )
        return _hand_over(request, person)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invite.html", {"form": form, "room": "clinic"}, status=status)


@manager
@require_safe
def one(request: HttpRequest, person: UUID) -> HttpResponse:
    """A person with roles and the state of the account."""
    return _page(request, managed_person(person), _role_form())


@manager
@confirmed
@require_POST
def give(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give a role."""
    found, form = managed_person(person), _role_form(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    give_role(person=found, role=form.chosen_role, site=form.chosen_site)
    messages.success(
        request, f"{found} is now {form.chosen_role.label} at {form.chosen_site or 'every site'}."
    )
    return redirect("account_person", person=person)


@manager
@confirmed
@require_POST
def take(request: HttpRequest, person: UUID) -> HttpResponse:
    """Take a role away."""
    found = managed_person(person)
    take_role(held=held_role(found, row_number(request.POST.get("role", ""))))
    messages.success(request, f"{found} does not hold that role any more.")
    return redirect("administration")


@manager
@confirmed
@require_POST
def act(request: HttpRequest, person: UUID, what: str) -> HttpResponse:
    """Close, open or unlock an account, or forget its second factor."""
    if what not in ACTS:
        raise Http404
    do, words = ACTS[what]
    do(person=managed_person(person))
    messages.success(request, words)
    return redirect("account_person", person=person)


@manager
@confirmed
@require_POST
def link(request: HttpRequest, person: UUID) -> HttpResponse:
    """Make a fresh link to set a password and show it once."""
    return _hand_over(request, managed_person(person))


def _hand_over(request: HttpRequest, person: User) -> HttpResponse:
    address = request.build_absolute_uri(make_link(person=person))
    if settings.EMAIL_CONFIGURED:
        send_link(person=person, address=address)
    context = {"person": person, "address": address, "mailed": settings.EMAIL_CONFIGURED, "room": "clinic"}
    return render(request, "accounts/hand_over.html", context)


def _page(request: HttpRequest, person: User, form: RoleForm) -> HttpResponse:
    context = {
        "person": person,
        "roles": _roles_of(person),
        "form": form,
        "can_manage": can_manage_person(person),
        "is_oneself": person == request.user,
        "is_locked": lockout.is_locked(person),
        "has_second_factor": is_mfa_enabled(person),
        "has_password": person.has_usable_password(),
        "room": "clinic",
    }
    return render(request, "accounts/person.html", context, status=422 if form.is_bound else 200)


def _roles_of(person: User) -> list[dict[str, object]]:
    held = sorted(person.memberships.all(), key=lambda m: (m.site.name if m.site else "", m.role))
    return [{"number": m.pk, "words": Role(m.role).label, "site": m.site} for m in held]


def _manages_all() -> bool:
    return holds_everywhere(current_scope(), Permission.MANAGE_ACCOUNTS)


def _role_form(data: QueryDict | None = None) -> RoleForm:
    return RoleForm(data, sites=list(managed_sites()), everywhere=_manages_all())
