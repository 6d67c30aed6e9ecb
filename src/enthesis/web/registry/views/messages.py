"""The outbox: every message, where it is, and what to do with those that wait."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enthesis.errors import NotFound
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.registry.actions.reminders import (
    cancel_message,
    drop_without_reason,
    mark_sent_by_hand,
    plan,
)
from enthesis.web.registry.models import Message
from enthesis.web.registry.queries.working_site import sites_shown
from enthesis.web.registry.views.choosing import word_chosen

__all__ = ["cancel", "plan_now", "sent", "show"]

SHOWN = 50
STATES = [
    Message.State.HELD,
    Message.State.WAITING,
    Message.State.FAILED,
    Message.State.SENT,
    Message.State.CANCELLED,
]


@never_cache
@require_safe
@needs(Permission.CHASE)
def show(request: HttpRequest) -> HttpResponse:
    """Messages of one state, the latest first."""
    state = word_chosen(request.GET, "state", [s.value for s in STATES], Message.State.HELD)
    rows = Message.objects.filter(site__in=_sites(request), state=state).select_related("patient", "site")[
        :SHOWN
    ]
    rows = list(rows)
    audit_read(*rows, what="outbox")
    context = {
        "place": "messages",
        "room": "clinic",
        "rows": rows,
        "state": state,
        "states": [(s.value, s.label) for s in STATES],
        "waits": state in (Message.State.HELD, Message.State.WAITING, Message.State.FAILED),
        "shown": SHOWN,
    }
    return render(request, "registry/follow_up/messages.html", context)


@never_cache
@require_POST
@needs(Permission.CHASE)
def plan_now(request: HttpRequest) -> HttpResponse:
    """Make what is due now, instead of waiting for the next round."""
    now = timezone.now()
    dropped = drop_without_reason(now=now)
    planned = sum(plan(site=site, now=now) for site in _sites(request))
    notices.success(request, f"{planned} reminders made, {dropped} dropped because their reason is gone.")
    return redirect("messages")


@never_cache
@require_POST
@needs(Permission.CHASE)
def sent(request: HttpRequest, message: UUID) -> HttpResponse:
    """The text was copied and sent by hand."""
    mark_sent_by_hand(message=_message(message), by=request.user, now=timezone.now())  # type: ignore[arg-type]
    notices.success(request, "Marked as sent; the text with its link is removed here.")
    return redirect("messages")


@never_cache
@require_POST
@needs(Permission.CHASE)
def cancel(request: HttpRequest, message: UUID) -> HttpResponse:
    """The message is not wanted."""
    cancel_message(message=_message(message), now=timezone.now())
    notices.success(request, "Cancelled; its link no longer opens.")
    return redirect("messages")


def _sites(request: HttpRequest) -> list:
    return [s for s in sites_shown(request.session) if current_scope().can(Permission.CHASE, s.pk)]


def _message(key: UUID) -> Message:
    row = Message.objects.select_related("patient", "follow_up", "site").filter(key=key).first()
    if row is None:
        raise NotFound("message", str(key), ())
    return row
