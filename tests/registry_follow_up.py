"""A made-up patient in follow-up: consents, an injection some days ago, and the window that is open now."""

from datetime import timedelta

from django.utils import timezone

from enthesis.domain.episodes import Purpose
from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.actions.follow_ups import open_windows
from enthesis.web.registry.models import Consent, FollowUp, Injection, Patient
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.consents import content_hash, form_in_use, rules_in_use
from made_clinic import make_episode, make_patient

__all__ = ["consents", "followed"]


def consents(patient: Patient, *purposes: Purpose) -> None:
    for purpose in purposes:
        form = form_in_use(rules_in_use(), purpose)
        Consent.objects.create(
            site=patient.site, patient=patient, purpose=purpose.value, given=True, document=form.id,
            version=form.version, language="en", content_hash=content_hash(purpose), means="paper",
            given_at=timezone.now() - timedelta(days=200),
        )  # fmt: skip


def followed(site: Site, operator: User, *, days_ago: int, local_id: str, contact: bool = True) -> FollowUp:
    """A patient whose injection lies that many days back; the window that is open now."""
    patient = make_patient(site, local_id=local_id)
    consents(patient, Purpose.CARE, *([Purpose.CONTACT] if contact else []))
    episode = make_episode(patient, opened_on=today_at(site) - timedelta(days=days_ago + 5))
    injection = Injection.objects.create(
        site=site, patient=patient, episode=episode, intervention="prp", target="knee joint",
        given_on=today_at(site) - timedelta(days=days_ago), guidance="ultrasound", volume_ml=5,
        operator=operator,
    )  # fmt: skip
    today = today_at(site)
    return next(r for r in open_windows(injection=injection) if r.opens_on <= today <= r.late_until)
