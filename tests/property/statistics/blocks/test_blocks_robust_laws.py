"""Laws of cluster-robust errors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.statistics import blocks
from enthesis.statistics.blocks import ThreeLevel
from made_blocks import make_trials

seeds = st.integers(0, 2**32 - 1)
some = settings(max_examples=20, deadline=None)


@some
@given(seeds, st.integers(4, 20), st.integers(1, 5))
def test_equal_clusters_make_cr2_the_t_test_of_cluster_means(seed: int, clusters: int, size: int):
    """Balanced and without moderators: CR2 is CR1 and the variance of the cluster means, with n - 1 df.

    Source: Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004.
    """
    rng = np.random.default_rng(seed)
    study = np.repeat(np.arange(clusters), size)
    y = rng.normal(size=clusters)[study] + rng.normal(size=len(study))
    found = blocks.fit(y, np.full(len(y), 0.1), random=[ThreeLevel(study.tolist())])
    means = y.reshape(clusters, size).mean(axis=1)
    for kind in ("CR1", "CR2"):
        (mean,) = blocks.robust(found, kind=kind).coefficients
        assert mean.estimate == pytest.approx(means.mean(), rel=1e-9, abs=1e-12)
        assert mean.se == pytest.approx(means.std(ddof=1) / np.sqrt(clusters), rel=1e-9)
        assert blocks.robust(found, kind=kind).df == pytest.approx((clusters - 1.0,), rel=1e-9)


@some
@given(seeds, st.sampled_from(("CR1", "CR2")))
def test_order_shift_and_unit_do_not_matter(seed: int, kind: str):
    trials = make_trials(seed)
    order = np.random.default_rng(seed).permutation(trials.k)
    other = trials.take(order)
    one = blocks.fit(trials.y, trials.v, trials.week, ["week"], random=[ThreeLevel(trials.trial)])
    two = blocks.fit(
        8.0 * other.y + 3.0, 64.0 * other.v, other.week, ["week"], random=[ThreeLevel(other.trial)]
    )
    mine, its = blocks.robust(one, kind=kind), blocks.robust(two, kind=kind)
    assert mine.df == pytest.approx(its.df, rel=1e-5)
    for before, after in zip(mine.coefficients, its.coefficients, strict=True):
        assert 8.0 * before.se == pytest.approx(after.se, rel=1e-5)


@some
@given(seeds)
def test_coarser_clusters_than_blocks_are_summed(seed: int):
    """Two trials of one team as one cluster: the scores of its blocks add up."""
    trials = make_trials(seed, trials=12)
    team = [int(name.split()[1]) // 2 for name in trials.trial]
    found = blocks.fit(trials.y, trials.v, random=[ThreeLevel(trials.trial)])
    result = blocks.robust(found, team, kind="CR1")
    assert result.clusters == 6
    M = _covariance(found, trials.trial, trials.v)
    weights = np.linalg.solve(M, np.ones(trials.k))
    residual = trials.y - found.coefficients[0].estimate
    codes = np.array(team)
    # The score of a team, from whole matrices: weights follow the trials' own covariances.
    W = np.linalg.inv(M)
    scores = [
        np.ones(trials.k)[codes == t] @ W[np.ix_(codes == t, codes == t)] @ residual[codes == t]
        for t in range(6)
    ]
    se = np.sqrt(np.square(scores).sum() * 6.0 / 5.0) / weights.sum()
    assert result.coefficients[0].se == pytest.approx(se, rel=1e-8)


def _covariance(found: blocks.BlockFit, trial: list[str], v: np.ndarray) -> np.ndarray:
    between, within = (one.value for one in found.components)
    same = np.array(trial)[:, None] == np.array(trial)
    return np.diag(v + within) + between * same
