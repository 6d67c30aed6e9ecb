"""The posterior by quadrature against integrals taken another way, and laws it must obey."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import quad
from scipy.special import ndtr

from enthesis.statistics import pooling


@st.composite
def studies(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """One to six effects."""
    k = draw(st.integers(1, 6))
    y = draw(arrays(float, k, elements=st.floats(-5.0, 5.0, width=32)))
    return y, 10.0 ** draw(arrays(float, k, elements=st.floats(-2.0, 1.0, width=32)))


priors = st.one_of(st.none(), st.tuples(st.floats(-2.0, 2.0), st.floats(0.1, 10.0)))
scales = st.sampled_from((0.1, 0.5, 1.0, 5.0))


def given_tau(y, v, tau, mu_prior):
    """Log density of tau without its prior, and mean and variance of mu, from the joint density."""
    mean, precision = (0.0, 0.0) if mu_prior is None else (mu_prior[0], mu_prior[1] ** -2)
    w = 1.0 / (v + tau**2)
    mass = w.sum() + precision
    centre = ((w * y).sum() + precision * mean) / mass
    misfit = (w * (y - centre) ** 2).sum() + precision * (mean - centre) ** 2
    return 0.5 * (np.log(w).sum() - np.log(mass) - misfit), centre, 1.0 / mass


def integral(y, v, scale, mu_prior, value):
    """The posterior expectation of value(tau, centre, variance) by adaptive quadrature."""
    near = scale * np.array([0.0, 0.01, 0.03, 0.1, 0.3])
    # Where data and priors contradict each other, tau goes far beyond its own prior.
    ends = np.append(near, np.linspace(scale, 9.0 * scale + 2.0 * np.abs(y).max() + 4.0, 12))
    top = max(
        given_tau(y, v, t, mu_prior)[0] - 0.5 * (t / scale) ** 2 for t in np.linspace(0.0, ends[-1], 600)
    )

    def density(tau, with_value):
        height, centre, variance = given_tau(y, v, tau, mu_prior)
        weight = np.exp(height - 0.5 * (tau / scale) ** 2 - top)
        return weight * (value(tau, centre, variance) if with_value else 1.0)

    upper, lower = (
        sum(
            quad(density, a, b, args=(flag,), epsabs=1e-13, epsrel=1e-11)[0]
            for a, b in itertools.pairwise(ends)
        )
        for flag in (True, False)
    )
    return upper / lower


@settings(max_examples=25, deadline=None)
@given(studies(), scales, priors)
def test_the_posterior_is_the_integral_over_tau(data, scale, mu_prior):
    y, v = data
    found = pooling.bayes_pool(y, v, tau_scale=scale, mu_prior=mu_prior)
    size = np.ptp(y) + np.sqrt(v.max()) + scale
    assert found.converged
    # The adaptive integrals are good to about 1e-10 of their size.
    assert found.mean == pytest.approx(integral(y, v, scale, mu_prior, lambda t, m, s: m), abs=1e-8 * size)
    assert found.tau_mean == pytest.approx(
        integral(y, v, scale, mu_prior, lambda t, m, s: t), abs=1e-8 * size
    )
    below = integral(y, v, scale, mu_prior, lambda t, m, s: ndtr((found.median - m) / np.sqrt(s)))
    assert below == pytest.approx(0.5, abs=1e-8)
    high = found.prediction_interval[1]
    new = integral(y, v, scale, mu_prior, lambda t, m, s: ndtr((high - m) / np.sqrt(s + t**2)))
    assert new == pytest.approx(0.975, abs=1e-8)


@settings(max_examples=50, deadline=None)
@given(studies(), scales, st.sampled_from((1e-6, 2.54, 1e6)), st.floats(-100.0, 100.0, width=32))
def test_another_unit_and_origin_give_the_same_posterior(data, scale, unit, shift):
    y, v = data
    one = pooling.bayes_pool(y, v, tau_scale=scale)
    other = pooling.bayes_pool(unit * (y + shift), unit**2 * v, tau_scale=unit * scale)
    size = np.ptp(y) + np.sqrt(v.max()) + scale + abs(shift)
    assert other.median / unit - shift == pytest.approx(one.median, abs=1e-9 * size)
    assert other.tau_median / unit == pytest.approx(one.tau_median, abs=1e-9 * size)
    assert other.sd / unit == pytest.approx(one.sd, rel=1e-7)


@settings(max_examples=50, deadline=None)
@given(studies())
def test_a_prior_that_allows_no_heterogeneity_gives_the_common_effect(data):
    y, v = data
    found = pooling.bayes_pool(y, v, tau_scale=1e-6)
    common = pooling.pool(y, v, method="EE", interval="wald")
    # tau of 1e-6 moves weights by tau2 / v <= 1e-10.
    assert found.mean == pytest.approx(common.mu, abs=1e-8 * (np.ptp(y) + 1.0))
    assert found.sd == pytest.approx(common.se, rel=1e-8)
    assert found.interval == pytest.approx(common.ci, abs=1e-7 * (np.ptp(y) + 1.0))


@settings(max_examples=50, deadline=None)
@given(studies(), scales)
def test_a_row_of_a_batch_is_the_single_posterior(data, scale):
    y, v = data
    one = pooling.bayes_pool(y, v, tau_scale=scale)
    wide = np.append(y, np.nan), np.append(v, -1.0)
    mask = np.append(np.ones(len(y), dtype=bool), False)
    batch = pooling.bayes_pool_batch(wide[0][None], wide[1][None], mask[None], tau_scale=scale)
    size = np.ptp(y) + np.sqrt(v.max()) + scale
    assert batch.median[0] == pytest.approx(one.median, abs=1e-10 * size)
    assert batch.tau_median[0] == pytest.approx(one.tau_median, abs=1e-10 * size)
    assert batch.interval[0] == pytest.approx(one.interval, abs=1e-10 * size)
    assert batch.probability_above(0.3)[0] == pytest.approx(float(one.probability_above(0.3)), abs=1e-10)
