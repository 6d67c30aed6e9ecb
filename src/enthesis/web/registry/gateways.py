"""The port to providers of messages: SMS and WhatsApp as plug-ins, e-mail built in, otherwise nothing leaves.

A plug-in is a package with an entry point in the group ``enthesis.gateways``; it names a class that is made
without arguments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

__all__ = ["EmailGateway", "Gateway", "NotSent", "Outgoing", "gateways"]

GROUP = "enthesis.gateways"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as a provider needs it; ``reference`` is the same when a message is tried again."""

    reference: str
    channel: str
    address: str
    subject: str
    body: str
    language: str


class NotSent(Exception):
    """The provider did not take a message; says why without telling about the patient."""


class Gateway(Protocol):
    """A provider. ``channels`` are those of ``Patient.Channel`` it carries."""

    channels: frozenset[str]

    def send(self, message: Outgoing) -> None:
        """Hand a message over.

        Raises:
            NotSent: The provider refused it or could not be reached.
        """
        ...


class EmailGateway:
    """E-mail by the mail server of the settings."""

    channels = frozenset({"email"})

    def send(self, message: Outgoing) -> None:
        """Hand a message to the mail server.

        Raises:
            NotSent: The server could not be reached or refused it.
        """
        try:
            EmailMessage(message.subject, message.body, None, [message.address]).send()
        except OSError as error:  # smtplib's errors are OSErrors too
            raise NotSent(type(error).__name__) from None


@cache
def gateways() -> Mapping[str, Gateway]:
    """Provider of each channel; a channel without one keeps its messages in the outbox."""
    found: dict[str, Gateway] = {}
    if settings.EMAIL_CONFIGURED:
        found |= dict.fromkeys(EmailGateway.channels, EmailGateway())
    for entry in entry_points(group=GROUP):
        gateway: Gateway = entry.load()()
        found |= dict.fromkeys(gateway.channels, gateway)
    return found
