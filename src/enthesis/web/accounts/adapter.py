"""What Enthesis asks of django-allauth: no sign-up by strangers, second-factor secrets sealed."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from enthesis.web.accounts.access import scope_of
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import Scope
from enthesis.web.vault import seal, unseal

__all__ = ["AccountAdapter", "SecondFactorAdapter"]

# In this order: who meets patients begins with them.
BEGINNINGS = (
    (Permission.READ_RECORD, "clinic"),
    (Permission.MANAGE_ACCOUNTS, "administration"),
    (Permission.READ_AUDIT, "audit_trail"),
    (Permission.READ_COMPLETENESS, "clinic"),
)
log = structlog.get_logger("enthesis.web")
PLACE = "mfa"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002, allauth's signature
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page a person's roles open; an administrator has no clinic to begin the day in."""
        scope = scope_of(request.user) if isinstance(request.user, User) else Scope("")
        opened = (page for permission, page in BEGINNINGS if scope.can(permission))
        return reverse(next(opened, "account"))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: axes counts wrong passwords in the database, and allauth's count would hide its page."""

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only for the challenge of a passkey: in JSON other refusals would have the status of an answer."""
        match = request.resolver_match
        return match is not None and match.url_name == "mfa_login_webauthn" and super().is_ajax(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Network address of the reader; empty over a local socket, whose readers count together."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return ""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Tell a person of a change to the account; a mail server that fails must not undo the change."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are among them
            log.warning("mail failed", kind=type(error).__name__)


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
