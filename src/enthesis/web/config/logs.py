"""Logs without personal data: what was asked of which page, how it ended and how long it took.

No address, no user agent, no query string (a search may hold a patient's words), no body, no token of a link.
"""

import logging
import re
import sys
from typing import Any

import structlog

__all__ = ["LOGGING", "set_up_structlog", "shown_path"]

# Personal links of patients, invitations and mailed links carry a secret in their path.
SECRETS = re.compile(r"^(/p/|/account/(?:invitation|forgotten)/[^/]+/)(?!sw\.js$)[^/]+")

# Only the root handler; Django's own e-mail and request-body handlers stay off.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Refused host names and 404s are told by our own line; Django's would hold the whole address.
    "loggers": {"django.request": {"level": "CRITICAL"}, "django.security": {"level": "CRITICAL"}},
}


def set_up_structlog(*, level: str, as_json: bool) -> None:
    """One line per event on standard error, for people or as JSON."""
    ending = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            ending,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def shown_path(path: str) -> str:
    """A path as a log may hold it: ``/p/…/form/``."""
    return SECRETS.sub(r"\1…", path)
