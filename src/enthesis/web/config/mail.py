"""The mail server, as Django's settings want it."""

from urllib.parse import unquote, urlsplit

from enthesis.errors import Fault, InvalidData

__all__ = ["mail_server"]

PORTS = {"smtp": 587, "smtps": 465}


def mail_server(url: str | None) -> dict[str, object]:
    """Settings of a mail server; none without an address, and mail then stays in the outbox.

    Raises:
        InvalidData: The address is not smtp:// or smtps:// with a host.
    """
    if not url:
        return {"EMAIL_CONFIGURED": False}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        repair = "Write smtp://user:password@host:587 or smtps://user:password@host:465."
        raise InvalidData(Fault("this is no address of a mail server.", "ENTHESIS_EMAIL_URL", repair))
    return {
        "EMAIL_CONFIGURED": True,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
