"""Consents: given, refused and withdrawn, never overwritten; a withdrawal takes effect in the same moment."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from enthesis.domain.episodes.consent import Purpose
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.storing import store_once
from enthesis.web.registry.models import Consent, Message, Patient, PatientLink
from enthesis.web.registry.records.consents import STATEMENTS, content_hash, form_in_use, rules_in_use

__all__ = ["decide_consent", "withdraw_consent"]

STOPS_CONTACT = (Purpose.CONTACT, Purpose.CARE)


def decide_consent(
    *,
    key: UUID,
    patient: Patient,
    purpose: Purpose,
    given: bool,
    means: str,
    language: str,
    witness: str = "",
) -> Consent:
    """Store once what a patient said to one purpose.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: A spoken consent without a witness, or a way of giving it nobody knows.
    """
    current_scope().check_can(Permission.WRITE_RECORD, patient.site_id)
    faults = []
    if means not in Consent.Means.values:
        faults.append(Fault(f"'{means[:20]}' is no way of giving consent.", "means"))
    if given and means == Consent.Means.SPOKEN and not witness.strip():
        faults.append(Fault("A spoken consent needs the name of the witness.", "witness"))
    if faults:
        raise InvalidData(faults)
    form = form_in_use(rules_in_use(), purpose)

    def store() -> Consent:
        if not given:
            withdraw_consent(patient=patient, purpose=purpose, how="refused when asked again")
        return Consent.objects.create(
            key=key,
            site_id=patient.site_id,
            patient=patient,
            purpose=purpose.value,
            given=given,
            document=form.id,
            version=form.version,
            language=language,
            content_hash=content_hash(purpose),
            document_json={"statement": STATEMENTS[purpose]},
            means=means,
            witness=witness.strip(),
            given_at=timezone.now(),
        )

    return store_once(Consent, key, store)


@transaction.atomic
def withdraw_consent(*, patient: Patient, purpose: Purpose, how: str) -> int:
    """Withdraw what was given for one purpose, and give how many consents that ended.

    Messages that wait are cancelled and personal links revoked where the purpose allowed them.

    Raises:
        NotAllowed: The caller may not write at this site.
    """
    current_scope().check_can(Permission.WRITE_RECORD, patient.site_id)
    now = timezone.now()
    standing = Consent.objects.filter(patient=patient, purpose=purpose.value, given=True, withdrawn_at=None)
    ended: int = standing.update(withdrawn_at=now, withdrawn_how=how)
    if purpose in STOPS_CONTACT:
        waiting = [Message.State.WAITING, Message.State.HELD]
        Message.objects.filter(patient=patient, state__in=waiting).update(state=Message.State.CANCELLED)
        PatientLink.objects.filter(patient=patient, revoked_at=None).update(revoked_at=now)
    return ended
