"""Registering a person and putting identity right; the only writers of patients and of their search terms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from enthesis.catalogue.entry_limits_loader import load_entry_limits
from enthesis.domain.episodes.entry_limits import EntryFinding, Gravity
from enthesis.domain.episodes.plausibility import PersonEntry, check_person_entry
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.keeping import keep_correction
from enthesis.web.registry.actions.storing import Confirmed, check_entry, store_once
from enthesis.web.registry.models import Patient, SearchTerm
from enthesis.web.registry.queries.people import likely_the_same
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.search_terms import terms_of
from enthesis.web.vault import SealedDateField, SealedTextField, blind, seal

__all__ = ["Identity", "blind_local_id", "correct_patient", "index_terms", "register_patient"]

CORRECTION_PLACE = "registry_correction.value"
NEEDED = {"sms": "telephone", "whatsapp": "telephone", "telephone": "telephone", "email": "email"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is and how to reach them."""

    name: str
    local_id: str
    birth_date: date
    sex: str
    latin_name: str = ""
    telephone: str = ""
    email: str = ""
    abha: str = ""
    language: str = "en"
    channel: str = "sms"


def blind_local_id(local_id: str) -> bytes:
    """Keyed hash of a clinic's own number, by which the database keeps it to one person."""
    return blind("".join(c for c in local_id.casefold() if c.isalnum()), "local-id")


def register_patient(*, key: UUID, site: Site, identity: Identity, confirmed: Confirmed) -> Patient:
    """Store a new person once.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: A number that is taken, a birth date that cannot be, a channel without its address.
        ToConfirm: An unusual age, or somebody like this is on record.
    """
    current_scope().check_can(Permission.WRITE_RECORD, site.pk)
    if found := Patient.objects.filter(key=key).first():
        return found
    _check(site, identity, None, confirmed)

    def store() -> Patient:
        patient = Patient(
            key=key,
            site=site,
            synthetic=site.synthetic,
            birth_year=identity.birth_date.year,
            local_id_blind=blind_local_id(identity.local_id),
            **asdict(identity),
        )
        patient.save(force_insert=True)
        index_terms(patient)
        return patient

    return store_once(Patient, key, store)


@transaction.atomic
def correct_patient(
    *, patient: Patient, identity: Identity, reason: str, by: User, confirmed: Confirmed
) -> tuple[str, ...]:
    """Put identity right, keep what it was, and give the names of the fields that changed.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: No reason, or an identity that cannot be.
        ToConfirm: As for a new person.
    """
    current_scope().check_can(Permission.WRITE_RECORD, patient.site_id)
    changed = {f.name: getattr(identity, f.name) for f in fields(identity)}
    changed = {name: new for name, new in changed.items() if getattr(patient, name) != new}
    if not changed:
        return ()
    if not reason.strip():
        raise InvalidData(Fault("A change of identity needs its reason.", "reason"))
    _check(patient.site, identity, patient, confirmed, only=set(changed))
    _keep_as_it_was(patient, changed, reason, by)
    for name, new in changed.items():
        setattr(patient, name, new)
    patient.birth_year = identity.birth_date.year
    patient.local_id_blind = blind_local_id(identity.local_id)
    patient.save()
    index_terms(patient)
    return tuple(changed)


def index_terms(patient: Patient) -> None:
    """Store afresh what the person can be found by."""
    SearchTerm.objects.filter(patient=patient).delete()
    SearchTerm.objects.bulk_create(
        SearchTerm(site_id=patient.site_id, patient=patient, term=term) for term in terms_of(patient)
    )


def _keep_as_it_was(patient: Patient, changed: Mapping[str, Any], reason: str, by: User) -> None:
    for name, new in changed.items():
        before, after = _kept(name, getattr(patient, name)), _kept(name, new)
        keep_correction(row=patient, field=name, before=before, after=after, reason=reason, by=by)


def _kept(name: str, value: Any) -> Any:
    """A value for a column that is not sealed itself."""
    field = Patient._meta.get_field(name)
    if value in (None, "") or not isinstance(field, SealedTextField | SealedDateField):
        return value
    return seal(str(value), CORRECTION_PLACE)


def _check(
    site: Site,
    identity: Identity,
    patient: Patient | None,
    confirmed: Confirmed,
    only: set[str] | None = None,
) -> None:
    faults = [*_local_id_faults(site, identity, patient), *_reach_faults(identity)]
    if faults:
        raise InvalidData(faults)
    today = today_at(site)
    findings = list(
        check_person_entry(PersonEntry(identity.birth_date), load_entry_limits()["standard"], today)
    )
    if only is None or only & {"name", "latin_name", "birth_date", "telephone"}:
        findings += _like_findings(site, identity, patient)
    check_entry(findings, confirmed=confirmed)


def _local_id_faults(site: Site, identity: Identity, patient: Patient | None) -> list[Fault]:
    taken = Patient.objects.filter(site=site, local_id_blind=blind_local_id(identity.local_id))
    if taken.exclude(pk=patient.pk if patient else None).exists():
        repair = "Search for it: the person may be registered already."
        return [Fault("This number belongs to another person of this site.", "local_id", repair)]
    return []


def _reach_faults(identity: Identity) -> list[Fault]:
    needed = NEEDED.get(identity.channel, "")
    if needed and not getattr(identity, needed):
        return [
            Fault(
                f"The way to reach this person needs it: {identity.channel}.",
                needed,
                "Give it, or choose another way.",
            )
        ]
    return []


def _like_findings(site: Site, identity: Identity, patient: Patient | None) -> list[EntryFinding]:
    like = likely_the_same(
        site,
        identity.name,
        identity.latin_name,
        identity.birth_date,
        identity.telephone,
        patient.pk if patient else 0,
    )
    if not like:
        return []
    told = f"{len(like)} on record with this birth date and a like name, or with this telephone number."
    return [
        EntryFinding(
            Gravity.CONFIRM, "name", told, "Open them first: a person registered twice is lost twice."
        )
    ]
