"""Personal links: made, revoked, and opened with the right birth date."""

import hmac
import secrets
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import transaction

from enthesis.errors import Fault, InvalidData
from enthesis.web.registry.models import FollowUp, PatientLink
from enthesis.web.registry.queries.links import hash_of

__all__ = [
    "LOCK",
    "WRONG_BIRTH_DATES",
    "BirthDateCheck",
    "check_birth_date",
    "end_of_window",
    "make_link",
    "revoke_link",
]

TOKEN_BYTES = 32
# A lock of fixed length would let a stranger with the link try every day of a decade in eight days; doubled
# at every further wrong date it leaves about two hundred tries in half a year.
WRONG_BIRTH_DATES = 5
LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(days=1)


class BirthDateCheck(StrEnum):
    """What came of asking for the birth date."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


def make_link(
    follow_up: FollowUp, now: datetime, *, until: datetime | None = None
) -> tuple[PatientLink, str]:
    """A link for one follow-up and its token, which exists nowhere else; the database keeps its hash.

    Args:
        follow_up: What the link opens, and nothing else.
        now: Moment by the clock of the server.
        until: End of the link; the end of the window's last day at the site when left out.

    Raises:
        InvalidData: The window is closed or over.
        NotAllowed: The follow-up is of a site out of reach.
    """
    ends = end_of_window(follow_up)
    if follow_up.closed_because or now >= ends:
        repair = "Reopen it, or note why it stays unanswered."
        raise InvalidData(Fault("This window takes no more answers.", "follow_up", repair))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = PatientLink.objects.create(
        site_id=follow_up.site_id,
        patient=follow_up.patient,
        follow_up=follow_up,
        token_hash=hash_of(token),
        made_at=now,
        expires_at=min(until, ends) if until else ends,
    )
    return link, token


def end_of_window(follow_up: FollowUp) -> datetime:
    """The first moment, at the site, at which no answer is taken any more."""
    zone = ZoneInfo(follow_up.site.time_zone)
    return datetime.combine(follow_up.late_until + timedelta(days=1), time(), zone)


def revoke_link(link: PatientLink, now: datetime) -> None:
    """End a link; ending it twice changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = now
        link.save(update_fields=("revoked_at",))


@transaction.atomic
def check_birth_date(link: PatientLink, given: date, now: datetime) -> BirthDateCheck:
    """Whether this is the birth date of the patient; wrong ones are counted and lock the link for a while."""
    row = PatientLink.objects.select_for_update().get(pk=link.pk)
    if row.locked_until and now < row.locked_until:
        return BirthDateCheck.LOCKED
    right = hmac.compare_digest(link.patient.birth_date.isoformat(), given.isoformat())
    row.failed_checks = 0 if right else row.failed_checks + 1
    row.locked_until = now + _lock(row.failed_checks) if row.failed_checks >= WRONG_BIRTH_DATES else None
    if right and row.opened_at is None:
        row.opened_at = now
    row.save(update_fields=("failed_checks", "locked_until", "opened_at"))
    if row.locked_until:
        return BirthDateCheck.LOCKED
    return BirthDateCheck.RIGHT if right else BirthDateCheck.WRONG


def _lock(wrong: int) -> timedelta:
    doubled = min(wrong - WRONG_BIRTH_DATES, 10)
    return min(LOCK * 2**doubled, LONGEST_LOCK)
