"""Change, MCID, MDC, PASS and OMERACT-OARSI, each worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import (
    Threshold,
    change,
    exceeds_mdc,
    is_in_pass,
    mcid_responder,
    omeract_oarsi_responder,
    percent_responder,
)
from enthesis.errors import CannotEstimate, InvalidData, NotFound

ODI, KOOS, WOMAC = find_instrument("odi"), find_instrument("koos"), find_instrument("womac")


def test_improvement_is_positive_when_the_patient_got_better_whatever_the_direction():
    assert change([60], [40], "lower").improvement[0] == 20
    assert change([40], [60], "higher").improvement[0] == 20


def test_percent_is_of_baseline_and_stays_empty_where_baseline_is_zero():
    moved = change([50, 0, np.nan], [40, 10, 10], "lower")
    np.testing.assert_array_equal(moved.percent, [20, np.nan, np.nan])
    np.testing.assert_array_equal(moved.percent_computable, [True, False, False])
    np.testing.assert_array_equal(moved.computable, [True, True, False])


def test_change_refuses_unequal_lengths_and_scores_without_a_better_end():
    with pytest.raises(InvalidData, match="must be equal"):
        change([1, 2], [1], "lower")
    with pytest.raises(InvalidData, match="without a better end"):
        change([1], [2], "none")


def test_percent_responders_count_nobody_they_cannot_assess():
    # 20 of 100, 19.9 of 100, no baseline score, baseline 0.
    found = percent_responder([100, 100, np.nan, 0], [80, 80.1, 10, 0], "lower", 20)
    assert list(found) == [True, False, False, False]


def test_mcid_is_chosen_by_its_source_and_reached_at_exactly_its_points():
    found = mcid_responder(ODI, "ostelo-2008", [40, 40, 40, np.nan], [30, 30.5, 50, 10])
    assert list(found.reached) == [True, False, False, False]
    assert list(found.assessable) == [True, True, True, False]
    assert found.threshold.source == "ostelo-2008"
    assert "no yardstick for a difference between groups" in found.caveats[0]


def test_mcid_in_percent_of_baseline():
    # 30 % of 40 is 12.
    found = mcid_responder(ODI, "ostelo-2008", [40, 40], [28, 29], by="percent")
    assert list(found.reached) == [True, False]


def test_mcid_of_a_score_where_higher_is_better():
    assert list(mcid_responder(KOOS, "singh-2014-qol", [50, 50], [58, 57]).reached) == [True, False]


def test_mcid_needs_a_name_that_exists_and_is_an_mcid():
    with pytest.raises(NotFound, match="No threshold of koos is called 'default'"):
        mcid_responder(KOOS, "default", [50], [60])
    with pytest.raises(InvalidData, match="'polish-mdc' of koos is a mdc; must be a mcid"):
        mcid_responder(KOOS, "polish-mdc", [50], [60])


def test_mcid_without_a_percentage_refuses_percent():
    with pytest.raises(CannotEstimate, match="gives no number in percent; it is 8 points"):
        mcid_responder(KOOS, "singh-2014-qol", [50], [60], by="percent")


def test_a_published_range_needs_a_number_inside_it():
    for at in (None, 10, 21):
        with pytest.raises(InvalidData, match=r"is a range; choose a number from 10\.9 to 20\.2"):
            exceeds_mdc(KOOS, "polish-mdc", [50], [60], at=at)
    assert list(exceeds_mdc(KOOS, "polish-mdc", [50, 50, 50], [65.1, 65, 34], at=15).reached) == [
        True,
        False,
        True,
    ]


def test_a_single_published_number_cannot_be_replaced():
    with pytest.raises(InvalidData, match="'singh-2014-qol' is 8, not 5"):
        mcid_responder(KOOS, "singh-2014-qol", [50], [60], at=5)


def test_pass_on_the_0_to_100_form_is_turned_into_native_points():
    # 31 of 100 on the function scale 0-68 is 21.08.
    assert list(is_in_pass(WOMAC, "tubach-2005-pass", [21, 22, np.nan]).reached) == [True, False, False]


def test_pass_of_a_score_where_higher_is_better():
    oks = find_instrument("oks")
    assert list(is_in_pass(oks, "replacement-pass", [37, 36]).reached) == [True, False]


def test_an_mcid_of_the_0_to_100_form_is_turned_into_native_points():
    quarter = Threshold("t", "mcid", "function", "p", "m", WOMAC.scores[0].source, value=25, scale="normal")
    womac = replace(WOMAC, thresholds=(quarter,))
    # 25 of 100 on the function scale 0-68 is 17.
    assert list(mcid_responder(womac, "t", [40, 40], [23, 23.5]).reached) == [True, False]


def _respond(pain, function=(50, 50), patient_global=(50, 50)):
    pairs = {"pain": pain, "function": function, "patient_global": patient_global}
    return omeract_oarsi_responder(**{name: ([a], [b]) for name, (a, b) in pairs.items()})


@pytest.mark.parametrize(
    ("pain", "function", "patient_global", "responds"),
    [
        # High improvement: at least 50 % and at least 20 points.
        ((40, 20), (50, 50), (50, 50), True),
        ((40, 20.5), (50, 50), (50, 50), False),
        # 50 % but only 19 points.
        ((38, 19), (50, 50), (50, 50), False),
        ((50, 50), (80, 40), (50, 50), True),
        # Global alone never suffices.
        ((50, 50), (50, 50), (80, 10), False),
        # Two of three with at least 20 % and 10 points each.
        ((50, 40), (50, 40), (50, 50), True),
        ((50, 40), (50, 50), (50, 40), True),
        ((50, 50), (50, 40), (50, 40), True),
        # 10 points of 60 are 16.7 %.
        ((60, 50), (50, 40), (50, 50), False),
        # 20 % of 40 are 8 points.
        ((40, 32), (50, 40), (50, 50), False),
    ],
)
def test_omeract_oarsi_rule(pain, function, patient_global, responds):
    assert bool(_respond(pain, function, patient_global).responder[0]) is responds


def test_omeract_oarsi_marks_who_cannot_be_assessed_and_who_started_at_zero():
    found = _respond((np.nan, 10), (0, 0))
    assert not found.responder[0]
    assert not found.assessable[0]
    np.testing.assert_array_equal(found.zero_baseline[:, 0], [False, True, False])


def test_omeract_oarsi_names_every_value_outside_0_to_100():
    with pytest.raises(InvalidData) as caught:
        _respond((101, 50), (50, -1))
    assert [str(f) for f in caught.value.faults] == [
        "pain baseline: 101; must lie in 0 to 100.",
        "function follow-up: -1; must lie in 0 to 100.",
    ]


def test_omeract_oarsi_refuses_unequal_lengths():
    with pytest.raises(InvalidData, match="must be one"):
        omeract_oarsi_responder(pain=([1], [1]), function=([1, 2], [1, 2]), patient_global=([1], [1]))
