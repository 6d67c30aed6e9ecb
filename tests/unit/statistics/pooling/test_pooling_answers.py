"""What an answer holds: edge cases, caveats, and the options of pooling."""

import numpy as np
import pytest
from scipy.stats import norm, t

from enthesis.errors import CannotEstimate
from enthesis.statistics import pooling

Y, V = [0.1, 0.9, -0.4, 0.5, 0.2, 0.6], [0.04, 0.01, 0.2, 0.09, 0.3, 0.02]


def codes(found) -> set[str]:
    return {caveat.code for caveat in found.caveats}


def test_everything_exported_is_there():
    assert sorted(pooling.__all__) == list(pooling.__all__)
    assert all(hasattr(pooling, name) for name in pooling.__all__)


def test_one_study_is_answered_by_that_study():
    found = pooling.pool([1.5], [0.25])
    assert (found.mu, found.se, found.k, found.weights) == (1.5, 0.5, 1, (1.0,))
    assert found.ci == pytest.approx((1.5 - 0.5 * norm.ppf(0.975), 1.5 + 0.5 * norm.ppf(0.975)))
    assert (found.ci_method, found.df) == ("wald", None)
    assert found.tau2 is found.tau2_ci is found.i2 is found.q is found.prediction_interval is None
    assert codes(found) == {"single-study"}


def test_two_studies_say_that_they_are_few():
    assert "few-studies" in codes(pooling.pool(Y[:2], V[:2]))
    assert "few-studies" not in codes(pooling.pool(Y, V))


def test_two_studies_leave_no_prediction_interval_with_k_minus_2():
    found = pooling.pool(Y[:2], V[:2], prediction="t-k-minus-2")
    assert found.prediction_interval is found.prediction_df is found.prediction_distribution is None
    assert "no-prediction" in codes(found)


@pytest.mark.parametrize(
    ("prediction", "df", "critical"),
    [
        ("normal", None, norm.ppf(0.975)),
        ("t-k-minus-1", 5, t.ppf(0.975, 5)),
        ("t-k-minus-2", 4, t.ppf(0.975, 4)),
    ],
)
def test_prediction_intervals_name_their_distribution(prediction, df, critical):
    found = pooling.pool(Y, V, prediction=prediction)
    half = critical * np.sqrt(found.tau2 + found.se**2)
    assert found.prediction_interval == pytest.approx((found.mu - half, found.mu + half), rel=1e-12)
    assert (found.prediction_df, found.prediction_distribution) == (df, prediction)


def test_a_common_effect_has_no_prediction_interval_and_no_doubt_about_tau2():
    found = pooling.pool(Y, V, method="EE")
    assert (found.tau2, found.prediction_interval) == (0.0, None)
    assert not {code for code in codes(found) if "tau2" in code or "prediction" in code}


def test_equal_effects_fall_back_to_the_floor_and_say_so():
    found = pooling.pool([0.3, 0.1 + 0.2, 0.3], [0.1, 0.2, 0.3])
    assert found.ci_method == "hartung-knapp-floor"
    assert found.se == pytest.approx((1 / 0.1 + 1 / 0.2 + 1 / 0.3) ** -0.5)
    assert codes(found) == {"few-studies", "tau2-on-boundary", "no-residual-spread", "tau2-interval-empty"}


def test_hartung_knapp_below_the_classic_interval_is_said_and_floored():
    y, v = [0.30, 0.31, 0.29, 0.30, 0.32], [0.04, 0.05, 0.04, 0.06, 0.05]
    short, floor, classic = (
        pooling.pool(y, v, interval=i) for i in ("hartung-knapp", "hartung-knapp-floor", "wald")
    )
    assert short.se < floor.se == pytest.approx(classic.se)
    assert "hartung-knapp-shorter" in codes(short)
    assert "hartung-knapp-shorter" not in codes(floor)


def test_agreement_beyond_chance_is_said():
    found = pooling.pool([1.0, 1.0001, 0.9999, 1.0], [1.0, 1.0, 1.0, 1.0])
    assert found.tau2_ci == (0.0, 0.0)
    assert {"tau2-on-boundary", "tau2-interval-empty"} <= codes(found)


@pytest.mark.parametrize(("gap", "on_boundary"), [(3.0, True), (6.0, False)])
def test_a_likelihood_with_two_peaks_is_said_and_the_higher_one_taken(gap, on_boundary):
    # Eight precise studies agree, four vague ones do not: tau2 is 0, or large.
    y, v = np.array([*np.zeros(8), gap, -gap, gap, -gap]), np.array([*np.full(8, 0.01), *np.ones(4)])
    w = 1.0 / (v + np.linspace(0.0, 30.0, 3001)[:, None])
    curve = np.log(w).sum(axis=1) - np.log(w.sum(axis=1)) - (w * y**2).sum(axis=1)
    inner = 1 + np.flatnonzero((curve[1:-1] > curve[:-2]) & (curve[1:-1] > curve[2:]))
    assert curve[0] > curve[1]
    assert len(inner) == 1
    assert (curve[0] > curve[inner[0]]) == on_boundary
    found = pooling.pool(y, v)
    assert (found.certificate.boundary, found.certificate.roots) == (on_boundary, 2)
    assert found.converged
    assert "several-optima" in codes(found)
    if not on_boundary:
        assert found.tau2 == pytest.approx(0.01 * inner[0], abs=0.01)


def test_a_likelihood_interval_with_a_gap_says_so_and_spans_it():
    y, v = np.array([*np.zeros(8), 4.0, -4.0, 4.0, -4.0]), np.array([*np.full(8, 0.01), *np.ones(4)])
    found = pooling.tau2_interval(y, v, kind="profile-likelihood")
    assert codes(found) == {"tau2-interval-broken"}
    assert found.tau2_ci[0] == 0.0 < found.tau2 < found.tau2_ci[1]


