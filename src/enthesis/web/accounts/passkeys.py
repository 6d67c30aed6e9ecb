"""Forms that read what a browser sends of a passkey; a garbled one is refused in words, not a fault of ours.

The library reads a credential with parsers that raise whatever they meet. Django's own field for JSON lets
through what the parser of Python refuses: numbers of thousands of digits, and nesting without end.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as library
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from enthesis.web.accounts.plain_text import plain_text

__all__ = [
    "AddPasskeyForm",
    "ConfirmPasskeyForm",
    "LogInPasskeyForm",
    "RenamePasskeyForm",
    "SecondFactorPasskeyForm",
]

# An attestation with its chain of certificates is a few thousand bytes.
LONGEST = 64 * 1024
LONGEST_NAME = 100
UNREADABLE = "This is no passkey that can be read. Nothing was changed; try again."
GARBLED = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


class CredentialField(forms.JSONField):
    """A credential as JSON of bounded size."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The parsed value.

        Raises:
            ValidationError: It is too long or no JSON that Python reads.
        """
        if isinstance(value, str) and len(value) > LONGEST:
            raise ValidationError(UNREADABLE)
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(UNREADABLE) from None

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002, Django's signature
        """Nothing: the browser signs anew, and what was refused must not stand in a page."""
        return InvalidJSONInput("")


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except GARBLED:
        raise ValidationError(UNREADABLE) from None


class AddPasskeyForm(library.AddWebAuthnForm):
    """A new passkey."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME, validators=[plain_text])
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        """The credential answers the question that was asked of this browser."""
        with _reading():
            given: dict[str, Any] = super().clean()
        return given


class RenamePasskeyForm(library.EditWebAuthnForm):
    """Another name of a passkey."""

    name = forms.CharField(max_length=LONGEST_NAME, validators=[plain_text])


class SecondFactorPasskeyForm(library.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The passkey it was signed with."""
        with _reading():
            return super().clean_credential()


class LogInPasskeyForm(library.LoginWebAuthnForm):
    """A passkey in place of the password."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The passkey it was signed with."""
        with _reading():
            return super().clean_credential()


class ConfirmPasskeyForm(library.ReauthenticateWebAuthnForm):
    """A passkey before a sensitive act."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The passkey it was signed with."""
        with _reading():
            return super().clean_credential()
