"""What ends a course closes the windows that wait, and nothing that is answered or over."""

from uuid import uuid4

import pytest

from enthesis.domain.episodes import ClosureReason, LostReason
from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.actions.course_notes import note_endpoint
from enthesis.web.registry.models import Episode, FollowUp
from enthesis.web.registry.queries.working_site import today_at
from made_clinic import acting_user, make_course, make_episode


@pytest.fixture
def episode(physician: User, site: Site):
    """A course whose injection lies 100 days back: weeks 2 and 6 are over."""
    with acting_user(physician):
        yield make_course(site, physician, days_ago=100)


def end(episode: Episode, reason: ClosureReason, lost: LostReason | None = None) -> dict[int, str]:

    note_endpoint(
        key=uuid4(), episode=episode, reason=reason, on=today_at(episode.site), lost_because=lost, note=""
    )
    return dict(FollowUp.objects.filter(episode=episode).values_list("week", "closed_because"))


@pytest.mark.parametrize(
    ("reason", "lost", "told", "closes_episode"),
    [
        (ClosureReason.DIED, None, "died", True),
        (ClosureReason.WITHDREW, None, "withdrew", True),
        (ClosureReason.LOST, LostReason.MOVED_AWAY, "lost:moved-away", True),
        (ClosureReason.SURGERY, None, "surgery", False),
    ],
)
def test_an_ending_closes_what_waits(
    episode: Episode, reason: ClosureReason, lost: LostReason | None, told: str, closes_episode: bool
) -> None:
    after = end(episode, reason, lost)
    assert {after[week] for week in (0, 2, 6)} == {""}
    assert {after[week] for week in (12, 26, 52, 104)} == {told}
    assert (Episode.objects.get(pk=episode.pk).closed_on is not None) == closes_episode


def test_a_death_ends_every_course_of_the_patient(episode: Episode) -> None:
    other = make_episode(episode.patient, condition="lateral-epicondylitis", opened_on=episode.opened_on)
    end(episode, ClosureReason.DIED)
    assert Episode.objects.get(pk=other.pk).closed_because == "died"


def test_what_was_answered_stays_answered(episode: Episode) -> None:
    row = FollowUp.objects.get(episode=episode, week=12)
    row.completed_at, row.completed_on = "2026-11-20T10:00:00Z", today_at(episode.site)
    row.save()
    assert end(episode, ClosureReason.SURGERY)[12] == ""
