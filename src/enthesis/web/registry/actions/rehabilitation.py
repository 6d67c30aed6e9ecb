"""A rehabilitation plan as a named physician agreed it with the patient."""

from datetime import date
from typing import Any
from uuid import UUID

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.storing import store_once
from enthesis.web.registry.models import Care, Episode
from enthesis.web.registry.queries.working_site import today_at

__all__ = ["agree_plan"]


def agree_plan(
    *, key: UUID, episode: Episode, title: str, plan: dict[str, Any], signed: bool, by: User
) -> Care:
    """Store the plan once, with who signed it.

    Args:
        key: Key of the form that was sent.
        episode: The episode it belongs to.
        title: Name of the plan.
        plan: Phases, advice and red flags as agreed.
        signed: Whether the physician said to have checked every part.
        by: The physician.

    Raises:
        NotAllowed: The caller may not sign at this site.
        InvalidData: It was not signed, or nothing is left to do in it.
    """
    current_scope().check_can(Permission.SIGN, episode.site_id)
    faults = []
    if not signed:
        faults.append(Fault("It is not signed.", "signed", "Say that you have checked every part."))
    if not any(phase.get("do") for phase in plan.get("phases", ())):
        faults.append(Fault("No phase says what to do.", "phases", "Fill in at least one."))
    if faults:
        raise InvalidData(faults)
    today: date = today_at(episode.site)
    content = plan | {"signed_by": by.name, "signed_by_key": str(by.key), "signed_on": today.isoformat()}

    def store() -> Care:
        made: Care = Care.objects.create(
            key=key, site_id=episode.site_id, patient=episode.patient, episode=episode,
            kind="rehabilitation", started_on=today, what=title[:300], plan=content,
        )  # fmt: skip
        return made

    return store_once(Care, key, store)
