"""Windows run from the first injection of a course, stand once, and keep their reasons."""

from datetime import date, timedelta

import pytest

from enthesis.domain.episodes import ClosureReason, LostReason
from enthesis.errors import InvalidData
from enthesis.web.accounts.models import Site, User
from enthesis.web.registry.actions.follow_ups import (
    close_window,
    open_baseline,
    open_windows,
    reopen_window,
)
from enthesis.web.registry.actions.injections import cancel_injection
from enthesis.web.registry.models import Episode, FollowUp, Injection
from enthesis.web.registry.queries.working_site import today_at
from made_clinic import acting_user, make_episode, make_injection, make_patient


@pytest.fixture
def episode(physician: User, site: Site):
    with acting_user(physician):
        yield make_episode(make_patient(site), opened_on=today_at(site) - timedelta(days=400))


def inject(episode: Episode, day: date, operator: User, intervention: str = "prp") -> Injection:
    return make_injection(episode, operator, day, intervention=intervention)


def test_an_injection_opens_every_window_of_the_protocol_once(episode: Episode, physician: User) -> None:
    injection = inject(episode, date(2026, 3, 2), physician)
    open_windows(injection=injection)
    assert open_windows(injection=injection) == []
    rows = list(FollowUp.objects.filter(injection=injection).order_by("week"))
    assert [r.week for r in rows] == [0, 2, 6, 12, 26, 52, 104]
    twelve = rows[3]
    assert (twelve.opens_on, twelve.due_on) == (date(2026, 5, 11), date(2026, 5, 25))
    assert (twelve.closes_on, twelve.late_until) == (date(2026, 6, 8), date(2026, 6, 22))
    assert "koos-ps" in twelve.instruments


def test_a_second_injection_of_a_series_opens_nothing(episode: Episode, physician: User) -> None:
    open_windows(injection=inject(episode, date(2026, 3, 2), physician))
    assert open_windows(injection=inject(episode, date(2026, 3, 16), physician)) == []


def test_a_series_whose_first_injection_was_a_mistake_runs_from_the_second(
    episode: Episode, physician: User
) -> None:
    first, second = (inject(episode, date(2026, 3, day), physician) for day in (2, 16))
    open_windows(injection=first)
    baseline = FollowUp.objects.get(injection=first, week=0)
    baseline.completed_at = "2026-03-01T10:00:00Z"
    baseline.save()
    cancel_injection(injection=first, reason="other knee")
    due = dict(FollowUp.objects.filter(injection=second).values_list("week", "due_on"))
    assert (len(due), due[2]) == (7, date(2026, 3, 30))
    assert FollowUp.objects.get(injection=second, week=0).pk == baseline.pk
    closed = FollowUp.objects.filter(injection=first).values_list("closed_because", flat=True)
    assert set(closed) == {"injection-cancelled"}


def test_an_injection_recorded_again_gets_the_baseline_and_windows_of_its_own(
    episode: Episode, physician: User
) -> None:
    wrong = inject(episode, date(2026, 3, 2), physician)
    open_windows(injection=wrong)
    cancel_injection(injection=wrong, reason="wrong volume")
    right = inject(episode, date(2026, 3, 2), physician)
    weeks = [row.week for row in open_windows(injection=right)]
    assert weeks == [0, 2, 6, 12, 26, 52, 104]
    assert FollowUp.objects.filter(episode=episode, week=0).count() == 1


def test_a_repeat_ends_what_still_waits_and_keeps_what_is_answered(episode: Episode, physician: User) -> None:
    first = inject(episode, date(2026, 3, 2), physician)
    early = open_windows(injection=first)[1]
    early.completed_at = "2026-03-17T10:00:00Z"
    early.save()
    assert len(open_windows(injection=inject(episode, date(2026, 6, 1), physician))) == 7
    reasons = dict(FollowUp.objects.filter(injection=first).values_list("week", "closed_because"))
    assert reasons[2] == ""
    assert reasons[6] == ""  # its time was over before the repeat: missed, not ended
    assert {reasons[w] for w in (12, 26, 52, 104)} == {"repeat-injection"}


def test_a_baseline_that_waits_is_taken_over(episode: Episode, physician: User) -> None:
    waiting = open_baseline(episode=episode)
    assert open_baseline(episode=episode) == waiting
    day = today_at(episode.site)
    rows = open_windows(injection=inject(episode, day, physician))
    assert rows[0].pk == waiting.pk
    assert (rows[0].due_on, rows[0].closes_on) == (day, day)


def test_a_window_is_closed_with_its_reason_and_can_be_reopened(episode: Episode, physician: User) -> None:
    row = open_windows(injection=inject(episode, today_at(episode.site), physician))[1]
    close = {"follow_up": row, "reason": ClosureReason.LOST, "on": today_at(episode.site)}
    with pytest.raises(InvalidData, match="lost without saying why"):
        close_window(**close)
    close_window(**close, lost_because=LostReason.MOVED_AWAY)
    row.refresh_from_db()
    assert row.closed_because == "lost:moved-away"
    with pytest.raises(InvalidData, match="answered or closed already"):
        close_window(**close, lost_because=LostReason.MOVED_AWAY)
    reopen_window(follow_up=row)
    assert FollowUp.objects.get(pk=row.pk).closed_because == ""
    with pytest.raises(InvalidData, match="is not closed"):
        reopen_window(follow_up=row)
