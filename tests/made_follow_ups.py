"""Made-up follow-ups for tests: one window that is open today."""

from datetime import date, timedelta
from typing import Any

from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import FollowUp
from made_clinic import make_episode, make_patient

__all__ = ["ASKED", "make_follow_up"]

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
