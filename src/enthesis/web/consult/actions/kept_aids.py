"""Keeping a decision aid as it was shown."""

from uuid import uuid4

from django.utils import timezone

from enthesis.domain.counsel import DecisionAid, canonical_json
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.consult.models import Consultation, KeptAid

__all__ = ["keep_aid"]


def keep_aid(*, consultation: Consultation, aid: DecisionAid) -> KeptAid:
    """Keep the text of an aid once for a consultation.

    Raises:
        NotAllowed: The caller may not consult at this site.
    """
    current_scope().check_can(Permission.CONSULT, consultation.site_id)
    made, _ = KeptAid.objects.get_or_create(
        consultation=consultation,
        content_hash=aid.content_hash,
        defaults={
            "key": uuid4(),
            "site_id": consultation.site_id,
            "patient": consultation.patient,
            "document": aid.id,
            "version": aid.version,
            "language": aid.language,
            "content": canonical_json(aid),
            "shown_at": timezone.now(),
        },
    )
    found: KeptAid = made
    return found
