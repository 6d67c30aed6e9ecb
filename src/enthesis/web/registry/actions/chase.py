"""Writing down a try to reach a patient."""

from datetime import date, datetime

from django.db import transaction

from enthesis.domain.episodes import Channel, Outcome
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import ChaseStep, FollowUp

__all__ = ["log_step"]


@transaction.atomic
def log_step(
    *,
    follow_up: FollowUp,
    channel: Channel,
    outcome: Outcome,
    by: User,
    at: datetime,
    note: str = "",
    next_on: date | None = None,
) -> ChaseStep:
    """One line of the call log. The same line within a minute is taken for a double click and kept once.

    Raises:
        NotAllowed: The caller may not chase at this site.
        InvalidData: The next try lies in the past.
    """
    current_scope().check_can(Permission.CHASE, follow_up.site_id)
    if next_on is not None and next_on < at.date():
        raise InvalidData(Fault(f"{next_on} has passed.", "next_on", "Choose today or later."))
    last = ChaseStep.objects.filter(follow_up=follow_up, by=by).order_by("-at").first()
    if last is not None and (at - last.at).total_seconds() < 60 and last.outcome == outcome:
        return last
    return ChaseStep.objects.create(
        site_id=follow_up.site_id,
        patient=follow_up.patient,
        episode=follow_up.episode,
        follow_up=follow_up,
        channel=channel.value,
        outcome=outcome.value,
        at=at,
        by=by,
        note=note.strip()[:300],
        next_on=next_on,
    )
