"""Egger's and the rank test: what they refuse, what they warn of, and a fit by another route."""

import numpy as np
import pytest

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.bias import egger_test, pustejovsky_rodgers_test, rank_test

SE = np.linspace(0.05, 0.5, 12)
Y = 0.2 + 1.5 * SE + 0.05 * np.cos(7 * np.arange(12))
N = 400 / (1 + 10 * SE)


def codes(result):
    return {caveat.code for caveat in result.caveats}


def test_the_classical_slope_is_the_intercept_of_standardised_effect_on_precision():
    found = egger_test(Y, SE**2, variant="classical")
    radial = np.column_stack([1 / SE, np.ones(12)])
    (limit, bias), (residual,) = np.linalg.lstsq(radial, Y / SE, rcond=None)[:2]
    covariance = residual / 10 * np.linalg.inv(radial.T @ radial)
    assert found.slope == pytest.approx(bias, rel=1e-10)
    assert found.limit == pytest.approx(limit, rel=1e-10)
    assert found.se == pytest.approx(np.sqrt(covariance[1, 1]), rel=1e-10)
    assert found.df == 10


def test_nine_studies_are_refused_with_the_reason():
    for test in (egger_test, rank_test):
        with pytest.raises(CannotEstimate, match=r"at least 10 studies; 9 given.*Sterne et al. 2011"):
            test(Y[:9], SE[:9] ** 2)


def test_a_caller_may_lower_the_minimum_to_validate():
    assert egger_test(Y[:5], SE[:5] ** 2, minimum_k=3).k == 5
    assert rank_test(Y[:5], SE[:5] ** 2, minimum_k=3).k == 5


def test_studies_of_one_size_are_refused():
    with pytest.raises(CannotEstimate, match="standard-error is the same in all 12 studies"):
        egger_test(Y, np.full(12, 0.04))
    with pytest.raises(CannotEstimate, match="all variances are alike"):
        rank_test(Y, np.full(12, 0.04))


def test_equal_effects_have_no_ranks():
    with pytest.raises(CannotEstimate, match="All effects or all variances are alike"):
        rank_test(np.full(12, 0.3), SE**2)


def test_effects_exactly_on_a_line_are_refused():
    with pytest.raises(CannotEstimate, match="exactly on a line"):
        egger_test(np.zeros(12), SE**2, variant="classical")


def test_a_predictor_made_of_n_needs_n():
    with pytest.raises(InvalidData, match="predictor 1/n needs n"):
        egger_test(Y, SE**2, predictor="1/n")
    with pytest.raises(InvalidData, match="n: has 3 values for 12 studies"):
        egger_test(Y, SE**2, predictor="1/n", n=[10, 20, 30])
    with pytest.raises(InvalidData, match="row 2: n is 0; it must be finite and above 0"):
        egger_test(Y, SE**2, predictor="1/n", n=[10, 0, *N[2:]])


def test_unknown_options_are_named_together():
    with pytest.raises(InvalidData, match=r"variant: 'best' is unknown; give one of(?s:.*)predictor: 'size'"):
        egger_test(Y, SE**2, variant="best", predictor="size")


def test_there_is_no_limit_effect_where_the_predictor_grows_with_the_study():
    found = egger_test(Y, SE**2, predictor="n", n=N)
    assert found.limit is None
    assert found.limit_ci is None


def test_a_measure_linked_to_its_standard_error_is_a_caveat():
    assert "linked-standard-error" in codes(egger_test(Y, SE**2, measure="SMD"))
    assert "linked-standard-error" not in codes(egger_test(Y, SE**2, measure="MD"))
    assert "linked-standard-error" not in codes(egger_test(Y, SE**2, measure="SMD", predictor="1/n", n=N))


@pytest.mark.parametrize(
    ("code", "y", "v"),
    [
        ("similar-precision", Y, np.linspace(0.01, 0.04, 12)),
        ("heterogeneous", 10 * np.cos(np.arange(12.0)), SE**2),
        ("none-significant", 0.01 * np.cos(np.arange(12.0)), SE**2),
    ],
)
def test_each_published_doubt_is_raised_where_it_holds_and_only_there(code, y, v):
    calm = 0.3 + 0.02 * np.cos(np.arange(12.0))
    assert code in codes(rank_test(y, v))
    assert code not in codes(rank_test(calm, SE**2))


def test_without_heterogeneity_the_smd_test_is_eggers_with_the_freed_error():
    n1 = n2 = np.arange(20, 140, 10.0)
    y = 0.4 + 0.01 * np.cos(np.arange(12))
    x = np.sqrt(2 / n1)
    v = x**2 + y**2 / (4 * n1)
    freed = pustejovsky_rodgers_test(y, v, n1, n2)
    same = egger_test(y, v, predictor="1/sqrt-n", n=n1 / 2)
    assert freed.statistic == pytest.approx(same.statistic, rel=1e-9)
    classical = pustejovsky_rodgers_test(y, v, n1, n2, variant="classical")
    assert classical.statistic == pytest.approx(egger_test(y, x**2, variant="classical").statistic, rel=1e-9)


def test_the_smd_test_names_a_bad_arm():
    with pytest.raises(InvalidData, match="row 3: n2 is -1"):
        pustejovsky_rodgers_test(Y, SE**2, N, [*N[:2], -1, *N[3:]])
    with pytest.raises(InvalidData, match="variant: 'x' is unknown"):
        pustejovsky_rodgers_test(Y, SE**2, N, N, variant="x")
