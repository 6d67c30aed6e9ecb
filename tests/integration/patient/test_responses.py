"""Answers are scored and stored once, whatever arrives twice, late, or from a clock that is wrong."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enthesis.errors import InvalidData, NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_link, acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.responses import Receipt, WindowClosed, submit
from enthesis.web.registry.models import ChaseStep, FollowUp, Response
from made_clinic import acting_user, make_user
from made_follow_ups import make_follow_up

FULL = {
    "nrs-pain": {"nrs": 4},
    "promis-physical-function-4a": {"PFA11": 3, "PFA21": 4, "PFA23": 4, "PFA53": None},
    "pgic": {"change": 2},
}


def send(follow_up: FollowUp, now: datetime, answers: Any = FULL, **changes: Any) -> Receipt:
    given: dict[str, Any] = {
        "submission": UUID(int=1),
        "follow_up": follow_up,
        "answers": answers,
        "language": {},
        "mode": Response.Mode.LINK,
        "answered_at": now,
        "now": now,
    }
    with acting_as_link("test", follow_up.site_id):
        return submit(**given | changes)


def test_answers_are_stored_scored_and_complete_the_window(follow_up: FollowUp, now: datetime) -> None:
    receipt = send(follow_up, now)
    with acting_as_system("test"):
        rows = {r.instrument: r for r in Response.objects.all()}
        follow_up.refresh_from_db()
    assert set(rows) == set(FULL)
    assert (rows["nrs-pain"].score, rows["nrs-pain"].answers) == (4.0, {"nrs": 4})
    assert rows["promis-physical-function-4a"].answers == {"PFA11": 3, "PFA21": 4, "PFA23": 4}
    assert receipt.completed  # koos-ps has no wording to show, so it holds nothing up
    assert follow_up.completed_at == now


def test_the_same_submission_sent_again_writes_nothing(follow_up: FollowUp, now: datetime) -> None:
    first = send(follow_up, now)
    entries = AuditEntry.objects.count()
    again = send(follow_up, now + timedelta(minutes=3), {"nrs-pain": {"nrs": 9}})
    assert again.replayed
    assert [r.pk for r in again.responses] == [r.pk for r in first.responses]
    assert AuditEntry.objects.count() == entries


def test_where_two_submissions_meet_the_first_counts(follow_up: FollowUp, now: datetime) -> None:
    send(follow_up, now, {"nrs-pain": {"nrs": 4}})
    second = send(follow_up, now, FULL | {"nrs-pain": {"nrs": 9}}, submission=UUID(int=2))
    assert second.not_taken == ("nrs-pain",)
    with acting_as_system("test"):
        assert Response.objects.get(instrument="nrs-pain").score == 4
        assert Response.objects.count() == 3


def test_a_submission_id_of_another_form_is_refused(follow_up: FollowUp, site: Site, now: datetime) -> None:
    send(follow_up, now)
    with acting_as_system("test"):
        other = make_follow_up(site, local_id="T-2")
    with pytest.raises(InvalidData, match="used for another form"):
        send(other, now)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Nothing is answered yet"),
        ({"nrs-pain": {"nrs": None}}, "Nothing is answered yet"),
        ({"nrs-pain": {"nrs": 11}}, "whole number from 0 to 10"),
        ({"nrs-pain": {"nrs": 4.5}}, "whole number from 0 to 10"),
        ({"nrs-pain": {"other": 4}}, "no item of nrs-pain"),
        ({"oks": {"1": 4}}, "not asked in this form"),
        ({"no-such-thing": {"1": 4}}, "not asked in this form"),
    ],
)
def test_what_no_form_can_hold_is_refused_and_nothing_stored(
    follow_up: FollowUp, now: datetime, answers: Any, words: str
) -> None:
    with pytest.raises(InvalidData, match=words):
        send(follow_up, now, answers)
    with acting_as_system("test"):
        assert not Response.objects.exists()


def test_an_instrument_that_was_skipped_whole_is_not_stored_and_leaves_the_window_open(
    follow_up: FollowUp, now: datetime
) -> None:
    receipt = send(follow_up, now, FULL | {"pgic": {"change": None}})
    assert not receipt.completed
    assert {r.instrument for r in receipt.responses} == {"nrs-pain", "promis-physical-function-4a"}


def test_a_window_that_is_over_closed_or_not_open_takes_nothing(follow_up: FollowUp, now: datetime) -> None:
    with pytest.raises(WindowClosed, match="time for this form ended"):
        send(follow_up, now + timedelta(days=12))
    with pytest.raises(WindowClosed, match="opens on"):
        send(follow_up, now - timedelta(days=12))
    follow_up.closed_because = "surgery"
    with pytest.raises(WindowClosed, match="closed by the clinic"):
        send(follow_up, now)


def test_a_device_with_a_clock_ahead_answers_now(follow_up: FollowUp, now: datetime) -> None:
    row = send(follow_up, now, answered_at=now + timedelta(days=400)).responses[0]
    assert row.answered_at == row.received_at == now


def test_answers_at_the_last_minute_offline_are_not_taken_after_the_window(
    follow_up: FollowUp, now: datetime
) -> None:
    with pytest.raises(WindowClosed, match="time for this form ended"):
        send(follow_up, now + timedelta(days=12), answered_at=now)


def test_a_red_flag_becomes_one_step_of_the_worklist_for_today(follow_up: FollowUp, now: datetime) -> None:
    send(follow_up, now, {}, problems=("fever", "redness"))
    send(follow_up, now, {}, problems=("fever", "redness"))
    with acting_as_system("test"):
        step = ChaseStep.objects.get()
    assert (step.note, step.follow_up_id) == ("Patient reports: fever, redness", follow_up.pk)
    assert step.next_on is not None


def test_paper_is_entered_for_its_own_day_and_after_the_window(
    follow_up: FollowUp, coordinator: User, now: datetime
) -> None:
    later, day = now + timedelta(days=30), follow_up.due_on
    with acting_user(coordinator):
        row = submit(
            submission=uuid4(), follow_up=follow_up, answers={"koos-ps": dict.fromkeys("1234567", 1)},
            language={}, mode=Response.Mode.PAPER, answered_at=later, now=later, answered_on=day,
            entered_by=coordinator,
        ).responses[0]  # fmt: skip
    assert (row.answered_on, row.instrument, row.entered_by) == (day, "koos-ps", coordinator)


def test_a_day_that_has_not_come_is_refused(follow_up: FollowUp, coordinator: User, now: datetime) -> None:
    with acting_user(coordinator), pytest.raises(InvalidData, match="has not come yet"):
        submit(
            submission=uuid4(), follow_up=follow_up, answers=FULL, language={}, mode=Response.Mode.PAPER,
            answered_at=now, now=now, answered_on=now.date() + timedelta(days=3), entered_by=coordinator,
        )  # fmt: skip


def test_who_may_not_write_cannot_enter_a_paper_form(follow_up: FollowUp, site: Site, now: datetime) -> None:
    lead = make_user(Role.REGISTRY_LEAD, site)
    with acting_user(lead), pytest.raises(NotAllowed, match="write-record"):
        submit(
            submission=uuid4(), follow_up=follow_up, answers=FULL, language={}, mode=Response.Mode.PAPER,
            answered_at=now, now=now, entered_by=lead,
        )  # fmt: skip


def test_a_submission_costs_a_fixed_and_small_number_of_statements(
    follow_up: FollowUp, now: datetime
) -> None:
    with acting_as_system("test"):
        loaded = FollowUp.objects.select_related("site", "patient__site", "episode").get(pk=follow_up.pk)
    with CaptureQueriesContext(connection) as seen:
        send(loaded, now)
    work = [
        q["sql"]
        for q in seen
        if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "SELECT set_config"))
    ]
    assert len(work) <= 11, "\n".join(w[:100] for w in work)
