"""Each window of a course stands where the readable table says."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes.closures import Closure, ClosureReason, LostReason
from enthesis.domain.episodes.schedule import Answered, schedule
from enthesis.domain.episodes.states import FollowUpState

TABLE = yaml.safe_load((Path(__file__).parent / "schedule.yaml").read_text(encoding="utf-8"))
PROTOCOL = load_protocols()["enthesis-standard"]


def closure(reason, on):
    lost = LostReason.UNREACHABLE if reason == "lost" else None
    return Closure(ClosureReason(reason), on, lost)


def run(case):
    return schedule(
        TABLE["index"],
        replace(PROTOCOL, **case.get("protocol", {})),
        TABLE["condition"],
        case["today"],
        [Answered(*answer) for answer in case.get("answered", ())],
        [closure(*ending) for ending in case.get("closures", ())],
        TABLE["available"],
    )


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["says"])
def test_a_window_stands_where_the_table_says(case):
    found = run(case)
    item = found.follow_up(case["window"])
    assert item.state == case["state"]
    assert item.accepts_answers(case["today"]) is case["accepts"]
    assert (item.closure.reason if item.closure else None) == case.get("reason")
    assert list(item.answered_late) == case.get("late", [])
    assert len(found.set_aside) == case.get("aside", 0)


def test_the_table_visits_every_state_and_every_ending():
    assert {case["state"] for case in TABLE["cases"]} == set(FollowUpState)
    reasons = {ending[0] for case in TABLE["cases"] for ending in case.get("closures", ())}
    assert reasons == set(ClosureReason) - {ClosureReason.OTHER}
