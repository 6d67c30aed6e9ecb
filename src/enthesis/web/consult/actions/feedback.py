"""Keeping what a clinical system tells of a card."""

from datetime import datetime
from uuid import UUID

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.consult.models import HookFeedback

__all__ = ["keep_feedback"]


def keep_feedback(
    *, card: UUID, site: Site | None, outcome_at: datetime, about: dict[str, str], told: dict[str, str]
) -> HookFeedback:
    """Keep what became of a card, once however often it is told; no patient and no user are in it.

    Args:
        card: Identifier of the card, whose seal was checked.
        site: Clinic whom it is counted for; None where several could be meant.
        outcome_at: When the clinician decided, as the clinical system says.
        about: Condition, intervention and scenario of the card; empty where not known.
        told: Service, outcome, reason and comment.
    """
    # A clinical system has no account; the seal in the card's identifier says that it may tell this.
    with acting_as_system("cds-feedback"):
        held, _ = HookFeedback.objects.get_or_create(
            card=card, defaults={"site": site, "outcome_at": outcome_at, **about, **told}
        )
    return held
