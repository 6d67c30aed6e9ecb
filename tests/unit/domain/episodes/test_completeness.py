"""Completeness counts what should be there, and shows what it left out."""

from datetime import date

import pytest

from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes import (
    Answered,
    Closure,
    ClosureReason,
    Completeness,
    LostReason,
    Standing,
    completeness,
    schedule,
    standing_of,
)
from enthesis.errors import InvalidData

PROTOCOL = load_protocols()["enthesis-standard"]
INDEX, TODAY = date(2026, 1, 1), date(2026, 2, 1)


def week_2(answered_on=None, ended=None, today=TODAY):
    answers = [Answered("nrs-pain", "week-2", answered_on)] if answered_on else []
    endings = [ended] if ended else []
    found = schedule(INDEX, PROTOCOL, "knee-osteoarthritis", today, answers, endings, ["nrs-pain"])
    return found.follow_up("week-2")


DIED = Closure(ClosureReason.DIED, date(2026, 1, 15))
SURGERY = Closure(ClosureReason.SURGERY, date(2026, 1, 15))
LOST = Closure(ClosureReason.LOST, date(2026, 1, 15), LostReason.UNREACHABLE)
WITHDREW = Closure(ClosureReason.WITHDREW, date(2026, 1, 15))


@pytest.mark.parametrize(
    ("follow_up", "standing"),
    [
        (week_2(date(2026, 1, 19)), Standing.COMPLETE),
        (week_2(date(2026, 1, 20)), Standing.LATE),
        (week_2(), Standing.MISSING),
        (week_2(ended=DIED), Standing.DIED),
        (week_2(date(2026, 1, 12), DIED), Standing.COMPLETE),
        (week_2(ended=SURGERY), Standing.ENDPOINT),
        (week_2(ended=LOST), Standing.MISSING),
        (week_2(ended=WITHDREW), Standing.MISSING),
        (week_2(ended=Closure(ClosureReason.DIED, date(2026, 1, 21))), Standing.MISSING),
    ],
)
def test_an_expected_answer_counts_as(follow_up, standing):
    assert standing_of(follow_up, "nrs-pain", TODAY) is standing


def test_a_window_still_open_does_not_count_even_when_answered():
    today = date(2026, 1, 15)
    assert standing_of(week_2(date(2026, 1, 12), today=today), "nrs-pain", today) is Standing.NOT_YET_DUE


def test_a_row_for_each_clinic_window_and_instrument():
    items = [("north", week_2(date(2026, 1, 15))), ("north", week_2()), ("south", week_2(ended=DIED))]
    north, south = completeness(items, TODAY)
    assert (north.clinic, north.window, north.instrument) == ("north", "week-2", "nrs-pain")
    assert north.completeness == Completeness(complete=1, missing=1)
    assert south.completeness == Completeness(died=1)


def test_the_interval_is_that_of_wilson():
    # 8 of 10: Wilson 95 % interval 0.4902 to 0.9433, by hand from the formula with z = 1.959964.
    found = Completeness(complete=6, late=2, missing=2, died=3)
    assert found.eligible == 10
    assert found.answered_percent == pytest.approx(80)
    assert found.ci_percent == pytest.approx((49.02, 94.33), abs=0.005)


def test_nothing_eligible_gives_no_percentage():
    found = Completeness(not_yet_due=5)
    assert (found.answered_percent, found.ci_percent) == (None, None)


def test_negative_counts_are_refused_together():
    with pytest.raises(InvalidData, match="must not be negative") as told:
        Completeness(complete=-1, late=-2)
    assert len(told.value.faults) == 2
