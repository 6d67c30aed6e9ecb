"""Finding what a personal link opens."""

from datetime import datetime
from hashlib import sha256

from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.models import FollowUp, PatientLink

__all__ = ["hash_of", "live_links", "opened_by"]

LONGEST_TOKEN = 64


def hash_of(token: str) -> str:
    """SHA-256 of a token; it has 256 random bits, so neither salt nor a slow hash is needed."""
    return sha256(token.encode()).hexdigest()


def opened_by(token: str) -> PatientLink | None:
    """The link of a token with all that its pages need, expired and revoked ones too; None for a forged one.

    Nobody is logged in yet, so the program itself looks; the caller then acts as this link only.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    with acting_as_system("patient-link"):
        rows = PatientLink.objects.select_related(
            "site", "patient", "follow_up__episode", "follow_up__injection"
        )
        link: PatientLink | None = next(iter(rows.filter(token_hash=hash_of(token))), None)
    if link is not None:
        _join(link)
    return link


def _join(link: PatientLink) -> None:
    """Give site and patient to every row of the link, so that no page asks the database for them again."""
    link.patient.site = link.follow_up.site = link.follow_up.episode.site = link.site
    link.follow_up.patient = link.follow_up.episode.patient = link.patient


def live_links(follow_up: FollowUp, now: datetime) -> list[PatientLink]:
    """Links of a follow-up that still open it, newest first."""
    rows = PatientLink.objects.filter(follow_up=follow_up, revoked_at=None, expires_at__gt=now)
    return list(rows.order_by("-made_at"))
