"""What conversions refuse, and how they say what they did."""

import pytest

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import conversions


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conversions.sd_from_se(0, 20), "Invalid se 0; must be above 0"),
        (lambda: conversions.sd_from_se(1, 1), "Invalid n 1; must be at least 2"),
        (lambda: conversions.sd_from_se(None, 20), "Invalid se nan; must be given"),
        (lambda: conversions.sd_from_ci(2, 1, 20), "Invalid hi 1; must be above lo"),
        (lambda: conversions.sd_from_ci(1, 2, 20, level=95), r"Invalid level 95; must be in \(0, 1\)"),
        (lambda: conversions.se_from_ci(0, 2, ratio=True), "Invalid lo 0; must be above 0"),
        (lambda: conversions.se_from_p(1, 0), r"Invalid p 0; must be in \(0, 1\)"),
        (lambda: conversions.change_sd(10, 10, 1), r"Invalid r 1; must be in \(-1, 1\)"),
        (lambda: conversions.correlation_from_sds(10, 10, 25), "is one of them a standard error"),
        (lambda: conversions.combine_groups([20, 0], [1, 2], [1, 1]), "row 2: Invalid n 0"),
        (
            lambda: conversions.combine_counts([3, 9], [20, 8]),
            "row 2: Invalid events 9; must be no more than n",
        ),
        (lambda: conversions.split_shared_comparator(20, 0), "Invalid comparisons 0; must be at least 1"),
        (lambda: conversions.five_numbers(20, 5), "A median alone has no spread"),
        (lambda: conversions.five_numbers(4, 5, q1=4, q3=6), "Invalid n 4; must be at least 5"),
        (lambda: conversions.five_numbers(20, 5, q1=6, q3=7), "Invalid median 5; must be no less than q1"),
        (lambda: conversions.five_numbers(20, 5, q1=5, q3=5), "Invalid q3 5; must be above q1"),
        (lambda: conversions.rescale_score(11, 0, 10), "must be inside the range of the instrument"),
        (
            lambda: conversions.rescale_difference(11, 0, 10),
            "must be no wider than the range of the instrument",
        ),
        (lambda: conversions.rescale_sd(2, 10, 0), "Invalid high 0; must be above low"),
        (lambda: conversions.smd_to_points(0.5, 0), "Invalid sd_reference 0; must be above 0"),
        (
            lambda: conversions.responders_from_smd(0.5, 1),
            r"Invalid control_proportion 1; must be in \(0, 1\)",
        ),
        (lambda: conversions.number_needed_to_treat(0.3, (0.1, 0.2)), "must be inside its interval"),
        (
            lambda: conversions.number_needed_to_treat(30, (10, 40)),
            r"Invalid difference 30; must be in \[-1, 1\]",
        ),
        (lambda: conversions.moments_from_quantiles(20, 5, q1=4, q3=6, mean_method="hozo"), "'luo' or 'wan'"),
    ],
)
def test_what_cannot_be_is_refused_by_name_value_and_rule(call, message):
    with pytest.raises(InvalidData, match=message):
        call()


def test_a_difference_of_0_holds_no_standard_error():
    with pytest.raises(CannotEstimate, match="An estimate of 0 holds no standard error"):
        conversions.sd_from_difference_p(0, 0.5, 20, 20)


def test_single_numbers_give_floats_and_columns_give_arrays():
    assert isinstance(conversions.sd_from_se(1, 20), float)
    assert conversions.sd_from_se([1, 2], 25).tolist() == [5, 10]


def test_quantiles_say_by_which_method_they_became_moments():
    five = conversions.moments_from_quantiles(40, 5, q1=4, q3=6, minimum=1, maximum=9)
    assert (five.scenario, five.mean_method, five.sd_method) == ("five-numbers", "Luo 2018", "Shi 2020")
    quartiles = conversions.moments_from_quantiles(40, 5, q1=4, q3=6)
    assert (quartiles.scenario, quartiles.sd_method, quartiles.skewed) == ("quartiles", "Wan 2014", False)
    assert quartiles.caveats == (
        "Mean and SD were estimated from median and quartiles, as if the data were normal.",
    )


def test_skewed_quantiles_are_flagged_by_row():
    found = conversions.moments_from_quantiles([60, 60], [5, 2], q1=[4, 1.5], q3=[6, 9])
    assert found.skewed.tolist() == [False, True]
    assert found.caveats[1].startswith("row 2: the figures are those of skewed data")


@pytest.mark.parametrize(
    ("mean", "sd", "verdict"), [(5, 6, "strong"), (9, 6, "suggested"), (13, 6, "not shown")]
)
def test_a_mean_near_the_floor_of_its_scale_tells_of_skew(mean, sd, verdict):
    assert conversions.skew_near_floor(mean, sd) == verdict
    assert conversions.skew_near_floor(mean + 20, sd, floor=20) == verdict


def test_bowleys_coefficient_is_0_for_symmetric_quartiles_and_1_at_the_end():
    assert conversions.quartile_skewness(4, 5, 6) == 0
    assert conversions.quartile_skewness(4, 4, 6) == 1


def test_one_patient_in_an_arm_adds_to_the_spread_of_the_group():
    combined = conversions.combine_groups([1, 1], [0, 2], [0, 0])
    assert (combined.n, combined.mean, combined.sd) == (2, 1, pytest.approx(2**0.5))


def test_no_difference_is_an_infinite_number_needed():
    needed = conversions.number_needed_to_treat(0, (-0.1, 0.1))
    assert str(needed) == "no difference (NNT infinite) (NNTB 10 to ∞ to NNTH 10)"
