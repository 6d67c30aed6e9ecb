"""Five wrong passwords for one name from one address: a pause of a quarter of an hour, and its page."""

from typing import Any

from allauth.account.adapter import get_adapter
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from enthesis.web.accounts.models import User

__all__ = ["client_address", "is_locked", "locked_out", "name_tried", "unlock"]


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address a log-in was tried with, in one spelling."""
    name = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(name).strip().lower()


def client_address(request: HttpRequest) -> str:
    """Network address of the reader, behind a proxy the one the proxy names; empty over a local socket."""
    return str(get_adapter().get_client_ip(request))


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """The page of the pause, with status 429 and how long to wait."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {"minutes": seconds // 60, "mails": settings.EMAIL_CONFIGURED}
    response = render(request, "account/locked.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def is_locked(user: User) -> bool:
    """Whether a person's log-in pauses now, from any address."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(username=user.email, attempt_time__gte=since)
    return tried.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()


def unlock(user: User) -> int:
    """End the pause of a person everywhere; number of counts that were cleared."""
    return int(reset(username=user.email))
