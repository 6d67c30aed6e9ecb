"""Laws of the verdict on a change, of quiet hours and of completeness."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from enthesis.domain.episodes import (
    VERDICT_WORDS,
    ChangeVerdict,
    Completeness,
    QuietHours,
    allowed_send_time,
    judge_change,
)

amounts = st.none() | st.floats(0.5, 50)
MIRROR = {
    ChangeVerdict.IMPORTANT_IMPROVEMENT: ChangeVerdict.IMPORTANT_WORSENING,
    ChangeVerdict.SMALL_IMPROVEMENT: ChangeVerdict.SMALL_WORSENING,
    ChangeVerdict.CLEAR_IMPROVEMENT: ChangeVerdict.CLEAR_WORSENING,
    ChangeVerdict.UNCERTAIN_IMPROVEMENT: ChangeVerdict.UNCERTAIN_WORSENING,
}
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
zones = st.sampled_from(
    ["Asia/Kolkata", "Europe/London", "America/New_York", "Asia/Manila", "Australia/Lord_Howe"]
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001


@given(st.floats(0.01, 100), amounts, amounts)
def test_worse_mirrors_better(size, mcid, mdc):
    better, worse = judge_change(size, mcid, mdc), judge_change(-size, mcid, mdc)
    assert worse is MIRROR.get(better, better)


@given(st.floats(-100, 100), amounts, amounts)
def test_no_change_within_error_is_called_a_change(size, mcid, mdc):
    if mdc is not None and abs(size) <= mdc:
        assert judge_change(size, mcid, mdc) not in (
            ChangeVerdict.IMPORTANT_IMPROVEMENT,
            ChangeVerdict.SMALL_IMPROVEMENT,
            ChangeVerdict.CLEAR_IMPROVEMENT,
            ChangeVerdict.CLEAR_WORSENING,
            ChangeVerdict.IMPORTANT_WORSENING,
            ChangeVerdict.SMALL_WORSENING,
        )


def test_every_verdict_has_words_and_none_credits_the_injection():
    assert set(VERDICT_WORDS) == set(ChangeVerdict)
    assert not [words for words in VERDICT_WORDS.values() if "work" in words or "thanks" in words]


@given(moments, zones, times, times)
def test_nothing_is_sent_in_quiet_hours_nor_earlier_than_ready(moment, zone, begins, ends):
    if begins == ends:
        return
    quiet = QuietHours(begins, ends)
    ready = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    sent = allowed_send_time(ready, quiet)
    assert sent.astimezone(UTC) >= ready.astimezone(UTC)
    assert sent - ready <= timedelta(hours=25)
    skipped = sent.time() != quiet.ends and sent != ready
    assert skipped or not quiet.holds(sent.time())


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_the_interval_of_completeness_holds_its_percentage(complete, late, missing):
    found = Completeness(complete=complete, late=late, missing=missing)
    if found.eligible:
        low, high = found.ci_percent
        assert 0 <= low <= found.answered_percent + 1e-9
        assert found.answered_percent - 1e-9 <= high <= 100
    else:
        assert found.answered_percent is None


def test_quiet_hours_over_midnight_hold_midnight():
    assert QuietHours(time(21), time(9)).holds(time(0))
