"""A consent to a document that was shown whole: the text, its hash and the signature are kept together."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from enthesis.domain.episodes.consent import Purpose
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.consents import withdraw_consent
from enthesis.web.registry.actions.storing import store_once
from enthesis.web.registry.models import Consent, Patient

__all__ = ["ShownDocument", "sign_consent"]


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """The document as it was shown: its id, version, language, SHA-256 and content."""

    id: str
    version: str
    language: str
    content_hash: str
    content: dict[str, Any]


def sign_consent(
    *,
    key: UUID,
    patient: Patient,
    purpose: Purpose,
    given: bool,
    document: ShownDocument,
    means: str,
    signature_svg: str = "",
    witness: str = "",
) -> Consent:
    """Store once what a patient said to one purpose of a document; a refusal ends what was agreed before.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: No signature for a consent on screen, no witness for a spoken one.
    """
    current_scope().check_can(Permission.WRITE_RECORD, patient.site_id)
    faults = []
    if means not in Consent.Means.values:
        faults.append(Fault(f"'{means[:20]}' is no way of giving consent.", "means"))
    if means == Consent.Means.SCREEN and not signature_svg:
        faults.append(Fault("Nothing was signed.", "strokes", "Sign in the box, or choose paper or spoken."))
    if means == Consent.Means.SPOKEN and not witness.strip():
        faults.append(Fault("A spoken consent needs the name of the witness.", "witness"))
    if faults:
        raise InvalidData(faults)

    @transaction.atomic
    def store() -> Consent:
        if not given:
            withdraw_consent(patient=patient, purpose=purpose, how="refused when asked again")
        made: Consent = Consent.objects.create(
            key=key, site_id=patient.site_id, patient=patient, purpose=purpose.value, given=given,
            document=document.id, version=document.version, language=document.language,
            content_hash=document.content_hash, document_json=document.content, means=means,
            signature_svg=signature_svg, witness=witness.strip(), given_at=timezone.now(),
        )  # fmt: skip
        return made

    return store_once(Consent, key, store)
