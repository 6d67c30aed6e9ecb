"""What effects refuse, what they leave without an answer, and what they warn of."""

from decimal import Decimal, getcontext

import numpy as np
import pytest

from enthesis.errors import CannotEstimate, InvalidData, NotFound
from enthesis.statistics import effects

SOUND = {"m1": 1.0, "sd1": 2.0, "n1": 30, "m2": 0.0, "sd2": 2.0, "n2": 30}


@pytest.mark.parametrize(
    ("figure", "value", "message"),
    [
        ("sd1", 0, "Invalid sd1 0; must be above 0"),
        ("sd2", -1, "Invalid sd2 -1; must be above 0"),
        ("n1", 1, "Invalid n1 1; must be at least 2"),
        ("n2", -30, "Invalid n2 -30; must be at least 2"),
        ("m1", float("inf"), "Invalid m1 inf; must be a finite number"),
        ("m2", "twelve", "Invalid m2 'twelve'; must be a number"),
    ],
)
@pytest.mark.parametrize("measure", ["MD", "SMD", "ROM"])
def test_a_figure_that_cannot_be_is_refused_by_name_value_and_rule(measure, figure, value, message):
    with pytest.raises(InvalidData, match=message):
        effects.compute(measure, SOUND | {figure: value})


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"ai": 31, "n1": 30, "ci": 1, "n2": 30}, "Invalid ai 31; must be no more than n1 of the same row"),
        ({"ai": -1, "n1": 30, "ci": 1, "n2": 30}, "Invalid ai -1; must be at least 0"),
        ({"ai": 1, "n1": 30, "ci": 1, "n2": 0}, "Invalid n2 0; must be above 0"),
        ({"ai": 1, "bi": -2, "ci": 1, "di": 3}, "Invalid bi -2; must be at least 0"),
        ({"ai": 0, "bi": 0, "ci": 1, "di": 3}, r"Invalid ai\+bi 0; must be above 0"),
    ],
)
def test_impossible_counts_are_refused_in_the_words_of_the_table(figures, message):
    with pytest.raises(InvalidData, match=message):
        effects.compute("OR", figures)


def test_every_fault_is_told_with_its_row():
    with pytest.raises(InvalidData, match="row 2: Invalid sd1 0") as caught:
        effects.mean_difference([1, 1, 1], [2, 0, 2], [30, 30, 1], 0, [2, 2, -2], 30)
    assert [(f.where, f.message.split()[1]) for f in caught.value.faults] == [
        ("row 2", "sd1"),
        ("row 3", "sd2"),
        ("row 3", "n1"),
    ]


def test_a_rule_broken_in_a_million_rows_is_told_twenty_times_and_counted():
    with pytest.raises(InvalidData, match="999980 more rows break the same rule") as caught:
        effects.single_mean(np.ones(1_000_000), 0.0, 30)
    assert len(caught.value.faults) == 21


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(InvalidData, match="Columns of different lengths: m1 2, m2 3"):
        effects.mean_difference([1, 2], 1, 30, [1, 2, 3], 1, 30)


def test_a_missing_figure_leaves_its_row_without_an_answer_and_is_named():
    result = effects.mean_difference([1, None, 3], 2, [30, 30, np.nan], 0, 2, 30)
    assert result.estimable.tolist() == [True, False, False]
    assert [str(note) for note in result.not_estimable] == [
        "row 2: not estimable, m1 is missing.",
        "row 3: not estimable, n1 is missing.",
    ]


def test_a_missing_cell_is_named_as_the_table_calls_it():
    result = effects.compute("RR", {"ai": [1, 2], "bi": [9, None], "ci": [3, 4], "di": [7, 6]})
    assert str(result.not_estimable[0]) == "row 2: not estimable, bi is missing."


