"""Asking again: the next step, the order of the worklist, the hours and the language."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from enthesis.catalogue.chase_loader import load_chase_rules
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes import (
    Attempt,
    Channel,
    ChaseRules,
    NextStep,
    Outcome,
    QuietHours,
    StepKind,
    allowed_send_time,
    next_step,
    reminder_language,
    schedule,
)
from enthesis.errors import InvalidData

PROTOCOL = load_protocols()["enthesis-standard"]
RULES = load_chase_rules()["standard"]
INDEX, TODAY = date(2026, 1, 1), date(2026, 1, 20)
INDIA = ZoneInfo("Asia/Kolkata")


def follow_up(window="week-2", index=INDEX, today=TODAY):
    return schedule(index, PROTOCOL, "knee-osteoarthritis", today).follow_up(window)


def attempt(day, channel=Channel.MESSAGE, outcome=Outcome.SENT):
    return Attempt(date(2026, 1, day), channel, outcome)


def step(attempts=(), may_contact=True, channels=tuple(Channel), today=TODAY):
    item = follow_up(today=today)
    return next_step(item, attempts, RULES, today, may_contact=may_contact, channels=channels)


def test_the_first_attempt_is_a_message_today():
    assert step() == NextStep(StepKind.ASK, "Attempt 1 of 4.", Channel.MESSAGE, TODAY)


def test_two_messages_are_followed_by_a_call():
    found = step([attempt(12), attempt(16)])
    assert (found.kind, found.channel) == (StepKind.ASK, Channel.PHONE)


def test_the_next_attempt_waits_three_days():
    found = step([attempt(18)])
    assert (found.kind, found.not_before) == (StepKind.WAIT, date(2026, 1, 21))


def test_an_attempt_that_never_left_does_not_count():
    assert step([attempt(12, outcome=Outcome.FAILED)]).why == "Attempt 1 of 4."


def test_after_the_last_attempt_a_person_decides():
    made = [attempt(11), attempt(13), attempt(15, Channel.PHONE), attempt(17, Channel.PHONE)]
    assert step(made).kind is StepKind.DECIDE
    assert "call it lost" in step(made).why


def test_a_refusal_stops_the_asking():
    assert step([attempt(12, Channel.PHONE, Outcome.REFUSED)]).kind is StepKind.DECIDE


def test_a_wrong_number_moves_on_to_another_channel():
    found = step([attempt(12, outcome=Outcome.WRONG_CONTACT)])
    assert (found.kind, found.channel) == (StepKind.ASK, Channel.PHONE)


def test_without_any_contact_a_person_decides():
    assert step(channels=[Channel.LETTER]).kind is StepKind.DECIDE


def test_without_consent_nobody_is_asked():
    assert step(may_contact=False) == NextStep(
        StepKind.NOTHING, "The patient did not consent to be contacted."
    )


def test_a_window_that_takes_no_answers_needs_nothing():
    assert step(today=date(2026, 1, 30)).why == "The window is missed."


@pytest.mark.parametrize(
    ("ready", "sent"),
    [
        ((2026, 1, 20, 12, 0), (2026, 1, 20, 12, 0)),
        ((2026, 1, 20, 20, 59), (2026, 1, 20, 20, 59)),
        ((2026, 1, 20, 21, 0), (2026, 1, 21, 9, 0)),
        ((2026, 1, 21, 3, 0), (2026, 1, 21, 9, 0)),
        ((2026, 1, 21, 9, 0), (2026, 1, 21, 9, 0)),
    ],
)
def test_reminders_wait_for_the_morning_of_the_patient(ready, sent):
    found = allowed_send_time(datetime(*ready, tzinfo=INDIA), RULES.quiet_hours)
    assert found == datetime(*sent, tzinfo=INDIA)


def test_hours_are_those_of_the_patient_and_not_of_the_server():
    server = datetime(2026, 1, 20, 18, 0, tzinfo=UTC)
    found = allowed_send_time(server.astimezone(INDIA), RULES.quiet_hours)
    assert found.astimezone(UTC) == datetime(2026, 1, 21, 3, 30, tzinfo=UTC)


def test_an_hour_that_summer_time_skips_is_made_real():
    london = ZoneInfo("Europe/London")
    quiet = QuietHours(time(22), time(1, 30))
    found = allowed_send_time(datetime(2026, 3, 28, 23, 0, tzinfo=london), quiet)
    assert (found.hour, found.minute) == (2, 30)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(InvalidData, match="no time zone"):
        allowed_send_time(datetime(2026, 1, 1, 12), RULES.quiet_hours)  # noqa: DTZ001


def test_rules_that_ask_never_are_refused():
    with pytest.raises(InvalidData, match="names no step") as told:
        ChaseRules(version="1", steps=(), gap_days=0, urgent_days=-1, quiet_hours=RULES.quiet_hours)
    assert len(told.value.faults) == 3


def test_quiet_hours_need_a_beginning_and_an_end():
    with pytest.raises(InvalidData, match="begin and end at 21:00"):
        QuietHours(time(21), time(21))


@pytest.mark.parametrize(
    ("preferred", "sent"), [("hi", "hi"), ("bn-IN", "bn"), ("ta", "en"), ("en-GB", "en"), ("", "en")]
)
def test_a_reminder_goes_out_in_a_language_there_is(preferred, sent):
    assert reminder_language(preferred, ["en", "hi", "bn"]) == sent


def test_no_text_in_any_language_is_refused():
    with pytest.raises(InvalidData, match="no text"):
        reminder_language("hi", [])


def test_nobody_is_asked_for_forms_the_clinic_cannot_show():
    found = schedule(INDEX, PROTOCOL, "knee-osteoarthritis", TODAY, available=()).follow_up("week-2")
    assert not found.accepts_answers(TODAY)
    assert next_step(found, (), RULES, TODAY, may_contact=True).kind is StepKind.NOTHING
