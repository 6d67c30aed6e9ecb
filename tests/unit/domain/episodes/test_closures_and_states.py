"""Endings say why; the table of states has no dead end but the complete and the missed."""

from datetime import date

import pytest

from enthesis.domain.episodes import Closure, ClosureReason, FollowUpState, LostReason, transitions
from enthesis.errors import InvalidData

DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("reason", "lost", "note", "message"),
    [
        ("lost", None, "", "lost without saying why"),
        ("died", LostReason.REFUSED, "", "'died' has no reason for loss"),
        ("other", None, " ", "'other' needs a note"),
        ("lost", LostReason.OTHER, "", "'other' needs a note"),
    ],
)
def test_an_ending_that_does_not_say_why_is_refused(reason, lost, note, message):
    with pytest.raises(InvalidData, match=message):
        Closure(ClosureReason(reason), DAY, lost, note)


def test_only_surgery_and_repeat_injection_are_endpoints():
    assert [r for r in ClosureReason if r.is_endpoint] == ["surgery", "repeat-injection"]


def test_only_complete_and_nothing_else_is_final():
    before = {step.before for step in transitions()}
    assert set(FollowUpState) - before == {FollowUpState.COMPLETE}


def test_nothing_leads_back_to_not_yet_but_an_ending_withdrawn():
    back = {step.before for step in transitions() if step.after is FollowUpState.NOT_YET}
    assert back == {FollowUpState.CLOSED}