def test_a_single_number_without_an_answer_raises_and_never_gives_nan():
    with pytest.raises(CannotEstimate, match="MD: not estimable, m1 is missing"):
        effects.mean_difference(None, 2, 30, 0, 2, 30)
    with pytest.raises(CannotEstimate, match="ROM: not estimable, the means are not on the same side of 0"):
        effects.log_ratio_of_means(-1, 2, 30, 1, 2, 30)


def test_results_are_closed_for_writing():
    result = effects.single_mean([1.0, 2.0], 1, 30)
    with pytest.raises(ValueError, match="read-only"):
        result.y[0] = 3.0


def test_halves_are_added_where_the_policy_says_and_said():
    needed = effects.log_odds_ratio([0, 5], 20, [4, 5], 20)
    to_all = effects.log_odds_ratio([0, 5], 20, [4, 5], 20, zero_cells="add-half-to-all")
    assert [note.rows for note in needed.caveats] == [(0,)]
    assert [note.rows for note in to_all.caveats] == [(0, 1)]
    assert needed.y[0] == pytest.approx(np.log(0.5 * 16.5 / (20.5 * 4.5)))
    assert needed.y[1] == 0
    none = effects.log_odds_ratio([0, 5], 20, [4, 5], 20, zero_cells="none")
    assert str(none.not_estimable[0]).startswith("row 1: not estimable, a cell it needs is empty")


def test_a_row_without_any_event_says_nothing_about_a_ratio():
    for ratio in (effects.log_odds_ratio, effects.log_risk_ratio, effects.peto_log_odds_ratio):
        kept = ratio([0, 5], 20, [0, 2], 25)
        assert any("comes from the added halves alone" in note.message for note in kept.caveats)
        left_out = ratio([0, 5], 20, [0, 2], 25, double_zero="leave-out")
        assert left_out.estimable.tolist() == [False, True]
    difference = effects.risk_difference([0, 5], 20, [0, 2], 25)
    assert [note.message for note in difference.caveats] == ["0.5 was added to each of the four cells."]


def test_peto_needs_nothing_added():
    plain = effects.peto_log_odds_ratio(0, 20, 4, 20, zero_cells="none")
    # O - E = 0 - 2; V = 20 * 20 * 4 * 36 / (40² * 39).
    v = 20 * 20 * 4 * 36 / (40**2 * 39)
    assert (plain.y, plain.v) == (pytest.approx(-2 / v), pytest.approx(1 / v))


def test_the_double_arcsine_is_refused_with_its_reason():
    with pytest.raises(InvalidData, match=r"Schwarzer et al. 2019.*Use PLO"):
        effects.compute("PFT", {"x": 3, "n": 10})


def test_an_unknown_measure_is_answered_with_the_nearest_one():
    with pytest.raises(NotFound, match=r"No measure is called 'SMDD'. Did you mean SMD"):
        effects.compute("SMDD", SOUND)


def test_missing_columns_are_named_with_what_the_measure_needs():
    assert effects.missing_columns("SMD", ["m1", "sd1", "n1"]) == ("m2", "sd2", "n2")
    assert effects.missing_columns("OR", ["ai", "n1", "ci"]) == ("n2",)
    assert effects.missing_columns("OR", ["ai", "bi", "ci", "di"]) == ()
    assert effects.missing_columns("MD", ["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"]) == ()
    with pytest.raises(
        InvalidData, match=r"OR: Column di is missing. It needs ai, bi, ci, di or ai, n1, ci, n2"
    ):
        effects.compute("OR", {"ai": 1, "bi": 2, "ci": 3})


def test_options_a_measure_has_not_are_refused():
    with pytest.raises(InvalidData, match="AS has no option zero_cells; it has none"):
        effects.compute("AS", {"ai": 1, "n1": 20, "ci": 2, "n2": 20}, zero_cells="none")
    with pytest.raises(InvalidData, match="Invalid variance 'HO'; must be 'separate' or 'pooled'"):
        effects.compute("MD", SOUND, variance="HO")


