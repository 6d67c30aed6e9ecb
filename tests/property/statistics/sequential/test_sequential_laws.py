"""Laws of monitoring that hold for any looks and any trials."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from enthesis.errors import CannotEstimate
from enthesis.statistics import sequential

#: Gauss-Legendre panels of 16 points and a bracketed root at 1e-12 leave rounding.
EXACT = 1e-10

spendings = st.sampled_from(sequential.SPENDINGS)


@st.composite
def informations(draw: st.DrawFn, most: int = 8) -> np.ndarray:
    """One to eight looks, at least a hundredth of the information apart."""
    steps = draw(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=most))
    t = np.cumsum(steps)
    return t / t[-1] * draw(st.floats(0.2, 1.0))


@settings(max_examples=60, deadline=None)
@given(informations(), spendings, st.floats(0.005, 0.2), st.floats(0.5, 4.0))
def test_type_one_error_is_what_the_function_allows(t, spending, alpha, rho):
    found = sequential.boundaries(t, alpha=alpha, spending=spending, rho=rho)
    assert found.residual <= EXACT
    under_null = sequential.exit_probabilities(t, found.efficacy)
    assert under_null.crossed[0] == pytest.approx(
        2.0 * float(sequential.spent(t[-1], alpha / 2.0, spending, rho=rho)), abs=EXACT
    )


@settings(max_examples=40, deadline=None)
@given(informations(4), st.floats(0.3, 3.5), st.floats(-4.0, 4.0))
def test_staying_inside_agrees_with_the_multivariate_normal(t, bound, drift):
    """Another route: the looks' joint normal distribution, integrated by scipy as one box."""
    left = sequential.exit_probabilities(t, np.full(len(t), bound), drift=drift).crossed[0]
    covariance = np.sqrt(np.minimum.outer(t, t) / np.maximum.outer(t, t))
    box = multivariate_normal(drift * np.sqrt(t), covariance, allow_singular=True, seed=7, maxpts=400_000)
    inside = box.cdf(np.full(len(t), bound), lower_limit=np.full(len(t), -bound))
    # Genz's quasi-Monte Carlo is asked for 1e-5 and gives a few times that.
    assert 1.0 - left == pytest.approx(inside, abs=2e-4)


@settings(max_examples=40, deadline=None)
@given(informations(), spendings)
def test_futility_never_reaches_past_the_boundary_and_costs_no_alpha(t, spending):
    without = sequential.boundaries(t, spending=spending)
    found = sequential.boundaries(t, spending=spending, futility=spending)
    assert (found.futility >= 0.0).all()
    assert (found.futility <= found.efficacy).all()
    assert found.efficacy == pytest.approx(without.efficacy)
    binding = sequential.exit_probabilities(t, found.efficacy, found.futility)
    assert binding.crossed[0] <= 2.0 * float(sequential.spent(t[-1], 0.025, spending)) + EXACT


@settings(max_examples=40, deadline=None)
@given(informations(), spendings, st.floats(0.05, 0.4))
def test_beta_spent_before_full_information_is_what_the_function_allows(t, spending, beta):
    found = sequential.boundaries(t, beta=beta, futility=spending)
    exits = sequential.exit_probabilities(t, found.efficacy, found.futility, drift=found.drift)
    spent = np.cumsum(exits.futile[0])
    assert spent == pytest.approx(found.beta_spent, abs=EXACT)
    free = (t < 1.0) & (found.futility < found.efficacy) & (found.futility > 0.0)
    assert spent[free] == pytest.approx(sequential.spent(t[free], beta, spending), abs=EXACT)


@settings(max_examples=40, deadline=None)
@given(informations(), spendings)
def test_probabilities_of_all_exits_and_of_none_add_up(t, spending):
    found = sequential.boundaries(t, spending=spending)
    for drift in (0.0, 1.5, -3.0):
        exits = sequential.exit_probabilities(t, found.efficacy, drift=drift)
        mirrored = sequential.exit_probabilities(t, found.efficacy, drift=-drift)
        assert 0.0 <= exits.crossed[0] <= 1.0 + EXACT
        assert exits.upper == pytest.approx(mirrored.lower, abs=EXACT)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(2, 8), st.integers(0, 10_000), st.floats(0.01, 100.0), st.sampled_from(("greater", "less"))
)
def test_a_change_of_unit_or_of_direction_changes_no_status(k, seed, unit, favours):
    rng = np.random.default_rng(seed)
    v = rng.uniform(0.5, 2.0, k)
    y, n = rng.normal(0.8, np.sqrt(v + 0.3)), rng.integers(20, 100, k)
    needed = sequential.required_information_for_means(0.5, 2.0)
    options = {"timing": "retrospective"}
    one = sequential.monitor(y, v, n, needed, favours=favours, **options)
    scaled = sequential.monitor(unit * y, unit**2 * v, n, needed, favours=favours, **options)
    turned = sequential.monitor(
        -y, v, n, needed, favours="less" if favours == "greater" else "greater", **options
    )
    assert [look.status for look in one.looks] == [look.status for look in scaled.looks]
    assert [look.status for look in one.looks] == [look.status for look in turned.looks]
    for a, b, c in zip(one.looks, scaled.looks, turned.looks, strict=True):
        assert b.z == pytest.approx(a.z, abs=1e-6)
        assert c.z == pytest.approx(-a.z, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 8), st.integers(0, 10_000))
