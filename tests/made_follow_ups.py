"""Made-up follow-ups for tests: one window that is open today."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from enthesis.domain.episodes import Purpose
from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.models import Consent, FollowUp, Injection, Patient, Response
from enthesis.web.registry.records.consents import form_in_use, rules_in_use
from made_clinic import make_episode, make_patient

__all__ = ["ASKED", "agree_to_care", "make_course", "make_follow_up"]

ASKED = ["nrs-pain", "promis-physical-function-4a", "koos-ps", "pgic"]


def make_follow_up(site: Site, **fields: Any) -> FollowUp:
    """Week 6 of a patient born on 2 April 1961, due today and open for ten more days."""
    patient = make_patient(site, local_id=fields.pop("local_id", "T-1"))
    today = date.today()  # noqa: DTZ011 - windows are days wide
    defaults: dict[str, Any] = {
        "window": "week-6",
        "week": 6,
        "opens_on": today - timedelta(days=10),
        "due_on": today,
        "closes_on": today + timedelta(days=5),
        "late_until": today + timedelta(days=10),
        "instruments": ASKED,
    }
    agree_to_care(patient)
    episode = make_episode(patient, opened_on=today - timedelta(days=60))
    return FollowUp.objects.create(site=site, patient=patient, episode=episode, **defaults | fields)


def agree_to_care(patient: Patient) -> Consent:
    """The consent that asking for answers rests on."""
    form = form_in_use(rules_in_use(), Purpose.CARE)
    given: Consent = Consent.objects.create(
        site=patient.site, patient=patient, purpose="care", given=True, document=form.id,
        version=form.version, language="hi", means="paper", given_at=timezone.now() - timedelta(days=60),
    )  # fmt: skip
    return given


def make_course(follow_up: FollowUp, operator: User, before: float) -> None:
    """An injection six weeks ago for a follow-up, with pain answered the day before it."""
    given = follow_up.due_on - timedelta(weeks=6)
    own: dict[str, Any] = {
        "site": follow_up.site,
        "patient": follow_up.patient,
        "episode": follow_up.episode,
    }
    follow_up.episode.protocol = "enthesis-standard"
    follow_up.episode.save()
    follow_up.injection = Injection.objects.create(
        **own, intervention="prp", given_on=given, target="knee joint", guidance="ultrasound",
        volume_ml=5, operator=operator,
    )  # fmt: skip
    follow_up.save()
    noon = datetime.combine(given - timedelta(days=1), time(12), UTC)
    Response.objects.create(
        **own, submission=uuid4(), instrument="nrs-pain", language="en", answers={"nrs": before},
        scores={"pain": before}, score=before, mode="tablet", answered_on=given - timedelta(days=1),
        answered_at=noon, received_at=noon,
    )  # fmt: skip
