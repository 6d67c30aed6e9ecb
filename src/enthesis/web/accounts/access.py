"""Who may open a view: one decorator, whose mark the isolation test reads from every route."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from enthesis.errors import NotAllowed
from enthesis.web.accounts.models import Membership, User
from enthesis.web.accounts.roles import Permission, Role
from enthesis.web.accounts.scope import Scope, acting

__all__ = ["for_everyone", "needs", "scope_of"]

View = Callable[..., HttpResponseBase]


def needs(*permissions: Permission) -> Callable[[View], View]:
    """The view opens, inside the person's scope, to who is logged in and holds one of ``permissions``.

    What may be done at the site of one object is checked again by the action (``Scope.check_can``).
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return redirect_to_login(request.get_full_path())
            scope = scope_of(user)
            if permissions and not any(scope.can(p) for p in permissions):
                raise NotAllowed("Your role does not include this page.")
            if settings.SECOND_FACTOR_REQUIRED and not _has_second_factor(user):
                return _to_second_factor(request)
            with acting(scope):
                return view(request, *args, **kwargs)

        guarded.needs = permissions  # type: ignore[attr-defined]
        return guarded

    return mark


def for_everyone(view: View) -> View:
    """The view is open to all, on purpose: log-in itself, a patient's own link."""
    view.needs = None  # type: ignore[attr-defined]
    return view


def scope_of(user: User) -> Scope:
    """Scope of an account: its roles, and the sites whose patients it may read."""
    roles: dict[int | None, frozenset[Role]] = {}
    for site_id, role in Membership.objects.filter(user=user).values_list("site_id", "role"):
        roles[site_id] = roles.get(site_id, frozenset()) | {Role(role)}
    scope = Scope(actor=f"user:{user.key}", roles=roles)
    if scope.can(Permission.READ_RECORD, site_id=-1):  # by an installation-wide role alone
        return Scope(scope.actor, None, roles)
    readable = (s for s in roles if s is not None and scope.can(Permission.READ_RECORD, s))
    return Scope(scope.actor, frozenset(readable), roles)


def _has_second_factor(user: User) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return is_mfa_enabled(user)


def _to_second_factor(request: HttpRequest) -> HttpResponseBase:
    from django.shortcuts import redirect
    from django.urls import reverse

    return redirect(f"{reverse('mfa_index')}?{urlencode({'next': request.get_full_path()})}")