def test_the_adjusted_interval_excludes_no_effect_exactly_when_the_boundary_is_crossed(k, seed):
    rng = np.random.default_rng(seed)
    v = rng.uniform(0.5, 2.0, k)
    y, n = rng.normal(1.0, np.sqrt(v)), rng.integers(20, 100, k)
    found = sequential.monitor(
        y,
        v,
        n,
        sequential.required_information_for_means(0.5, 2.0),
        favours="greater",
        timing="prospective",
    )
    crossed = {sequential.Status.BENEFIT, sequential.Status.HARM}
    for i in found.formal:
        look = found.looks[i]
        low, high = look.adjusted_ci
        assert low <= look.ci[0] + 1e-9
        assert high >= look.ci[1] - 1e-9
        assert (low > 0.0 or high < 0.0) == (look.status in crossed)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 12), st.integers(0, 10_000))
def test_diversity_is_never_below_i2_and_grows_the_required_information(k, seed):
    """Wetterslev et al. 2009 prove D2 >= I2 for the DerSimonian-Laird tau2 and Higgins's I2 from Q."""
    rng = np.random.default_rng(seed)
    v = rng.uniform(0.1, 4.0, k)
    y = rng.normal(0.0, np.sqrt(v + 2.0))
    found = sequential.diversity(y, v, method="DL")
    w = 1.0 / v
    q = np.sum(w * (y - np.sum(w * y) / w.sum()) ** 2)
    assert found.d2 >= max(0.0, 1.0 - (k - 1) / q) - 1e-9
    adjusted = sequential.required_information_for_means(10.0, 20.0, d2=found.d2)
    assert adjusted.participants >= adjusted.unadjusted


@settings(max_examples=40, deadline=None)
@given(informations(), spendings, st.integers(1, 7))
def test_a_boundary_depends_on_no_later_look(t, spending, kept):
    """That is what spending is for: neither the number nor the timing of later looks need be known."""
    early = t[: min(kept, len(t))]
    early = early[early < 1.0]
    if not len(early):
        return
    whole = sequential.boundaries(t, spending=spending, futility=spending)
    part = sequential.boundaries(early, spending=spending, futility=spending)
    assert part.efficacy == pytest.approx(whole.efficacy[: len(early)], abs=1e-8)
    assert part.futility == pytest.approx(whole.futility[: len(early)], abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(informations(), spendings, st.floats(0.01, 0.1))
def test_more_alpha_makes_the_first_boundary_nearer(t, spending, alpha):
    strict = sequential.boundaries(t, alpha=alpha, spending=spending).efficacy
    generous = sequential.boundaries(t, alpha=2.0 * alpha, spending=spending).efficacy
    assert (generous[0] < strict[0]) or np.isinf(strict[0])


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 12),
    st.integers(0, 10_000),
    st.floats(-3.0, 4.0),
    st.floats(-2.0, 4.0),
    st.sampled_from(("REML", "DL", "EE")),
    st.sampled_from(("wald", "wald-t", "hartung-knapp", "hartung-knapp-floor")),
)
def test_monitoring_answers_with_numbers_or_says_why_not(k, seed, size, spread, method, interval):
    """Effects and variances over seven powers of ten; information from a thousandth to a thousandfold."""
    rng = np.random.default_rng(seed)
    v = 10.0 ** rng.uniform(-spread - 2.0, spread + 2.0, k)
    y = rng.normal(0.0, 10.0**size, k)
    n = rng.integers(5, 5000, k)
    needed = sequential.required_information_for_means(10.0 ** rng.uniform(-1.0, 1.0), 5.0)
    options = {"favours": "less", "timing": "retrospective", "method": method, "interval": interval}
    if k < 2:
        with pytest.raises(CannotEstimate, match="monitoring needs at least 2 studies"):
            sequential.monitor(y, v, n, needed, **options)
        return
    found = sequential.monitor(y, v, n, needed, **options)
    for look in found.looks:
        assert np.isfinite([look.mu, look.se, look.z, look.p, *look.ci, look.information]).all()
        if look.efficacy is not None:
            assert look.efficacy > 0.0
            assert not np.isnan(look.adjusted_ci).any()
    assert found.boundaries.residual < EXACT
