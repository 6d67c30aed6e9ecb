"""Codes of a telephone, each good once: the library forgets a used one sooner than it ceases to hold.

RFC 6238, section 5.2: a second attempt with a code that was accepted must be refused.
"""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

__all__ = ["ConfirmByCodeForm", "FirstCodeForm", "SecondFactorCodeForm"]

USED = "This code was used before. Wait for the next one."


class _UsedUp:
    """Of a form that takes a code of the telephone or a recovery code, which is used up by the library."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code, used up now."""
        code = str(super().clean_code())  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            _use_up(self.user, code)
        return code


class SecondFactorCodeForm(_UsedUp, base.AuthenticateForm):
    """A code after the password."""


class ConfirmByCodeForm(_UsedUp, base.ReauthenticateForm):
    """A code before a sensitive act."""


class FirstCodeForm(ActivateTOTPForm):
    """The code by which a telephone is set up."""

    def clean_code(self) -> str:
        """The code, used up now."""
        code = super().clean_code()
        _use_up(self.user, code)
        return code


def _use_up(user: Any, code: str) -> None:
    digits = "".join(filter(str.isdigit, code))
    lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    if not cache.add(f"enthesis.used-code.{user.pk}.{digits}", "y", timeout=lasts):
        raise ValidationError(USED)
