"""What the synthesis without meta-analysis keeps out, and how it says so."""

import pytest

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.swim import (
    ReportedP,
    albatross_contour,
    albatross_points,
    combine_p_values,
    count_directions,
    n_on_contour,
    one_sided,
    proportion_interval,
)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ReportedP(0, 1), r"Invalid p 0; must be in \(0, 1\]. p = 0.000 is p < 0.001"),
        (lambda: ReportedP(1.5, 1), "Invalid p 1.5"),
        (lambda: ReportedP(0.5, 2), "Invalid direction 2; must be 1, -1 or 0"),
        (lambda: ReportedP(0.5, 1, "~"), "Invalid relation '~'; must be =, < or >"),
        (lambda: ReportedP(0.5, 1, n=1), "Invalid n 1; must be at least 2"),
        (lambda: count_directions([1, 2]), "row 2: Invalid directions 2; must be 1, -1 or 0"),
        (lambda: proportion_interval(5, 4), "Invalid events 5; must be from 0 to n"),
        (lambda: proportion_interval(3, 4, level=1), "Invalid level 1"),
        (lambda: combine_p_values([ReportedP(0.5, 1)], method="mean"), "Invalid method 'mean'"),
        (lambda: n_on_contour("SMD", 0, 0.05), "the contour of no effect is the line p = 1"),
        (lambda: n_on_contour("MD", 5, 0.05), "a contour of mean differences needs one above 0"),
        (lambda: n_on_contour("RD", 0.5, 0.05, baseline_risk=0.6), r"stays in \[0, 1\] when 0.5 is added"),
        (lambda: albatross_contour("OR", 2), "Invalid measure 'OR'"),
    ],
)
def test_what_cannot_be_is_refused(make, message):
    with pytest.raises(InvalidData, match=message):
        make()


def test_a_bound_enters_at_its_bound_and_a_non_significant_one_stays_out():
    entered, left_out = one_sided([ReportedP(0.05, 1, "<"), ReportedP(0.05, 1, ">"), ReportedP(0.3, 0)])
    assert [(e.study, e.p, e.at_bound) for e in entered] == [(0, 0.025, True)]
    assert [x.study for x in left_out] == [1, 2]
    assert "may be anything up to 1" in left_out[0].why
    assert "without a direction" in left_out[1].why


def test_two_sided_p_values_turn_one_sided_by_their_direction():
    entered, _ = one_sided([ReportedP(0.04, 1), ReportedP(0.04, -1), ReportedP(1.0, 0)])
    assert [e.p for e in entered] == [0.02, 0.98, 0.5]


def test_a_bound_against_treatment_is_said_to_understate_harm():
    result = combine_p_values([ReportedP(0.05, -1, "<", n=40), ReportedP(0.2, 1, n=40)])
    assert any("its evidence against treatment is understated" in c for c in result.caveats)


def test_when_no_study_can_enter_every_reason_is_given():
    with pytest.raises(CannotEstimate, match=r"study 1: p > 0.05 may be.*study 2: no number of patients"):
        combine_p_values([ReportedP(0.05, 1, ">"), ReportedP(0.2, 1)], method="stouffer-weighted")
    with pytest.raises(CannotEstimate, match="no studies given"):
        combine_p_values([])


def test_a_study_without_a_direction_does_not_vote():
    result = count_directions([1, 1, 1, -1, 0, 0])
    assert (result.k, result.favourable, result.without_direction) == (4, 3, 2)
    assert result.p == pytest.approx(2 * 5 / 16)
    assert any("cannot reach p = 0.05" in c for c in result.caveats)
    with pytest.raises(CannotEstimate, match="No study has a direction"):
        count_directions([0, 0])


def test_the_plot_puts_favourable_studies_to_the_right_and_leaves_out_those_without_n():
    points, left_out = albatross_points(
        [ReportedP(0.01, 1, n=80), ReportedP(0.1, -1, n=30), ReportedP(0.2, 1)]
    )
    assert [(p.x, p.n) for p in points] == [(pytest.approx(2), 80), (pytest.approx(-1), 30)]
    assert [x.why for x in left_out] == ["no number of patients to place it by."]


def test_more_unequal_arms_need_more_patients_for_the_same_p():
    balanced = n_on_contour("SMD", 0.5, [0.05])
    lopsided = n_on_contour("SMD", 0.5, [0.05], allocation=3)
    assert lopsided[0] > balanced[0]
