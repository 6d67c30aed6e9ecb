"""What was entered for another person is taken back: kept, marked, and without effect."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from enthesis.domain.episodes import ClosureReason
from enthesis.errors import InvalidData, NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.actions.corrections import correct_row
from enthesis.web.registry.actions.course_notes import note_endpoint
from enthesis.web.registry.actions.responses import submit
from enthesis.web.registry.actions.taking_back import take_back
from enthesis.web.registry.models import EndPoint, Episode, FollowUp, Patient, Response
from enthesis.web.registry.queries.harms import unreported_serious
from enthesis.web.registry.queries.working_site import today_at
from made_clinic import acting_user, logged_in, make_course, make_episode, make_user
from made_record import make_record

AGAIN = "wrong patient"


@pytest.fixture
def rows(site: Site, physician: User) -> dict:
    with acting_as_system("test"):
        return make_record(site, physician, "Meghna Made-up")


@pytest.fixture
def course(physician: User, site: Site):
    """A course whose injection lies 100 days back, by who treats it."""
    with acting_user(physician):
        yield make_course(site, physician, days_ago=100)


def end(episode: Episode, reason: ClosureReason, days_ago: int = 0) -> EndPoint:
    day = today_at(episode.site) - timedelta(days=days_ago)
    return note_endpoint(key=uuid4(), episode=episode, reason=reason, on=day, lost_because=None, note="")


def closed(episode: Episode) -> dict[int, str]:
    return dict(FollowUp.objects.filter(episode=episode).values_list("week", "closed_because"))


@pytest.mark.parametrize("word", ["injection", "imaging", "adverse_event", "care", "end_point", "response"])
def test_each_is_taken_back_once_by_its_page_with_a_reason(rows: dict, physician: User, word: str) -> None:
    client, address = logged_in(physician), reverse(f"take-back-{word}", args=[rows[word].key])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    sent = client.post(address, {"reason": AGAIN})
    assert sent.status_code == 302
    shown = client.get(sent["Location"]).content.decode()
    assert "Taken back" in shown
    assert AGAIN in shown
    again = client.post(address, {"reason": AGAIN})
    assert again.status_code == 422
    assert "before" in again.content.decode()
    if word != "response":
        assert f"taken back: {AGAIN}" in _record(client, rows).replace("Taken back", "taken back")


def _record(client, rows: dict) -> str:
    return client.get(reverse("patient", args=[rows["patient"].key])).content.decode()


def test_no_role_no_kind_no_taking_back(rows: dict, site: Site, physician: User) -> None:
    lead = make_user(Role.REGISTRY_LEAD, site)
    with acting_user(lead), pytest.raises(NotAllowed, match="write-record"):
        take_back(row=rows["imaging"], reason=AGAIN, by=lead)
    with acting_user(physician), pytest.raises(InvalidData, match="is not taken back"):
        take_back(row=rows["episode"], reason=AGAIN, by=physician)


def test_what_was_taken_back_is_put_right_no_more(rows: dict, physician: User) -> None:
    with acting_user(physician):
        take_back(row=rows["imaging"], reason=AGAIN, by=physician)
        with pytest.raises(InvalidData, match="was taken back"):
            correct_row(row=rows["imaging"], values={"findings": "x"}, reason="x", by=physician)


def test_the_clock_of_a_harm_stops_and_the_lead_still_sees_it(
    rows: dict, site: Site, physician: User
) -> None:
    with acting_user(physician):
        harm = rows["adverse_event"]
        harm.serious, harm.grade = ["hospitalisation"], 3
        harm.save()
        assert unreported_serious([site]) == [harm]
        take_back(row=harm, reason=AGAIN, by=physician)
        assert unreported_serious([site]) == []
    lead = logged_in(make_user(Role.REGISTRY_LEAD, site))
    listed = lead.get(reverse("harms")).content.decode()
    assert harm.term in listed
    assert "taken back" in listed
    assert "Who must be told" not in lead.get(reverse("harm", args=[harm.key])).content.decode()


def test_a_death_of_somebody_else_is_undone(course: Episode, physician: User) -> None:
    other = make_episode(course.patient, condition="lateral-epicondylitis", opened_on=course.opened_on)
    before = closed(course)
    death = end(course, ClosureReason.DIED)
    assert closed(course) != before
    take_back(row=EndPoint.objects.get(pk=death.pk), reason=AGAIN, by=physician)
    assert closed(course) == before
    assert Patient.objects.get(pk=course.patient_id).died_on is None
    for episode in (course, other):
        now = Episode.objects.get(pk=episode.pk)
        assert (now.closed_on, now.closed_because) == (None, "")


def test_what_another_ending_closed_stays_closed(course: Episode, physician: User) -> None:
    surgery = end(course, ClosureReason.SURGERY, days_ago=5)
    after_surgery = closed(course)
    withdrawal = end(Episode.objects.get(pk=course.pk), ClosureReason.WITHDREW)
    take_back(row=EndPoint.objects.get(pk=withdrawal.pk), reason=AGAIN, by=physician)
    assert closed(course) == after_surgery
    assert Episode.objects.get(pk=course.pk).closed_on is None
    take_back(row=EndPoint.objects.get(pk=surgery.pk), reason=AGAIN, by=physician)
    assert set(closed(course).values()) == {""}


def test_a_withdrawal_under_a_wrong_death_comes_to_light(course: Episode, physician: User) -> None:
    death = end(course, ClosureReason.DIED)
    end(Episode.objects.get(pk=course.pk), ClosureReason.WITHDREW)
    take_back(row=EndPoint.objects.get(pk=death.pk), reason=AGAIN, by=physician)
    assert {w: closed(course)[w] for w in (26, 52)} == {26: "withdrew", 52: "withdrew"}
    assert Episode.objects.get(pk=course.pk).closed_because == "withdrew"


def test_the_day_of_a_death_is_put_right_everywhere(course: Episode, physician: User) -> None:
    death = EndPoint.objects.get(pk=end(course, ClosureReason.DIED).pk)
    day = death.on - timedelta(days=3)
    correct_row(row=death, values={"on": day}, reason="papers", by=physician)
    assert Patient.objects.get(pk=course.patient_id).died_on == day
    assert Episode.objects.get(pk=course.pk).closed_on == day


def test_answers_of_somebody_else_leave_the_window_open(course: Episode, physician: User) -> None:
    today = today_at(course.site)
    window = next(f for f in FollowUp.objects.filter(episode=course, week=12) if f.opens_on <= today)
    window.instruments = ["nrs-pain"]
    window.save()
    send = {"follow_up": window, "language": {"nrs-pain": "en"}, "mode": "paper", "answered_on": today}
    first = _sent(send, 9, physician)
    window.refresh_from_db()
    assert window.completed_at
    take_back(row=first, reason=AGAIN, by=physician)
    window.refresh_from_db()
    assert (window.completed_at, window.completed_on) == (None, None)
    assert not Response.objects.filter(follow_up=window, replaced_by=None).exists()
    assert Response.objects.get(pk=first.pk).answers == {"nrs": 9}, "kept as it was given"
    assert _sent(send, 2, physician).score == 2
    window.refresh_from_db()
    assert window.completed_at


def _sent(send: dict, pain: float, by: User) -> Response:
    now = timezone.now()
    kept = submit(
        submission=uuid4(), answers={"nrs-pain": {"nrs": pain}}, entered_by=by, answered_at=now, now=now,
        **send,
    )  # fmt: skip
    return kept.responses[0]
