"""Laws of block models that hold for any trials."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.statistics import blocks, pooling
from enthesis.statistics.blocks import Multivariate, RandomIntercept, ThreeLevel
from enthesis.statistics.blocks.fit import fit as fit_model
from enthesis.statistics.blocks.likelihood import log_likelihood
from made_blocks import Trials, make_trials

#: Both routes end within 1e-12 of the top in log-likelihood, so components within 1e-6 of their size.
SAME = 1e-6

seeds = st.integers(0, 2**32 - 1)
structures = st.sampled_from(blocks.STRUCTURES)
methods = st.sampled_from(("REML", "ML"))
some = settings(max_examples=15, deadline=None)


def term(trials: Trials, structure: str) -> Multivariate:
    """The multivariate term of made trials; outcomes, or weeks where the structure needs times."""
    if structure in ("AR", "HAR", "CAR"):
        return Multivariate(trials.trial, trials.week, structure)
    return Multivariate(trials.trial, trials.outcome, structure)


def values(fit: blocks.BlockFit) -> dict[str, float]:
    """Components by name."""
    return {one.name: one.value for one in fit.components}


def likelihood(fit: blocks.BlockFit) -> float:
    """The log-likelihood that was maximised."""
    return (fit.reml if fit.method == "REML" else fit.ml).log_likelihood


@some
@given(seeds, structures, methods)
def test_the_order_of_effects_does_not_matter(seed: int, structure: str, method: str):
    trials = make_trials(seed)
    other = trials.take(np.random.default_rng(seed).permutation(trials.k))
    one = blocks.fit(trials.y, trials.v, random=[term(trials, structure)], method=method)
    two = blocks.fit(other.y, other.v, random=[term(other, structure)], method=method)
    assert likelihood(one) == pytest.approx(likelihood(two), abs=1e-8)
    assert one.coefficients[0].estimate == pytest.approx(two.coefficients[0].estimate, rel=SAME, abs=SAME)
    assert one.coefficients[0].se == pytest.approx(two.coefficients[0].se, rel=SAME)


@some
@given(seeds, st.floats(-50.0, 50.0))
def test_a_shift_of_all_effects_shifts_the_mean_alone(seed: int, shift: float):
    trials = make_trials(seed)
    model = [ThreeLevel(trials.trial)]
    one = blocks.fit(trials.y, trials.v, random=model)
    two = blocks.fit(trials.y + shift, trials.v, random=model)
    assert two.coefficients[0].estimate - shift == pytest.approx(one.coefficients[0].estimate, abs=SAME)
    assert two.coefficients[0].se == pytest.approx(one.coefficients[0].se, rel=SAME)
    assert values(two) == pytest.approx(values(one), rel=SAME, abs=1e-9)


@some
@given(seeds, structures, st.integers(-12, 12))
def test_a_change_of_unit_scales_everything_with_it(seed: int, structure: str, power: int):
    trials, unit = make_trials(seed), 2.0**power
    one = blocks.fit(trials.y, trials.v, random=[term(trials, structure)])
    two = blocks.fit(unit * trials.y, unit**2 * trials.v, random=[term(trials, structure)])
    assert two.coefficients[0].estimate == pytest.approx(unit * one.coefficients[0].estimate, rel=1e-12)
    assert two.residual.q == pytest.approx(one.residual.q, rel=1e-12)
    for mine, other in zip(one.components, two.components, strict=True):
        scale = unit**2 if mine.kind == "variance" else 1.0
        assert other.value == pytest.approx(scale * mine.value, rel=1e-12)


@some
@given(seeds, methods)
def test_one_effect_per_study_is_ordinary_pooling(seed: int, method: str):
    rng = np.random.default_rng(seed)
    y, v = rng.normal(0.2, 0.6, 9), rng.uniform(0.02, 0.2, 9)
    plain = pooling.pool(y, v, method=method, interval="wald")
    found = blocks.fit(y, v, random=[RandomIntercept(range(9))], method=method)
    (mu,), (tau2,) = found.coefficients, found.components
    assert (mu.estimate, mu.se) == pytest.approx((plain.mu, plain.se), rel=SAME)
    assert tau2.value == pytest.approx(plain.tau2, rel=SAME, abs=1e-9)
    assert found.residual.q == pytest.approx(plain.q, rel=1e-10)


@some
@given(seeds, methods)
def test_fit_statistics_are_those_of_ordinary_pooling(seed: int, method: str):
    rng = np.random.default_rng(seed)
    y, v, x = rng.normal(0.2, 0.6, 9), rng.uniform(0.02, 0.2, 9), rng.normal(size=9)
    found = blocks.fit(y, v, x, ["x"], random=[RandomIntercept(range(9))], method=method)
    for mine, restricted in ((found.ml, False), (found.reml, True)):
        other = pooling.fit_statistics(y, v, x, ["x"], method=method, restricted=restricted)
        numbers = (mine.log_likelihood, mine.deviance, mine.aic, mine.bic, mine.aicc)
        expected = (other.log_likelihood, other.deviance, other.aic, other.bic, other.aicc)
        # The likelihood that was not maximised has a slope at the estimates.
        assert numbers == pytest.approx(expected, abs=1e-6)


@some
@given(seeds)
def test_three_levels_with_one_effect_per_study_know_only_the_sum(seed: int):
    rng = np.random.default_rng(seed)
    y, v = rng.normal(0.2, 0.6, 9), rng.uniform(0.02, 0.2, 9)
    plain = pooling.pool(y, v, interval="wald")
    found = blocks.fit(y, v, random=[ThreeLevel(range(9))])
    assert sum(values(found).values()) == pytest.approx(plain.tau2, rel=SAME, abs=1e-9)
    assert found.coefficients[0].se == pytest.approx(plain.se, rel=SAME)


@some
@given(seeds)
def test_without_random_effects_it_is_the_common_effect(seed: int):
    trials = make_trials(seed)
    plain = pooling.pool(trials.y, trials.v, method="EE", interval="wald")
    found = blocks.fit(trials.y, trials.v, random=[])
    (mu,) = found.coefficients
    assert (mu.estimate, mu.se, *mu.ci) == pytest.approx((plain.mu, plain.se, *plain.ci), rel=1e-10)
    assert found.components == ()


@some
@given(seeds, st.floats(0.0, 2.0), methods)
def test_a_correlation_of_one_is_one_effect_per_study(seed: int, tau2: float, method: str):
    trials, restricted = make_trials(seed), method == "REML"
    shared = fit_model(trials.y, trials.v, random=[RandomIntercept(trials.trial)], method=method)
    tied = fit_model(trials.y, trials.v, random=[term(trials, "CS")], method=method)
    one = log_likelihood(shared.model, np.array([tau2]), restricted=restricted)
    two = log_likelihood(tied.model, np.array([tau2, 1.0]), restricted=restricted)
    assert one == pytest.approx(two, rel=1e-12)
    assert likelihood(tied) >= likelihood(shared) - 1e-9


@some
@given(seeds)
def test_compound_symmetry_is_three_levels_written_otherwise(seed: int):
    """tau2 rho between studies and tau2 (1 - rho) within them, where each outcome stands once per study."""
    trials = make_trials(seed, between=0.6, within=0.4)
    three = blocks.fit(trials.y, trials.v, random=[ThreeLevel(trials.trial)])
    tied = blocks.fit(trials.y, trials.v, random=[term(trials, "CS")])
    tau2, rho = values(tied)["tau2"], values(tied)["rho"]
    assert likelihood(tied) >= likelihood(three) - 1e-9
    if rho >= 0.0:
        expected = {"sigma2[study]": tau2 * rho, "sigma2[study/effect]": tau2 * (1.0 - rho)}
        assert values(three) == pytest.approx(expected, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("seed", range(12))
def test_a_richer_structure_never_fits_worse(seed: int):
    trials = make_trials(seed)
    ladders = (("ID", "CS", "HCS", "UN"), ("ID", "DIAG", "HCS"), ("ID", "AR", "HAR"))
    for ladder in ladders:
        found = [likelihood(blocks.fit(trials.y, trials.v, random=[term(trials, one)])) for one in ladder]
        assert all(after >= before - 1e-8 for before, after in pairwise(found)), ladder


@some
@given(seeds, structures, methods)
def test_no_neighbour_of_the_answer_is_more_likely(seed: int, structure: str, method: str):
    trials, rng = make_trials(seed), np.random.default_rng(seed)
    found = fit_model(trials.y, trials.v, random=[term(trials, structure)], method=method)
    assert found.converged
    lower = np.concatenate([one.lower for one in found.model.structures])
    upper = np.concatenate([one.upper for one in found.model.structures])
    top = log_likelihood(found.model, found.theta, restricted=method == "REML")
    for _ in range(10):
        near = np.clip(
            found.theta + rng.normal(0.0, 0.02, len(lower)) * (1.0 + np.abs(found.theta)), lower, upper
        )
        assert log_likelihood(found.model, near, restricted=method == "REML") <= top + 1e-9


@some
@given(seeds, st.floats(-0.3, 0.9))
def test_a_whole_matrix_and_its_blocks_say_the_same(seed: int, rho: float):
    trials = make_trials(seed)
    sparse = blocks.sampling_covariance(trials.v, trials.trial, rho=rho)
    one = blocks.fit(trials.y, sparse, random=[ThreeLevel(trials.trial)])
    two = blocks.fit(trials.y, sparse.dense(), random=[ThreeLevel(trials.trial)])
    assert one.coefficients == two.coefficients
    assert one.components == two.components


@some
@given(seeds)
def test_profile_intervals_hold_the_estimate_and_grow_with_the_level(seed: int):
    trials = make_trials(seed, trials=8)
    found = blocks.fit(trials.y, trials.v, random=[ThreeLevel(trials.trial)])
    wide, narrow = blocks.profile_intervals(found, level=0.95), blocks.profile_intervals(found, level=0.5)
    for outer, inner in zip(wide, narrow, strict=True):
        assert outer.ci[0] <= inner.ci[0] <= outer.value <= inner.ci[1] <= outer.ci[1]
