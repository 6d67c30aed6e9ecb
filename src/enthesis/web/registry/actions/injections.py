"""Recording an injection with its product in one go, and taking it back with a reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from enthesis.catalogue.entry_limits_loader import load_entry_limits
from enthesis.domain.episodes.entry_limits import EntryFinding, Gravity
from enthesis.domain.episodes.plausibility import InjectionEntry, check_injection_entry
from enthesis.domain.episodes.schedule import courses
from enthesis.domain.products import ProductReport, Prolotherapy
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.follow_ups import open_windows, take_back_windows
from enthesis.web.registry.actions.storing import Confirmed, check_entry, store_once
from enthesis.web.registry.models import Episode, Injection, Preparation
from enthesis.web.registry.queries.injections import operators_at, standing
from enthesis.web.registry.queries.protocols import protocol_of
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.products import product_document, report_of

__all__ = ["InjectionRecord", "cancel_injection", "know_consultations", "record_injection"]

IsOfEpisode = Callable[[UUID, Episode], bool]

# A syringe is read to a tenth of a millilitre.
SAME_VOLUME_ML = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectionRecord:
    """What is typed about one injection; ``product`` is the measured record, empty where none was kept."""

    intervention: str
    given_on: date
    target: str
    guidance: str
    volume_ml: Decimal
    operator: User
    needle_gauge: int | None = None
    local_anaesthetic: str = ""
    image_reference: str = ""
    notes: str = ""
    kit: str = ""
    lot: str = ""
    product: dict[str, Any] = field(default_factory=dict)
    consultation: UUID | None = None


def record_injection(
    *, key: UUID, episode: Episode, record: InjectionRecord, by: User, confirmed: Confirmed
) -> Injection:
    """Store preparation and injection once and open the windows that follow from it.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: A day or number that cannot be, a product that cannot be, somebody who may not inject.
        ToConfirm: What is unusual: a volume, a second injection on one day, counts that look mistyped.
    """
    current_scope().check_can(Permission.WRITE_RECORD, episode.site_id)
    if found := Injection.objects.filter(key=key).first():
        return found
    _check(episode, record, confirmed)

    def store() -> Injection:
        preparation = (
            _preparation(episode, record, by) if record.product or record.kit or record.lot else None
        )
        injection = Injection(
            key=key, site_id=episode.site_id, patient=episode.patient, episode=episode,
            preparation=preparation, intervention=record.intervention, given_on=record.given_on,
            number_in_course=_number_in_course(episode, record), target=record.target,
            guidance=record.guidance, needle_gauge=record.needle_gauge, volume_ml=record.volume_ml,
            local_anaesthetic=record.local_anaesthetic, operator=record.operator,
            image_reference=record.image_reference, notes=record.notes, consultation=record.consultation,
        )  # fmt: skip
        injection.save(force_insert=True)
        open_windows(injection=injection)
        return injection

    return store_once(Injection, key, store)


def know_consultations(is_of_episode: IsOfEpisode) -> None:
    """Let the room of consultations, which stands above this one, say which of them are of an episode."""
    global _is_of_episode
    _is_of_episode = is_of_episode


def _no_consultation(_key: UUID, _episode: Episode) -> bool:
    return False


_is_of_episode: IsOfEpisode = _no_consultation


@transaction.atomic
def cancel_injection(*, injection: Injection, reason: str) -> None:
    """Take an injection back: it stays on record with the reason, and what was due for it is closed.

    Raises:
        NotAllowed: The caller may not write at this site.
        InvalidData: No reason, or it was cancelled before.
    """
    current_scope().check_can(Permission.WRITE_RECORD, injection.site_id)
    if not reason.strip():
        raise InvalidData(Fault("A cancelled injection needs its reason.", "reason"))
    if injection.cancelled_because:
        raise InvalidData(Fault("This injection was cancelled before.", "reason"))
    injection.cancelled_because = reason.strip()
    injection.save(update_fields=("cancelled_because",))
    take_back_windows(injection=injection)


def _check(episode: Episode, record: InjectionRecord, confirmed: Confirmed) -> None:
    today = today_at(episode.site)
    faults = list(_record_faults(episode, record))
    product = []
    if record.product:
        try:
            document = product_document(
                record.product, volume_ml=record.volume_ml, target=record.target, guidance=record.guidance
            )
            product = list(_product_doubts(report_of(document), record.volume_ml))
        except InvalidData as error:
            faults += error.faults
    if faults:
        raise InvalidData(faults)
    region = current().evidence.vocabulary.conditions[episode.condition].region
    entry = InjectionEntry(
        record.given_on, region, record.target, float(record.volume_ml), record.needle_gauge
    )
    earlier = [InjectionEntry(i.given_on, region, i.target) for i in standing(episode)]
    limits = load_entry_limits()["standard"]
    findings = check_injection_entry(entry, episode.patient.birth_date, earlier, limits, today)
    check_entry([*findings, *(_doubt(text) for text in product)], confirmed=confirmed)


def _record_faults(episode: Episode, record: InjectionRecord) -> Iterator[Fault]:
    if record.intervention not in current().evidence.vocabulary.interventions:
        yield Fault(f"'{record.intervention[:40]}' is no treatment of the vocabulary.", "intervention")
    if record.operator not in operators_at(episode.site):
        yield Fault("This person may not give injections at this site.", "operator", "Choose a physician.")
    if record.consultation is not None and not _is_of_episode(record.consultation, episode):
        yield Fault("This consultation is not of this course.", "consultation", "Open the form again.")
    if episode.closed_on and record.given_on > episode.closed_on:
        yield Fault(f"{record.given_on} is after the episode was closed.", "given_on", "Open a new episode.")
    died = episode.patient.died_on
    if died and record.given_on > died:
        yield Fault(f"{record.given_on} is after the death of the patient.", "given_on")


def _product_doubts(report: ProductReport, volume_ml: Decimal) -> Iterator[str]:
    yield from map(str, getattr(report, "warnings", ()))
    points = report.product.volume_ml if isinstance(report.product, Prolotherapy) else None
    if points is not None and abs(points - float(volume_ml)) > SAME_VOLUME_ML:
        yield f"{volume_ml.normalize():f} mL injected, but points and volume at each give {points:g} mL."


def _doubt(text: str) -> EntryFinding:
    return EntryFinding(Gravity.CONFIRM, "product", text)


def _preparation(episode: Episode, record: InjectionRecord, by: User) -> Preparation:
    zone = ZoneInfo(episode.site.time_zone)
    now = timezone.now().astimezone(zone)
    at = now if record.given_on == now.date() else datetime.combine(record.given_on, time(12), zone)
    made: Preparation = Preparation.objects.create(
        site_id=episode.site_id, patient=episode.patient, episode=episode, intervention=record.intervention,
        prepared_at=at, prepared_by=by, record=record.product, kit=record.kit, lot=record.lot,
    )  # fmt: skip
    return made


def _number_in_course(episode: Episode, record: InjectionRecord) -> int:
    """Place of the injection among those of its course, from 1."""
    like = standing(episode).filter(intervention=record.intervention)
    days = [*like.values_list("given_on", flat=True), record.given_on]
    own = next(c for c in courses(days, protocol_of(episode)) if record.given_on in c.injections)
    return sum(day <= record.given_on for day in own.injections)
