"""Laws of the schedule that hold for any course: every day has a state, and time moves it one way."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes import (
    Answered,
    Closure,
    ClosureReason,
    FollowUpState,
    LostReason,
    Standing,
    courses,
    schedule,
    standing_of,
    transitions,
)

PROTOCOL = load_protocols()["enthesis-standard"]
INDEX = date(2026, 1, 1)
ASKED = ("nrs-pain", "pgic")

days = st.integers(-60, 900).map(lambda n: INDEX + timedelta(days=n))
answers = st.lists(
    st.builds(Answered, st.sampled_from(ASKED), st.sampled_from([w.id for w in PROTOCOL.windows]), days),
    max_size=8,
)
closures = st.lists(
    st.builds(
        lambda reason, on: Closure(
            reason, on, LostReason.UNREACHABLE if reason is ClosureReason.LOST else None, "a note"
        ),
        st.sampled_from(ClosureReason),
        days,
    ),
    max_size=3,
)


def on(day, given=(), ended=(), protocol=PROTOCOL):
    return schedule(INDEX, protocol, "knee-osteoarthritis", day, given, ended, ASKED)


@given(days, answers, closures)
def test_every_course_has_a_schedule_on_every_day(day, given, ended):
    found = on(day, given, ended)
    assert [item.window for item in found.follow_ups] == list(PROTOCOL.windows)


@given(days, answers, closures)
def test_no_answer_is_lost_or_counted_twice(day, given, ended):
    found = on(day, given, ended)
    kept = [answer for item in found.follow_ups for answer in item.answered]
    aside = [entry.answer for entry in found.set_aside]
    counted = {(a.instrument, a.window) for a in kept}
    assert len(counted) == len(kept)
    repeats = [a for a in given if a not in kept and a not in aside]
    assert all((a.instrument, a.window) in counted for a in repeats)
    assert not set(kept) & set(aside)


@given(days, answers, closures)
def test_the_order_of_the_records_changes_nothing(day, given, ended):
    assert on(day, given[::-1], ended[::-1]) == on(day, given, ended)


@given(days, answers, closures)
def test_the_next_day_follows_by_a_step_of_the_table(day, given, ended):
    allowed = {(step.before, step.after) for step in transitions()}
    known = [a for a in given if a.on <= day]
    today, tomorrow = on(day, known, ended), on(day + timedelta(days=1), known, ended)
    for before, after in zip(today.follow_ups, tomorrow.follow_ups, strict=True):
        assert before.state == after.state or (before.state, after.state) in allowed


@given(days, answers, closures)
def test_forms_open_only_while_the_window_takes_answers(day, given, ended):
    for item in on(day, given, ended).follow_ups:
        if item.accepts_answers(day):
            assert item.opens <= day <= item.late_until
            assert item.outstanding
            assert item.closure is None


@given(days, answers)
def test_a_death_far_ahead_changes_nothing_today(day, given):
    ahead = Closure(ClosureReason.DIED, day + timedelta(days=1))
    assert on(day, given, [ahead]) == on(day, given)


@given(days, answers, closures)
def test_complete_stays_complete_whatever_ends(day, given, ended):
    for before, after in zip(on(day, given).follow_ups, on(day, given, ended).follow_ups, strict=True):
        late = [c for c in ended if any(a.on > c.on for a in before.answered)]
        if before.state is FollowUpState.COMPLETE and not late:
            assert after.state is FollowUpState.COMPLETE


@given(days, st.integers(-500, 500), answers, closures)
def test_only_days_against_the_injection_count(day, shift, given, ended):
    move = timedelta(days=shift)
    moved = schedule(
        INDEX + move,
        PROTOCOL,
        "knee-osteoarthritis",
        day + move,
        [replace(a, on=a.on + move) for a in given],
        [replace(c, on=c.on + move) for c in ended],
        ASKED,
    )
    assert [i.state for i in moved.follow_ups] == [i.state for i in on(day, given, ended).follow_ups]


@given(st.lists(days, max_size=12))
def test_every_injection_is_in_one_course_and_courses_lie_apart(injections):
    found = courses(injections, PROTOCOL)
    assert sorted(day for course in found for day in course.injections) == sorted(injections)
    assert all((c.injections[-1] - c.index).days <= PROTOCOL.series_days for c in found)
    gaps = [(b.index - a.index).days for a, b in pairwise(found)]
    assert all(gap > PROTOCOL.series_days for gap in gaps)


@given(days, answers, closures)
def test_windows_still_open_never_count(day, given, ended):
    for item in on(day, given, ended).follow_ups:
        for instrument in item.expected:
            assert (standing_of(item, instrument, day) is Standing.NOT_YET_DUE) == (day <= item.closes)
