"""Log-ins, refusals and log-outs in the audit trail."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from enthesis.web.accounts import session_time
from enthesis.web.accounts.models import User
from enthesis.web.audit.recording import Act, Action, record

__all__ = ["connect"]


def connect() -> None:
    """Listen to Django's signals of log-in."""
    user_logged_in.connect(_logged_in, dispatch_uid="enthesis-log-in")
    user_logged_in.connect(session_time.begin, dispatch_uid="enthesis-session-time")
    authentication_failed.connect(_failed, dispatch_uid="enthesis-second-factor-failed")
    for changed in (authenticator_added, authenticator_removed, authenticator_reset, password_changed):
        changed.connect(_credential_changed, dispatch_uid=f"enthesis-credential-{id(changed)}")
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


def _credential_changed(user: User, authenticator: Any = None, **_: Any) -> None:
    what = getattr(authenticator, "type", "password")
    actor = key = str(user.key)
    record(Act(f"user:{actor}", Action.CHANGE, "account", key, details={"credential_changed": str(what)}))
