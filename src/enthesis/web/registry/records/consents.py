"""Consent rows as the decisions that the rules of consent judge, and the words a patient was asked with."""

import hashlib
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from enthesis.catalogue.consents_loader import load_permissions
from enthesis.domain.episodes.consent import ConsentEntry, ConsentForm, Permissions, Purpose
from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import Consent

__all__ = ["STATEMENTS", "content_hash", "decisions", "form_in_use", "rules_in_use"]

# What a patient is asked, purpose by purpose; the clinic's own form says it at length.
STATEMENTS = {
    Purpose.CARE: "The clinic records this treatment and asks how it went.",
    Purpose.REGISTRY: "The record counts, without the name, in figures on how such treatments do.",
    Purpose.RESEARCH: "The record, without the name, may serve research that an ethics committee allowed.",
    Purpose.CONTACT: "The clinic may send messages or call when questions are due.",
    Purpose.SHARING: "The record, without the name, may go to other clinics of the registry.",
    Purpose.CROSS_BORDER: "What is shared may go to clinics in other countries.",
}


def rules_in_use() -> Permissions:
    """The rules of consent of this installation."""
    return load_permissions()["standard"]


def form_in_use(rules: Permissions, purpose: Purpose) -> ConsentForm:
    """The newest form that asks for a purpose."""
    return [form for form in rules.forms if purpose in form.purposes][-1]


def content_hash(purpose: Purpose) -> str:
    """SHA-256 of the words a patient was asked with."""
    return hashlib.sha256(STATEMENTS[purpose].encode()).hexdigest()


def decisions(consents: Iterable[Consent], site: Site) -> tuple[ConsentEntry, ...]:
    """Every decision of one patient in the order it was made, by days of the site."""
    zone = ZoneInfo(site.time_zone)
    told = []
    for row in consents:
        made = [(row.given_at, "given" if row.given else "refused")]
        if row.withdrawn_at is not None:
            made.append((row.withdrawn_at, "withdrawn"))
        told += [(at, decision, row) for at, decision in made]
    return tuple(
        ConsentEntry(
            purpose=Purpose(row.purpose),
            decision=decision,  # type: ignore[arg-type]
            on=at.astimezone(zone).date(),
            form=row.document,
            version=row.version,
            language=row.language,
        )
        for at, decision, row in sorted(told, key=lambda x: (x[0], x[2].pk))
    )
