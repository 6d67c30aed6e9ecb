"""Permutation test of a pooled effect."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.pooling import pool_batch
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["EQUAL", "PermutationTest", "batches", "check_permutations", "coarse_p_value", "permutation_test"]

#: Statistics that are equal in theory differ by rounding; they count as equal within this share.
EQUAL = 1e-8
# Permutations computed at once: bounds the memory, not the number.
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """P-value that needs no normal distribution.

    Attributes:
        p: Two-sided p-value.
        statistic: Observed mu / se.
        permutations: Number of permutations behind p, the observed one among them.
        exact: All permutations were taken; otherwise a random sample.
        smallest_p: Smallest p-value that this number of studies or permutations can give.
        method: Estimator of tau2, used anew in every permutation.
        k: Number of studies.
        caveats: Doubts that the reader must see.
    """

    p: float
    statistic: float
    permutations: int
    exact: bool
    smallest_p: float
    method: str
    k: int
    caveats: tuple[Caveat, ...]


def permutation_test(
    y: ArrayLike,
    v: ArrayLike,
    *,
    permutations: int = 1000,
    method: str = "REML",
    interval: str = "wald",
    seed: int | Generator = 0,
) -> PermutationTest:
    """P-value of a mean effect of 0 from flipping the signs of the effects.

    Args:
        y: Effect of each study, shape (k,), on one additive scale with 0 as no effect.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        permutations: All sign patterns are taken when there are no more than this; else so many are drawn.
        method: Estimator of tau2, used anew in every permutation.
        interval: Statistic to permute: "wald" (mu / se) or "hartung-knapp".
        seed: Seed or generator of the draws; the same seed gives the same p-value.

    When it misleads: with k studies no p-value can be below 2 / 2^k, so below 6 studies it never reaches
    0.05; it assumes that true effects scatter symmetrically around their mean.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: One study, or effects that are all 0.

    Source: Follmann & Proschan 1999, doi:10.1111/j.0006-341X.1999.00732.x; random draws: Phipson & Smyth
        2010, doi:10.2202/1544-6115.1585.
    """
    y, v = check_effects(y, v)
    check_permutations(permutations)
    k = len(y)
    if k < 2:
        raise CannotEstimate("A permutation test needs at least 2 studies; 1 given.")
    if not y.any():
        raise CannotEstimate("All effects are 0; flipping their signs changes nothing.")

    def statistics(signs: Array) -> Array:
        batch = pool_batch(signs * y, np.broadcast_to(v, signs.shape), method=method, interval=interval)
        return np.abs(batch.statistic)

    observed = pool_batch(y[None], v[None], method=method, interval=interval).statistic[0]
    exact = k < 60 and 2**k <= permutations
    patterns = _all_signs(k) if exact else _random_signs(k, permutations, np.random.default_rng(seed))
    extreme, taken = 0, 0
    for signs in patterns:
        extreme += int(np.count_nonzero(statistics(signs) >= abs(observed) * (1 - EQUAL)))
        taken += len(signs)
    # The observed pattern is one of the random ones, so that p is never 0; its mirror doubles the exact ones.
    extreme, taken = (2 * extreme, 2 * taken) if exact else (extreme + 1, taken + 1)
    smallest = max(2.0 ** (1 - k), 0.0 if exact else 1 / taken)
    caveats = coarse_p_value(smallest)
    return PermutationTest(extreme / taken, float(observed), taken, exact, smallest, method, k, caveats)


def _all_signs(k: int) -> Iterator[Array]:
    """Half of the sign patterns: the mirror image of each gives the same absolute statistic."""
    for start, size in batches(2 ** (k - 1)):
        codes = np.arange(start, start + size)
        yield np.where((codes[:, None] >> np.arange(k)) & 1, -1.0, 1.0)


def _random_signs(k: int, n: int, rng: Generator) -> Iterator[Array]:
    for _, size in batches(n):
        yield rng.choice([-1.0, 1.0], size=(size, k))


def batches(n: int) -> Iterator[tuple[int, int]]:
    """Start and size of each batch of n permutations."""
    for start in range(0, n, _CHUNK):
        yield start, min(_CHUNK, n - start)


def coarse_p_value(smallest: float) -> tuple[Caveat, ...]:
    """A caveat where even the smallest possible p-value is large."""
    if smallest < 0.05:
        return ()
    text = f"No p-value below {smallest:.3g} is possible here, whatever the effects."
    return (Caveat("coarse-p-value", text),)


def check_permutations(permutations: int) -> None:
    """Refuse less than one permutation.

    Raises:
        InvalidData: It is less.
    """
    if permutations < 1:
        raise InvalidData(
            Fault(f"{permutations!r} is no number of permutations;", "permutations", "give 1 or more.")
        )
