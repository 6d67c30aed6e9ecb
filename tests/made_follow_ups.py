"""Made-up follow-ups for tests: one window that is open today."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.models import FollowUp, Injection, Response
from made_clinic import make_episode, make_patient

__all__ = ["ASKED", "make_course", "make_follow_up"]

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
    episode = make_episode(patient, opened_on=today - timedelta(days=60))
    return FollowUp.objects.create(site=site, patient=patient, episode=episode, **defaults | fields)


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
