"""Numbers as a reader meets them."""

import math

import pytest

from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.report import numbers


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (3.14, "3.1"),
        (-3.14, "−3.1"),
        (9.94, "9.9"),
        (9.96, "10"),
        (12.4, "12"),
        (-0.04, "0.0"),
        (0, "0.0"),
        (-10, "−10"),
    ],
)
def test_points_have_one_decimal_below_ten_and_none_above(x, said):
    assert numbers.points(x) == said


@pytest.mark.parametrize(
    ("x", "said"),
    [(0.8231, "0.82"), (1, "1.00"), (9.999, "10.0"), (12.44, "12.4"), (250.2, "250"), (0.0042, "0.004")],
)
def test_ratios_keep_the_digits_that_mean_something(x, said):
    assert numbers.ratio(x) == said


@pytest.mark.parametrize("x", [0, -1, math.nan])
def test_what_is_no_ratio_is_refused(x):
    with pytest.raises(ValueError, match="is no ratio"):
        numbers.ratio(x)


@pytest.mark.parametrize(
    ("lo", "hi", "kind", "said"),
    [
        (-3.14, 9.06, ScaleKind.POINTS, "−3.1 to 9.1"),
        (-3.14, 14.1, ScaleKind.POINTS, "−3 to 14"),
        (-0.2, 0.456, ScaleKind.SMD, "−0.20 to 0.46"),
        (0.5, 2, ScaleKind.RATIO, "0.50 to 2.00"),
        (-1.234, 0.5, ScaleKind.NATIVE, "−1.23 to 0.50"),
        (-123.4, 5, ScaleKind.NATIVE, "−123 to 5"),
    ],
)
def test_both_ends_of_an_interval_have_the_same_digits(lo, hi, kind, said):
    assert numbers.interval(lo, hi, kind) == said


def test_an_interval_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError, match="3 to 1 is no interval"):
        numbers.interval(3, 1, ScaleKind.POINTS)


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_never_printed(x):
    with pytest.raises(ValueError, match="no number to show"):
        numbers.points(x)


def test_an_effect_stands_with_its_interval():
    assert numbers.effect(3.04, (-3.1, 9.1), ScaleKind.POINTS) == "3.0 (−3.1 to 9.1)"


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0, "0%"),
        (0.004, "<1%"),
        (0.005, "<1%"),
        (0.006, "1%"),
        (0.23, "23%"),
        (0.994, "99%"),
        (0.995, ">99%"),
        (1, "100%"),
    ],
)
def test_a_share_that_is_neither_none_nor_all_never_reads_so(p, said):
    assert numbers.percent(p) == said


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0, "less than 1 in 100"),
        (0.009, "less than 1 in 100"),
        (0.04, "about 4 in 100"),
        (0.3, "about 3 in 10"),
        (0.5, "about 5 in 10"),
        (0.9, "about 9 in 10"),
        (0.97, "about 97 in 100"),
        (0.995, "more than 99 in 100"),
        (1, "more than 99 in 100"),
    ],
)
def test_a_chance_is_said_in_words(p, said):
    assert numbers.probability(p) == said


def test_every_chance_says_no_more_than_it_is():
    for step in range(1001):
        p = step / 1000
        words = numbers.probability(p)
        if words.startswith("about"):
            _, part, _, whole = words.split()
            assert abs(int(part) / int(whole) - p) <= 0.0501


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_what_is_no_proportion_is_refused(p):
    for say in (numbers.percent, numbers.probability, numbers.p_value):
        with pytest.raises(ValueError, match="is no proportion"):
            say(p)


def test_large_numbers_are_grouped_and_unbreakable():
    assert numbers.count(812) == "812"
    assert numbers.count(1234) == "1234"
    assert numbers.count(12345) == "12\N{NARROW NO-BREAK SPACE}345"


@pytest.mark.parametrize(
    ("p", "said"), [(0.0001, "p < 0.001"), (0.03, "p = 0.03"), (0.234, "p = 0.23"), (0.1, "p = 0.10")]
)
def test_p_values_carry_their_sign(p, said):
    assert numbers.p_value(p) == said
