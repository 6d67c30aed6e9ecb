"""Log-ins, refusals and log-outs in the audit trail."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from enthesis.web.accounts.models import User
from enthesis.web.audit.recording import Act, Action, record

__all__ = ["connect"]


def connect() -> None:
    """Listen to Django's signals of log-in."""
    user_logged_in.connect(_logged_in, dispatch_uid="enthesis-log-in")
    user_logged_out.connect(_logged_out, dispatch_uid="enthesis-log-out")
    user_login_failed.connect(_failed, dispatch_uid="enthesis-log-in-failed")


def _logged_in(user: User, **_: Any) -> None:
    record(Act(actor=f"user:{user.key}", action=Action.LOG_IN, kind="session", object_key=str(user.key)))


def _logged_out(user: User | None, **_: Any) -> None:
    if user is not None:
        record(Act(actor=f"user:{user.key}", action=Action.LOG_OUT, kind="session", object_key=str(user.key)))


def _failed(**_: Any) -> None:
    # Which name was tried is not written down: it may be a password typed into the wrong field.
    record(Act(actor="system:log-in", action=Action.REFUSED, kind="session"))
