"""Who may open a view: one decorator, whose mark the isolation test reads from every route."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

from enthesis.errors import NotAllowed
from enthesis.web.accounts import session_time
from enthesis.web.accounts.models import Membership, User
from enthesis.web.accounts.roles import Permission, Role
from enthesis.web.accounts.scope import Scope, acting

__all__ = ["for_everyone", "needs", "own_account", "scope_of"]

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Reader:
    """Who reads a page that needs a log-in; the shell shows the account menu to a reader only."""

    user: User
    scope: Scope

    @property
    def manages_accounts(self) -> bool:
        """Whether the menu leads to people and sites."""
        return self.scope.can(Permission.MANAGE_ACCOUNTS)

    @property
    def reads_audit(self) -> bool:
        """Whether the menu leads to the audit trail."""
        return self.scope.can(Permission.READ_AUDIT)


def needs(*permissions: Permission) -> Callable[[View], View]:
    """The view opens, inside the person's scope, to who is logged in and holds one of ``permissions``.

    What may be done at the site of one object is checked again by the action (``Scope.check_can``).
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            reader = _met(request)
            if not isinstance(reader, Reader):
                return reader
            if permissions and not any(reader.scope.can(p) for p in permissions):
                raise NotAllowed("Your role does not include this page.")
            if settings.SECOND_FACTOR_REQUIRED and not _has_second_factor(reader.user):
                return _to_second_factor(request)
            with acting(reader.scope):
                return _kept_private(view(request, *args, **kwargs))

        guarded.needs = permissions  # type: ignore[attr-defined]
        return guarded

    return mark


def own_account(view: View) -> View:
    """The view opens to whoever is logged in, about the own account, before a second factor is set up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reader = _met(request)
        if not isinstance(reader, Reader):
            return reader
        return _kept_private(view(request, *args, **kwargs))

    guarded.needs = ()  # type: ignore[attr-defined]
    return guarded


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


def _met(request: HttpRequest) -> Reader | HttpResponseBase:
    """Who is logged in, noted as the reader of the request, or the way to the log-in page."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    if session_time.is_over(request):
        return _log_in_again(request)
    reader = Reader(request.user, scope_of(request.user))
    request.reader = reader  # type: ignore[attr-defined]
    return reader


def _log_in_again(request: HttpRequest) -> HttpResponseBase:
    logout(request)
    messages.info(request, "You were logged out after a time without use. Log in to go on where you were.")
    return redirect_to_login(request.get_full_path())


def _kept_private(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing of a person stays in a browser that the next person uses."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def _has_second_factor(user: User) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return is_mfa_enabled(user)


def _to_second_factor(request: HttpRequest) -> HttpResponseBase:
    from django.shortcuts import redirect
    from django.urls import reverse

    return redirect(f"{reverse('mfa_index')}?{urlencode({'next': request.get_full_path()})}")
