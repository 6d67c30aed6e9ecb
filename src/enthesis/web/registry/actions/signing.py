"""Signing a row of the record; a later change of its content ends the signature by itself."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import SiteOwned, content_changed
from enthesis.web.audit.recording import Action, record
from enthesis.web.registry.models import Injection, Preparation, Signature
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.records.row_kinds import REVIEWED, ROW_KINDS, is_taken_back, kind_of_row
from enthesis.web.registry.records.signed_content import content_hash

__all__ = ["connect", "sign_row"]


@transaction.atomic
def sign_row(*, row: AboutPatient, meaning: str, by: User, shown: str) -> Signature:
    """Sign the content of a row; who signs must have been asked for the password just before.

    Signed twice in the same words by the same person, the first signature stands.

    Args:
        row: What is signed.
        meaning: What the signature says, one of the meanings of this kind.
        by: Who signs.
        shown: Hash of the content that the person saw; another content by now is not signed.

    Raises:
        NotAllowed: The caller may not sign at this site.
        InvalidData: A kind that is not signed, a meaning that is not this person's, or content that changed.
    """
    current_scope().check_can(Permission.SIGN, row.site_id)
    _check_meaning(row, meaning, by)
    content = content_hash(row)
    if content != shown:
        repair = "Read it again; nothing was signed."
        raise InvalidData(Fault("The record was changed while you read it.", "meaning", repair))
    about = {"row_kind": row._meta.model_name, "row_key": row.key}
    standing = Signature.objects.filter(**about, by=by, meaning=meaning, content_hash=content, voided_at=None)
    if found := standing.first():
        return found
    made: Signature = Signature.objects.create(
        site_id=row.site_id, patient=row.patient, content_hash=content, meaning=meaning, by=by,
        at=timezone.now(), **about,
    )  # fmt: skip
    record(row.act(Action.SIGN, {"signature": str(made.key), "content": content, "meaning": meaning}))
    return made


def connect() -> None:
    """Listen to every change of a row that belongs to a site."""
    content_changed.connect(_void_signatures, dispatch_uid="enthesis-void-signatures")


def _check_meaning(row: AboutPatient, meaning: str, by: User) -> None:
    kind = kind_of_row(row)
    if not kind.meanings:
        raise InvalidData(Fault(f"A record of this kind ({kind.label}) is not signed.", "meaning"))
    if meaning not in kind.meanings:
        raise InvalidData(Fault("Choose what your signature says.", "meaning"))
    if isinstance(row, Injection) and row.operator_id != by.pk and meaning != REVIEWED:
        raise InvalidData(Fault("Only who gave the injection can sign so.", "meaning", f"Sign: {REVIEWED}"))
    if is_taken_back(row):
        raise InvalidData(Fault(f"This {kind.label} was taken back and is not signed.", "meaning"))


def _void_signatures(sender: type[SiteOwned], rows: Iterable[Any], **_: Any) -> None:
    """End signatures under rows whose content is not what was signed any more."""
    keys = [row.key for row in rows]
    if issubclass(sender, Preparation):
        sender, keys = (
            Injection,
            list(Injection.objects.filter(preparation__key__in=keys).values_list("key", flat=True)),
        )
    kind = ROW_KINDS.get(str(sender._meta.model_name))
    if not keys or kind is None or not kind.meanings:
        return
    signatures = Signature.objects.filter(row_key__in=keys, voided_at=None)
    for signature in signatures.select_related("patient"):
        row = sender.objects.filter(key=signature.row_key).first()
        if row is None or content_hash(row) != signature.content_hash:
            signature.voided_at = timezone.now()
            signature.voided_because = "the record was deleted" if row is None else "the record was changed"
            signature.save(update_fields=("voided_at", "voided_because"))
