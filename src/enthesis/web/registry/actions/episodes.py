"""Opening, changing and closing an episode."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from enthesis.catalogue.entry_limits_loader import load_entry_limits
from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.domain.episodes.plausibility import PersonEntry, check_person_entry
from enthesis.domain.selection.intake import read_facts
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.follow_ups import open_baseline
from enthesis.web.registry.actions.grading import grade_to_keep
from enthesis.web.registry.actions.keeping import keep_correction
from enthesis.web.registry.actions.storing import Confirmed, check_entry, store_once
from enthesis.web.registry.models import Episode, Patient
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.facts import facts_document

__all__ = ["EpisodeEntry", "change_episode", "open_episode"]

# Facts are checked as for this injection; the consultation checks them again for the one it proposes.
ANY_INJECTION = "prp"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeEntry:
    """What is typed about one course."""

    condition: str
    side: str
    opened_on: date
    level: str = ""
    grading_system: str = ""
    grade: str = ""
    grade_wording: str = ""
    graded_on: date | None = None
    symptoms_since: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    prior_treatments: list[str] = field(default_factory=list)
    comorbidities: list[str] = field(default_factory=list)
    drugs: list[Any] = field(default_factory=list)
    notes: str = ""


def open_episode(*, key: UUID, patient: Patient, entry: EpisodeEntry, confirmed: Confirmed) -> Episode:
    """Store a new episode once, with the questionnaires to answer before an injection.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: Days out of order, a grade of another condition, facts that cannot be; names each.
        ToConfirm: Unusual height or weight.
    """
    current_scope().check_can(Permission.WRITE_RECORD, patient.site_id)
    if found := Episode.objects.filter(key=key).first():
        return found
    made = _checked(Episode(key=key, site_id=patient.site_id, patient=patient), patient, entry, confirmed)

    def store() -> Episode:
        made.save(force_insert=True)
        open_baseline(episode=made)
        return made

    return store_once(Episode, key, store)


@transaction.atomic
def change_episode(
    *, episode: Episode, entry: EpisodeEntry, reason: str, by: User, confirmed: Confirmed
) -> tuple[str, ...]:
    """Put an episode right, keep what it was, and give the fields that changed.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: No reason, or as for a new episode.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    before = {name: getattr(episode, name) for name in asdict(entry)}
    _checked(episode, episode.patient, entry, confirmed)
    changed = {name: old for name, old in before.items() if getattr(episode, name) != old}
    if changed and not reason.strip():
        raise InvalidData(Fault("A change needs its reason.", "reason"))
    for name, old in changed.items():
        keep_correction(
            row=episode, field=name, before=old, after=getattr(episode, name), reason=reason, by=by
        )
    if changed:
        episode.save()
    return tuple(changed)


def _checked(episode: Episode, patient: Patient, entry: EpisodeEntry, confirmed: Confirmed) -> Episode:
    today = today_at(patient.site)
    faults = [*_day_faults(entry, patient, today)]
    for name, value in asdict(entry).items():
        setattr(episode, name, value)
    faults += _grade(episode, entry)
    if not faults:
        faults += _fact_faults(episode, patient, today)
    if faults:
        raise InvalidData(faults)
    weighed = {name: entry.facts.get(name) for name in ("height_cm", "weight_kg")}
    limits = load_entry_limits()["standard"]
    findings = check_person_entry(PersonEntry(patient.birth_date, **weighed), limits, today)
    check_entry((f for f in findings if f.field in weighed), confirmed=confirmed)
    return episode


def _grade(episode: Episode, entry: EpisodeEntry) -> list[Fault]:
    if entry.graded_on and not entry.grading_system:
        return [Fault("a day without a grade.", "grade", "Choose the grade, or empty it.")]
    try:
        episode.grade, episode.grade_wording = grade_to_keep(
            entry.grading_system, entry.grade, entry.condition, entry.grade_wording
        )
    except InvalidData as error:
        return list(error.faults)
    return []


def _fact_faults(episode: Episode, patient: Patient, today: date) -> list[Fault]:
    vocabulary = current().evidence.vocabulary
    try:
        document = facts_document(episode, patient, today, ANY_INJECTION)
        read_facts(document, vocabulary, load_grading_systems(), {}, today)
    except InvalidData as error:
        return list(error.faults)
    return []


def _day_faults(entry: EpisodeEntry, patient: Patient, today: date) -> list[Fault]:
    faults = []
    for name in ("opened_on", "symptoms_since", "graded_on"):
        day: date | None = getattr(entry, name)
        if day is not None and day > today:
            faults.append(Fault(f"{day} has not come yet.", name, "Check the year."))
        elif day is not None and day < patient.birth_date:
            faults.append(Fault(f"{day} is before the birth of the patient.", name, "Check the year."))
    return faults
