"""The compiled kernels against the reference in numpy: the same numbers within 1e-10 whatever the studies.

Both stop Newton's method once a step is below 1e-12 of tau2 + the smallest variance, so tau2 is compared on
that scale; means and intervals on the scale of their own standard error.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from metafor_pooling_cases import pooling_sets

from enthesis import statistics
from enthesis.statistics import bias, pooling

SAME = 1e-10
METHODS = ("REML", "ML", "DL", "PM", "HE", "SJ", "EE")
INTERVALS = ("hartung-knapp", "hartung-knapp-floor", "wald", "wald-t")


@contextmanager
def fast() -> Iterator[None]:
    statistics.use_fast()
    try:
        yield
    finally:
        statistics.use_fast(False)


def check_same(y, v, mask=None, **options) -> None:
    reference = pooling.pool_batch(y, v, mask, **options)
    with fast():
        found = pooling.pool_batch(y, v, mask, **options)
        weights, tau2_ci = found.weights, found.tau2_ci
    np.testing.assert_array_equal(found.valid, reference.valid)
    np.testing.assert_array_equal(found.k, reference.k)
    np.testing.assert_array_equal(found.df, reference.df)
    np.testing.assert_array_equal(found.converged, reference.converged)
    least = np.min(reference.v, axis=1)
    _close(found.tau2, reference.tau2, reference.tau2 + least)
    _close(found.mu, reference.mu, np.abs(reference.mu) + reference.se)
    for name in ("se", "h2", "q"):
        _close(getattr(found, name), getattr(reference, name), np.abs(getattr(reference, name)) + SAME)
    for name in ("i2", "p", "q_p"):
        _close(getattr(found, name), getattr(reference, name), 1.0)
    for name in ("ci", "prediction_interval"):
        ours, theirs = getattr(found, name), getattr(reference, name)
        _close(ours, theirs, np.abs(theirs).max(axis=1, keepdims=True))
    _close(weights, reference.weights, 1.0)
    _close(tau2_ci, reference.tau2_ci, reference.tau2_ci + least[:, None])
    assert np.abs(found.score[found.k > 1]).max(initial=0.0) < 1e-6


def _close(ours, theirs, scale) -> None:
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
    there = ~np.isnan(theirs)
    gap = np.abs(ours - theirs)[there]
    assert (gap <= SAME * np.broadcast_to(scale, theirs.shape)[there]).all(), gap.max()


batches = st.tuples(st.integers(1, 4), st.integers(1, 40)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=st.floats(-1e3, 1e3)),
        arrays(float, shape, elements=st.floats(-6.0, 3.0)).map(lambda x: 10.0**x),
        arrays(bool, shape),
    )
)


@settings(max_examples=300, deadline=None)
@given(batches, st.sampled_from(METHODS), st.sampled_from(INTERVALS))
def test_any_batch_gives_the_same_numbers(batch, method, interval):
    check_same(*batch, method=method, interval=interval)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 60), st.integers(0, 2**32 - 1), st.floats(0.0, 3.0))
def test_batches_as_trials_give_them_are_the_same(k, seed, tau):
    rng = np.random.default_rng(seed)
    v = rng.lognormal(0.0, 1.0, (50, k))
    y = rng.normal(0.0, np.sqrt(v + tau**2))
    check_same(y, v, rng.random((50, k)) < 0.8)


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_every_reference_set_gives_the_same_numbers_whole_and_without_each_study(method):
    seen = 0
    for name, contents in pooling_sets().items():
        if "yi" not in contents:
            continue
        y, v = (np.array(contents[key], dtype=float) for key in ("yi", "vi"))
        k = len(y)
        mask = np.vstack([np.ones((1, k), bool), ~np.eye(k, dtype=bool)])[:60]
        check_same(np.tile(y, (len(mask), 1)), np.tile(v, (len(mask), 1)), mask, method=method)
        seen += 1
        assert name
    assert seen >= 30


def test_several_peaks_give_the_same_highest_one():
    rng = np.random.default_rng(4)
    v = 10.0 ** rng.uniform(-4.0, 2.0, (4000, 4))
    y = rng.standard_cauchy((4000, 4))
    several = pooling.pool_batch(y, v).roots > 1
    assert several.sum() >= 20
    check_same(y[several], v[several])


def test_rows_that_cannot_be_answered_are_flagged_alike():
    y = [[0.0, np.nan, 1.0], [0.0, 1.0, 2.0], [1.0, 2.0, 3.0]]
    check_same(y, [[1.0] * 3, [1.0, -1.0, 1.0], [1.0] * 3], [[True] * 3, [True] * 3, [False] * 3])


def test_threads_may_share_the_kernels():
    rng = np.random.default_rng(1)
    v = rng.uniform(0.1, 1.0, (400, 9))
    y = rng.normal(size=(400, 9))
    with fast():
        alone = pooling.pool_batch(y, v).mu
        with ThreadPoolExecutor(2) as crew:
            together = list(crew.map(lambda _: pooling.pool_batch(y, v).mu, range(8)))
    assert all((one == alone).all() for one in together)


def test_subsets_and_permutations_say_the_same():
    rng = np.random.default_rng(2)
    v = rng.uniform(0.05, 0.3, 14)
    y = rng.normal(0.4, np.sqrt(v + 0.1))
    cloud, p = bias.gosh(y, v, subsets=300), bias.permutation_test(y, v).p
    with fast():
        again, p_again = bias.gosh(y, v, subsets=300), bias.permutation_test(y, v).p
    np.testing.assert_allclose(again.mu, cloud.mu, rtol=0, atol=SAME)
    np.testing.assert_allclose(again.tau2, cloud.tau2, rtol=0, atol=SAME)
    assert p_again == p