def test_a_batch_flags_what_it_cannot_answer():
    y = [[1.0, 2.0], [1.0, float("nan")], [3.0, 0.0], [0.0, 0.0]]
    v = [[0.1, 0.2], [0.1, 0.2], [0.5, 0.0], [0.0, 0.0]]
    mask = [[True, True], [True, True], [True, False], [False, False]]
    batch = pooling.pool_batch(y, v, mask)
    assert batch.valid.tolist() == [True, False, True, False]
    assert batch.converged.tolist() == [True, False, True, False]
    assert np.isnan(batch.mu).tolist() == [False, True, False, True]
    assert np.isnan(batch.tau2).tolist() == [False, True, True, True]
    assert batch.k.tolist() == [2, 0, 1, 0]
    assert batch.weights[2].tolist() == [1.0, 0.0]
    assert np.isnan(batch.tau2_ci[1:]).all()


def test_a_row_of_a_batch_can_be_taken_out_as_an_answer():
    batch = pooling.pool_batch([Y, Y], [V, V], [[True] * 6, [False] * 6])
    assert pooling.row_of(batch, 0) == pooling.pool(Y, V)
    with pytest.raises(CannotEstimate, match="Row 1 of the batch holds no study"):
        pooling.row_of(batch, 1)


def test_an_empty_batch_is_an_empty_answer():
    batch = pooling.pool_batch(np.empty((0, 3)), np.empty((0, 3)))
    assert batch.mu.shape == (0,)
    assert batch.tau2_ci.shape == (0, 2)


def test_subgroups_keep_the_order_in_which_they_came():
    found = pooling.subgroups(Y, V, ["rich", "poor", "rich", "poor", "rich", "unclear"])
    assert [one.name for one in found.groups] == ["rich", "poor", "unclear"]
    assert [one.pooled.k for one in found.groups] == [3, 2, 1]
    assert found.df == 2
    assert {caveat.code for caveat in found.caveats} == {"single-study-group"}


def test_as_many_groups_as_studies_leave_no_common_tau2():
    found = pooling.subgroups(Y[:2], V[:2], ["a", "b"])
    assert found.common_tau2 is None


def test_predicting_at_the_reference_gives_the_intercept():
    found = pooling.meta_regression(Y, V, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], ["dose"])
    at_zero, at_two = pooling.predict(found, [[1.0, 0.0], [1.0, 2.0]])
    intercept, slope = found.coefficients
    assert (at_zero.mu, at_zero.se) == pytest.approx((intercept.estimate, intercept.se))
    assert at_zero.ci == pytest.approx(intercept.ci)
    assert at_two.mu == pytest.approx(intercept.estimate + 2.0 * slope.estimate)
    assert at_two.prediction_interval[0] < at_two.ci[0]


def test_predicting_does_not_depend_on_where_the_moderator_is_measured_from():
    dose = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    one = pooling.predict(pooling.meta_regression(Y, V, dose, ["dose"]), [[1.0, 2.0]])[0]
    other = pooling.predict(pooling.meta_regression(Y, V, dose - 2.0, ["dose"]), [[1.0, 0.0]])[0]
    assert (one.mu, one.se, *one.ci) == pytest.approx((other.mu, other.se, *other.ci), rel=1e-9)
    assert one.prediction_interval == pytest.approx(other.prediction_interval, rel=1e-9)


def test_few_studies_per_moderator_are_said():
    found = pooling.meta_regression(Y, V, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], ["dose"])
    assert "few-studies-per-moderator" in codes(found)


def test_a_regression_through_equal_residuals_of_zero_falls_back_to_the_floor():
    dose = np.array([1.0, 2.0, 3.0, 4.0])
    found = pooling.meta_regression(0.5 + 2.0 * dose, [0.1, 0.2, 0.3, 0.1], dose, ["dose"])
    assert found.ci_method == "hartung-knapp-floor"
    assert "no-residual-spread" in codes(found)
    assert found.coefficients[1].estimate == pytest.approx(2.0)


def test_one_study_has_the_prior_for_a_posterior_of_tau():
    found = pooling.bayes_pool([1.0], [0.04], tau_scale=0.5)
    assert found.tau_median == pytest.approx(0.5 * norm.ppf(0.75), rel=1e-9)
    assert found.tau_mean == pytest.approx(0.5 * np.sqrt(2.0 / np.pi), rel=1e-9)
    assert found.median == pytest.approx(1.0)
    assert codes(found) == {"prior-decides-tau"}


def test_probabilities_beyond_thresholds_come_in_the_shape_asked_for():
    found = pooling.bayes_pool(Y, V, tau_scale=0.5)
    curve = found.probability_above([[-9.0, 0.0], [0.5, 9.0]])
    assert curve.shape == (2, 2)
    assert curve.ravel().tolist() == sorted(curve.ravel().tolist(), reverse=True)
    assert float(found.probability_above(found.median)) == pytest.approx(0.5)
    assert float(found.new_effect_below(found.prediction_interval[0])) == pytest.approx(0.025)
    assert float(found.new_effect_above(1.5)) > float(found.probability_above(1.5))


def test_the_last_study_of_a_likelihood_interval_reaches_as_far_as_the_data_need():
    # On a 0-100 pain scale tau2 is in the hundreds: a fixed search range of 100 would cut it off.
    y, v = [-20.0, 5.0, -45.0, 10.0], [4.0, 9.0, 16.0, 4.0]
    for kind in ("q-profile", "profile-likelihood"):
        found = pooling.tau2_interval(y, v, kind=kind)
        assert found.tau2_ci[0] < found.tau2 < found.tau2_ci[1]
        assert found.tau2_ci[1] > 1000.0
