"""Taking back a row that is of another person or never was: it stays, marked, and counts nowhere."""

from django.db import transaction

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.endings import settle_endings
from enthesis.web.registry.actions.injections import cancel_injection
from enthesis.web.registry.actions.keeping import keep_correction
from enthesis.web.registry.actions.responses import is_complete
from enthesis.web.registry.models import EndPoint, Injection, MayBeTakenBack, Response
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.records.row_kinds import is_taken_back, kind_of_row

__all__ = ["take_back"]


@transaction.atomic
def take_back(*, row: AboutPatient, reason: str, by: User) -> None:
    """Take a row back; a signature under it ends, and what followed from it is undone.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: No reason, a kind that is not taken back, or it was taken back or replaced before.
    """
    current_scope().check_can(Permission.WRITE_RECORD, row.site_id)
    kind = kind_of_row(row)
    if not kind.is_taken_back:
        raise InvalidData(Fault(f"A record of this kind ({kind.label}) is not taken back."))
    if not reason.strip():
        raise InvalidData(Fault("What is taken back needs its reason.", "reason"))
    if is_taken_back(row):
        raise InvalidData(Fault("This record was taken back before.", "reason"))
    if isinstance(row, Injection):
        cancel_injection(injection=row, reason=reason)
    elif isinstance(row, Response):
        _take_back_answers(row, reason, by)
    elif isinstance(row, MayBeTakenBack):
        row.cancelled_because = reason.strip()
        row.save(update_fields=("cancelled_because",))
        if isinstance(row, EndPoint):
            settle_endings(row)


def _take_back_answers(row: Response, reason: str, by: User) -> None:
    """Answers step aside by naming themselves; the window waits for those that belong there."""
    if row.replaced_by_id is not None:
        raise InvalidData(Fault("These answers were put right before.", "reason", "Open the later ones."))
    row.replaced_by = row
    row.save(update_fields=("replaced_by",))
    keep_correction(row=row, field="answers", before=row.answers, after=None, reason=reason, by=by)
    follow_up = row.follow_up
    if follow_up is None or follow_up.completed_at is None:
        return
    left = Response.objects.filter(follow_up=follow_up, replaced_by=None).values_list("instrument", flat=True)
    if not is_complete(follow_up, set(left)):
        follow_up.completed_at = follow_up.completed_on = None
        follow_up.save(update_fields=("completed_at", "completed_on"))
