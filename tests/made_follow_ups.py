"""Made-up follow-ups for tests: consents, a course, and the window that is open today."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from enthesis.domain.episodes import Purpose
from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.actions.follow_ups import open_windows
from enthesis.web.registry.models import Consent, FollowUp, Patient, Response
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.consents import content_hash, form_in_use, rules_in_use
from made_clinic import make_episode, make_injection, make_patient

__all__ = ["ASKED", "agree", "followed", "make_course", "make_follow_up"]

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
    agree(patient, Purpose.CARE, days_ago=60)
    episode = make_episode(patient, opened_on=today - timedelta(days=60))
    return FollowUp.objects.create(site=site, patient=patient, episode=episode, **defaults | fields)


def followed(site: Site, operator: User, *, days_ago: int, local_id: str, contact: bool = True) -> FollowUp:
    """A patient whose injection lies that many days back; the window that is open now."""
    patient, today = make_patient(site, local_id=local_id), today_at(site)
    agree(patient, Purpose.CARE, *([Purpose.CONTACT] if contact else []), days_ago=200)
    episode = make_episode(patient, opened_on=today - timedelta(days=days_ago + 5))
    injection = make_injection(episode, operator, today - timedelta(days=days_ago))
    return next(r for r in open_windows(injection=injection) if r.opens_on <= today <= r.late_until)


def agree(patient: Patient, *purposes: Purpose, days_ago: int) -> None:
    """The consents that asking for answers rests on, given on paper."""
    for purpose in purposes:
        form = form_in_use(rules_in_use(), purpose)
        Consent.objects.create(
            site=patient.site, patient=patient, purpose=purpose.value, given=True, document=form.id,
            version=form.version, language=patient.language, content_hash=content_hash(purpose),
            means="paper", given_at=timezone.now() - timedelta(days=days_ago),
        )  # fmt: skip


def make_course(follow_up: FollowUp, operator: User, before: float) -> None:
    """An injection six weeks ago for a follow-up, with pain answered the day before it."""
    given = follow_up.due_on - timedelta(weeks=6)
    follow_up.episode.protocol = "enthesis-standard"
    follow_up.episode.save()
    follow_up.injection = make_injection(follow_up.episode, operator, given)
    follow_up.save()
    noon = datetime.combine(given - timedelta(days=1), time(12), UTC)
    Response.objects.create(
        site=follow_up.site, patient=follow_up.patient, episode=follow_up.episode, submission=uuid4(),
        instrument="nrs-pain", language="en", answers={"nrs": before}, scores={"pain": before}, score=before,
        mode="tablet", answered_on=given - timedelta(days=1), answered_at=noon, received_at=noon,
    )  # fmt: skip
