"""A protocol that contradicts itself is refused; the shipped one asks only what can be scored."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from enthesis.catalogue.entry_limits_loader import load_entry_limits
from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.load import load
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes import Asked, Window, courses, prom_curve, schedule
from enthesis.errors import InvalidData, NotFound

PROTOCOL = load_protocols()["enthesis-standard"]
CONDITIONS = load().vocabulary.conditions
INDEX = date(2026, 1, 1)


def asked():
    groups = (PROTOCOL.core, *PROTOCOL.by_condition.values())
    return {entry.instrument for group in groups for entry in group}


def test_the_windows_are_those_of_the_design():
    assert [window.weeks for window in PROTOCOL.windows] == [0, 2, 6, 12, 26, 52, 104]


def test_every_instrument_asked_for_is_scored_and_answered_by_the_patient():
    instruments = load_instruments()
    assert not [name for name in asked() if instruments[name].switched_off]
    assert {instruments[name].kind for name in asked()} == {"patient-reported"}


def test_every_condition_has_an_instrument_of_its_own_that_names_it():
    instruments = load_instruments()
    assert set(PROTOCOL.by_condition) == set(CONDITIONS)
    strangers = [
        (condition, entry.instrument)
        for condition, entries in PROTOCOL.by_condition.items()
        for entry in entries
        if condition not in instruments[entry.instrument].conditions
    ]
    # The catalogue lists these instruments for neighbours of the condition; the region is the same.
    assert set(strangers) == {
        ("advanced-knee-osteoarthritis", "koos-ps"),
    }


@pytest.mark.parametrize("condition", sorted(CONDITIONS))
def test_every_yardstick_gives_a_curve(condition):
    instruments = load_instruments()
    for yardstick in PROTOCOL.yardsticks[condition]:
        assert yardstick.instrument in asked()
        curve = prom_curve(
            instruments[yardstick.instrument], yardstick, (), index=INDEX, baseline_from=INDEX - timedelta(42)
        )
        assert (curve.mcid is None) == (not yardstick.mcid)
        if yardstick.pass_state:
            assert instruments[yardstick.instrument].threshold(yardstick.pass_state).kind == "pass"


def test_every_body_region_has_a_limit_of_volume():
    assert {c.region for c in CONDITIONS.values()} <= set(load_entry_limits()["standard"].volume_ml)


def test_a_window_is_found_by_the_day():
    assert PROTOCOL.window_at(INDEX, date(2026, 1, 11)).id == "week-2"
    assert PROTOCOL.window_at(INDEX, date(2026, 1, 23)).id == "week-2"
    assert PROTOCOL.window_at(INDEX, date(2026, 1, 24)) is None
    assert PROTOCOL.window_at(INDEX, INDEX).id == "baseline"


def test_an_unknown_window_suggests_the_known_one():
    with pytest.raises(NotFound, match="week-12"):
        PROTOCOL.window("week-13")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"windows": PROTOCOL.windows[1:]}, "the first window must be the baseline"),
        (
            {"windows": (*PROTOCOL.windows, Window("x", 105, 700, 900, 900))},
            r"before week-104 is over \(848\)",
        ),
        ({"windows": (Window("baseline", 0, -10, 0, 1),)}, "may not be answered after the injection"),
        ({"windows": (*PROTOCOL.windows[:1], Window("week-2", 2, 15, 20, 22))}, "outside its own window"),
        ({"windows": (*PROTOCOL.windows[:1], Window("week-2", 2, 10, 20, 18))}, "10, 20, 18 must not fall"),
        ({"core": (Asked("nrs-pain", ("week-3",)),)}, "'week-3', which is no window"),
        ({"core": (Asked("nrs-pain", ()),)}, "asked in no window"),
        ({"series_days": -1}, "must not be negative"),
        ({"on_repeat": "perhaps"}, "must be end or continue"),
    ],
)
def test_a_protocol_that_contradicts_itself_is_refused(change, message):
    with pytest.raises(InvalidData, match=message):
        replace(PROTOCOL, **change)


def test_three_weekly_injections_are_one_course_and_a_later_one_is_a_repeat():
    days = [date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 15), date(2026, 7, 1)]
    found = courses(days, PROTOCOL)
    assert [course.injections for course in found] == [tuple(days[:3]), tuple(days[3:])]
    assert found[1].index == date(2026, 7, 1)


def test_an_injection_on_the_last_day_of_the_series_belongs_to_it():
    assert len(courses([INDEX, INDEX + timedelta(days=42)], PROTOCOL)) == 1
    assert len(courses([INDEX, INDEX + timedelta(days=43)], PROTOCOL)) == 2


def test_instruments_of_other_licences_are_named_and_not_expected():
    found = schedule(INDEX, PROTOCOL, "knee-osteoarthritis", INDEX, available={"nrs-pain"})
    item = found.follow_up("week-12")
    other = {"promis-physical-function-4a", "eq-5d-5l", "pgic", "pass-question", "koos-ps"}
    assert item.expected == ("nrs-pain",)
    assert set(item.not_asked) == other
