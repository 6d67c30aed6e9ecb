"""What Enthesis asks of django-allauth: no sign-up by strangers, second-factor secrets sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from enthesis.web.vault import seal, unseal

__all__ = ["AccountAdapter", "SecondFactorAdapter"]

PLACE = "mfa"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002, allauth's signature
        """Never."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of one-time codes are sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Sealed secret."""
        return seal(text, PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """Plain secret."""
        return unseal(encrypted_text, PLACE)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Name a passkey is kept under, in place of the name of a table of sites we do not use."""
        return super().get_public_key_credential_rp_entity() | {"name": "Enthesis"}