def test_hedges_j_agrees_with_the_exact_recurrence_to_thirteen_digits():
    # Γ(m/2)/Γ((m-1)/2) is 1/√π at 2 and √π/2 at 3, and grows by m/(m-1) in steps of two.
    getcontext().prec = 40
    pi = Decimal("3.14159265358979323846264338327950288419717")
    ratio = {2: 1 / pi.sqrt(), 3: pi.sqrt() / 2}
    for m in range(2, 3000):
        ratio[m + 2] = ratio[m] * m / (m - 1)
    df = np.arange(2, 3000)
    exact = np.array([float(ratio[m] / (Decimal(m) / 2).sqrt()) for m in df.tolist()])
    np.testing.assert_allclose(effects.hedges_correction(df.astype(float)), exact, rtol=1e-13)


class TestContrasts:
    """Reported comparisons taken as they are."""

    def test_an_interval_that_does_not_enclose_its_estimate_is_refused(self):
        with pytest.raises(InvalidData, match="Invalid estimate 3; must be inside its interval"):
            effects.contrast_from_ci(3, -1, 2)

    def test_an_interval_without_width_is_refused(self):
        with pytest.raises(InvalidData, match="Invalid hi 1; must be above lo"):
            effects.contrast_from_ci(1, 1, 1)

    @pytest.mark.parametrize("level", [0, 1, 95, -0.5])
    def test_a_level_outside_0_to_1_is_refused(self, level):
        with pytest.raises(InvalidData, match=r"Invalid level .*; must be in \(0, 1\)"):
            effects.contrast_from_ci(1, 0, 2, level=level)

    @pytest.mark.parametrize("p", [0, -0.1, 1.2])
    def test_a_p_outside_0_to_1_is_refused(self, p):
        with pytest.raises(InvalidData, match=r"Invalid p .*; must be in \(0, 1\]"):
            effects.contrast_from_p(1, p)

    def test_a_ratio_of_0_or_less_is_refused(self):
        with pytest.raises(InvalidData, match=r"Invalid lo -0.1; must be above 0"):
            effects.contrast_from_ci(0.5, -0.1, 2, ratio=True)

    def test_an_estimate_off_the_centre_is_taken_with_a_caveat(self):
        result = effects.contrast_from_ci(1.5, 0, 2)
        assert "off the centre" in result.caveats[0].message
        assert effects.contrast_from_ci(1.05, 0, 2).caveats == ()
        assert effects.contrast_from_ci(1.0, 0.5, 2, ratio=True).caveats == ()

    def test_p_of_1_and_an_estimate_of_0_hold_no_standard_error(self):
        for call in (
            lambda: effects.contrast_from_p(1, 1),
            lambda: effects.contrast_from_p(0, 0.4),
            lambda: effects.contrast_from_t(0, 0),
            lambda: effects.contrast_from_f(2, 0),
        ):
            with pytest.raises(CannotEstimate, match="holds no standard error"):
                call()

    def test_a_direction_needs_an_estimate_without_a_sign(self):
        with pytest.raises(InvalidData, match="Invalid estimate -2; must be a size without sign"):
            effects.contrast_from_p(-2, 0.03, direction=-1)
        with pytest.raises(InvalidData, match="Invalid direction 0; must be 1 or -1"):
            effects.contrast_from_p(2, 0.03, direction=0)
        with pytest.raises(InvalidData, match="Invalid direction 2; must be 1 or -1"):
            effects.smd_from_p(0.03, 20, 20, direction=2)

    def test_a_t_against_the_sign_of_its_estimate_is_refused(self):
        with pytest.raises(InvalidData, match="Invalid t -2; must be of the same sign as the estimate"):
            effects.contrast_from_t(1, -2)

    def test_columns_of_contrasts_name_the_rows_without_an_answer(self):
        result = effects.contrast_from_p([1, 0, 2], [0.01, 0.5, 1.0], df=[20, 20, 20])
        assert [note.rows for note in result.not_estimable] == [(1, 2)]
