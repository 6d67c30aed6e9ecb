"""Laws of pooling that hold for any studies."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enthesis.statistics import pooling

METHODS = ("REML", "DL", "PM", "ML", "EB", "HE", "HS", "SJ", "EE", "HSk", "PMM")

#: Two routes to one number differ by the rounding of sums of at most 12 terms and of a Newton step
#: that ends within 1e-12 of the root.
SAME = 1e-9

Studies = tuple[np.ndarray, np.ndarray]


@st.composite
def studies(draw: st.DrawFn, least: int = 2) -> Studies:
    """Two to twelve effects, their variances up to six powers of ten apart."""
    k = draw(st.integers(least, 12))
    y = draw(arrays(float, k, elements=st.floats(-10.0, 10.0, width=32)))
    v = 10.0 ** draw(arrays(float, k, elements=st.floats(-3.0, 3.0, width=32)))
    return y, v


def close(one: float, other: float, scale: float) -> bool:
    """Equal up to rounding, on the scale of the data."""
    return abs(one - other) <= SAME * scale


def spread(y: np.ndarray, v: np.ndarray) -> float:
    """A size that y and its errors share: what rounding of an effect is measured against."""
    return float(np.ptp(y) + np.sqrt(v.max()))


methods = st.sampled_from(METHODS)
intervals = st.sampled_from(("wald", "wald-t", "hartung-knapp", "hartung-knapp-floor"))


@settings(max_examples=150, deadline=None)
@given(studies(), methods, intervals, st.randoms())
def test_the_order_of_studies_does_not_matter(data, method, interval, random):
    y, v = data
    order = np.array(random.sample(range(len(y)), len(y)))
    one = pooling.pool(y, v, method=method, interval=interval)
    other = pooling.pool(y[order], v[order], method=method, interval=interval)
    size = spread(y, v)
    assert close(one.mu, other.mu, size)
    assert close(one.tau2, other.tau2, size**2)
    assert close(one.se, other.se, size)
    assert np.array(one.weights)[order] == pytest.approx(other.weights, abs=1e-7)


@settings(max_examples=150, deadline=None)
@given(studies(), methods, intervals, st.floats(-1000.0, 1000.0, width=32))
def test_a_shift_of_all_effects_shifts_the_mean_and_nothing_else(data, method, interval, shift):
    y, v = data
    one = pooling.pool(y, v, method=method, interval=interval)
    other = pooling.pool(y + shift, v, method=method, interval=interval)
    # Adding the shift rounds each y to the digits of the shift.
    size = spread(y, v) + abs(shift)
    assert close(one.mu + shift, other.mu, size)
    assert close(one.tau2, other.tau2, size**2)


@settings(max_examples=150, deadline=None)
@given(studies(), methods, intervals, st.sampled_from((1e-6, 1e-3, -1.0, 2.54, 1e6)))
def test_another_unit_gives_the_same_answer_in_that_unit(data, method, interval, unit):
    y, v = data
    one = pooling.pool(y, v, method=method, interval=interval)
    other = pooling.pool(unit * y, unit**2 * v, method=method, interval=interval)
    size = spread(y, v)
    assert close(one.mu, other.mu / unit, size)
    assert close(one.tau2, other.tau2 / unit**2, size**2)
    assert close(one.se, other.se / abs(unit), size)
    assert sorted(np.array(one.ci) * unit) == pytest.approx(other.ci, abs=1e-7 * size * abs(unit))
    assert one.i2 == pytest.approx(other.i2, abs=1e-7)


@settings(max_examples=100, deadline=None)
@given(studies(), methods)
def test_tau2_is_never_negative_and_weights_sum_to_one(data, method):
    found = pooling.pool(*data, method=method)
    assert found.tau2 >= 0.0
    assert 0.0 <= found.i2 < 1.0
    assert sum(found.weights) == pytest.approx(1.0, abs=1e-12)
    assert found.converged
    assert found.ci[0] <= found.mu <= found.ci[1]


@settings(max_examples=100, deadline=None)
@given(studies(), methods)
def test_with_tau2_of_zero_the_answer_is_that_of_a_common_effect(data, method):
    y, v = data
    found = pooling.pool(y, v, method=method, interval="wald")
    assume(found.tau2 == 0.0)
    common = pooling.pool(y, v, method="EE", interval="wald")
    assert (found.mu, found.se) == pytest.approx((common.mu, common.se), rel=1e-12)
    assert found.weights == pytest.approx(common.weights, rel=1e-12)


@settings(max_examples=100, deadline=None)
@given(arrays(float, st.integers(2, 12), elements=st.floats(-10, 10, width=32)), st.floats(0.01, 10.0))
def test_with_equal_variances_all_unbiased_methods_agree_on_a_closed_form(y, variance):
    v = np.full(len(y), variance)
    expected = max(float(np.var(y, ddof=1)) - variance, 0.0)
    for method in ("REML", "DL", "PM", "EB", "HE"):
        found = pooling.pool(y, v, method=method)
        assert found.tau2 == pytest.approx(expected, abs=1e-9 * (expected + variance))
        assert found.mu == pytest.approx(float(y.mean()), abs=1e-9 * spread(y, v))


@settings(max_examples=60, deadline=None)
@given(studies(least=1))
def test_every_study_twice_gives_the_same_common_effect_with_half_the_variance(data):
    y, v = data
    one = pooling.pool(y, v, method="EE", interval="wald")
    twice = pooling.pool(np.tile(y, 2), np.tile(v, 2), method="EE", interval="wald")
    assert close(one.mu, twice.mu, spread(y, v))
    assert one.se**2 == pytest.approx(2.0 * twice.se**2, rel=1e-12)


@settings(max_examples=100, deadline=None)
@given(studies(), methods, intervals)
def test_a_row_of_a_batch_is_the_single_analysis(data, method, interval):
    y, v = data
    one = pooling.pool(y, v, method=method, interval=interval)
    batch = pooling.pool_batch(
        np.stack([y, -y, y + 1.0]), np.stack([v, v, v]), method=method, interval=interval
    )
    assert (batch.mu[0], batch.se[0], batch.tau2[0]) == (one.mu, one.se, one.tau2)
    assert tuple(batch.tau2_ci[0]) == one.tau2_ci
    assert batch.weights[0] == pytest.approx(one.weights, rel=1e-14)


@settings(max_examples=150, deadline=None)
@given(studies(), methods, st.integers(1, 5), st.randoms())
def test_absent_studies_change_nothing_whatever_stands_in_their_place(data, method, absent, random):
    y, v = data
    junk = [random.choice([np.nan, np.inf, -1.0, 0.0, 1e300]) for _ in range(2 * absent)]
    place = np.array(sorted(random.sample(range(len(y) + absent), absent)))
    mask = np.ones(len(y) + absent, dtype=bool)
    mask[place] = False
    wide_y, wide_v = np.empty(len(mask)), np.empty(len(mask))
    wide_y[mask], wide_v[mask] = y, v
    wide_y[~mask], wide_v[~mask] = junk[:absent], junk[absent:]
    one = pooling.pool(y, v, method=method)
    batch = pooling.pool_batch(wide_y[None], wide_v[None], mask[None], method=method)
    size = spread(y, v)
    assert batch.k[0] == one.k
    assert close(batch.mu[0], one.mu, size)
    assert close(batch.tau2[0], one.tau2, size**2)
    assert close(batch.se[0], one.se, size)
    assert (batch.weights[0][~mask] == 0.0).all()


@settings(max_examples=60, deadline=None)
@given(studies(), st.sampled_from(("REML", "ML")))
def test_no_other_tau2_has_a_higher_likelihood(data, method):
    y, v = data
    found = pooling.pool(y, v, method=method)

    def likelihood(tau2: float) -> float:
        w = 1.0 / (v + tau2)
        mean = (w * (y - y[0])).sum() / w.sum()
        value = np.log(w).sum() - (w * (y - y[0] - mean) ** 2).sum()
        return value - (np.log(w.sum()) if method == "REML" else 0.0)

    rivals = [0.0, *np.geomspace(1e-6 * v.min(), 100.0 * (np.ptp(y) ** 2 + v.max()), 200)]
    # Rounding of sums of a dozen terms, each at most about 1e6 here.
    assert likelihood(found.tau2) >= max(map(likelihood, rivals)) - 1e-8


@settings(max_examples=60, deadline=None)
@given(studies(least=3))
def test_leaving_a_study_out_is_pooling_the_others(data):
    y, v = data
    batch = pooling.leave_one_out(y, v)
    size = spread(y, v)
    for i in range(len(y)):
        rest = np.arange(len(y)) != i
        other = pooling.pool(y[rest], v[rest])
        assert close(batch.mu[i], other.mu, size)
        assert close(batch.tau2[i], other.tau2, size**2)


@settings(max_examples=60, deadline=None)
@given(studies())
def test_the_last_cumulative_answer_is_that_of_all_studies(data):
    y, v = data
    batch, whole = pooling.cumulative(y, v), pooling.pool(y, v)
    assert close(batch.mu[-1], whole.mu, spread(y, v))
    assert (batch.mu[0], batch.k[0]) == (pytest.approx(y[0], rel=1e-12, abs=1e-12), 1)


@settings(max_examples=60, deadline=None)
@given(studies(), st.sampled_from((0.5, 0.8, 0.95, 0.99)))
def test_the_q_profile_bounds_are_where_q_meets_its_quantiles(data, level):
    from scipy.stats import chi2

    y, v = data
    for bound, tail in zip(pooling.tau2_interval(y, v, level=level).tau2_ci, (0.5, -0.5), strict=True):
        w = 1.0 / (v + bound)
        mean = (w * (y - y[0])).sum() / w.sum()
        q = (w * (y - y[0] - mean) ** 2).sum()
        target = chi2.ppf(0.5 + tail * level, len(y) - 1)
        assert q == pytest.approx(target, rel=1e-8) or (bound == 0.0 and q < target)


@settings(max_examples=60, deadline=None)
@given(studies(least=4))
def test_a_moderator_that_marks_half_the_studies_is_a_subgroup_analysis(data):
    y, v = data
    half = (np.arange(len(y)) % 2).astype(float)
    found = pooling.meta_regression(y, v, half, ["odd"], method="EE", interval="wald")
    even, odd = (pooling.pool(y[half == h], v[half == h], method="EE", interval="wald") for h in (0, 1))
    size = spread(y, v)
    assert close(found.coefficients[0].estimate, even.mu, size)
    assert close(found.coefficients[1].estimate, odd.mu - even.mu, size)
    assert found.coefficients[1].se == pytest.approx(np.hypot(even.se, odd.se), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(studies(), methods, intervals)
def test_meta_regression_without_moderators_is_pooling(data, method, interval):
    y, v = data
    found = pooling.meta_regression(
        y, v, np.ones((len(y), 1)), ["mean"], method=method, interval=interval, intercept=False
    )
    one = pooling.pool(y, v, method=method, interval=interval)
    size = spread(y, v)
    assert close(found.coefficients[0].estimate, one.mu, size)
    assert close(found.tau2, one.tau2, size**2)
    assert close(found.coefficients[0].se, one.se, size)
