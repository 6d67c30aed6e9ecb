"""Accounts in the audit trail: which person or site, by whom, and what; never a password or a secret."""

from typing import Any

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.scope import current_scope
from enthesis.web.audit.recording import Act, Action, record

__all__ = ["write_down"]


def write_down(
    action: Action, about: User | Site, details: dict[str, Any], *, site: Site | None = None
) -> None:
    """Append one act about an account or a site."""
    place = about if isinstance(about, Site) else site
    record(
        Act(
            actor=current_scope().actor,
            action=action,
            kind="site" if isinstance(about, Site) else "account",
            object_key=str(about.key),
            site_id=place.pk if place else None,
            details=details,
        )
    )
