"""GOSH: the pooled effect of many subsets of the studies."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.pooling import pool_batch
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["Gosh", "gosh"]

# Up to this k all 2^k - 1 subsets are at most 4095 and are taken without sampling.
_LARGEST_COMPLETE_K = 12


@dataclass(frozen=True, slots=True)
class Gosh:
    """One row for each subset of at least two studies.

    Attributes:
        mu: Pooled effect, (B,).
        tau2: Between-study variance, (B,).
        i2: Share of the variance that lies between studies, 0-1, (B,).
        members: Which studies are in the subset, (B, k).
        complete: All subsets were taken; otherwise a random sample of them.
        method: Estimator of tau2.
        caveats: Doubts that the reader must see.
    """

    mu: Array
    tau2: Array
    i2: Array
    members: NDArray[np.bool_]
    complete: bool
    method: str
    caveats: tuple[Caveat, ...]


def gosh(
    y: ArrayLike, v: ArrayLike, *, subsets: int = 2000, method: str = "REML", seed: int | Generator = 0
) -> Gosh:
    """Pooled effect and heterogeneity of all subsets, or of a random sample of them.

    Two clouds in the plot of i2 against mu mean that the studies are a mixture; ``members`` tells which
    study divides them.

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        subsets: How many to draw. All are taken when there are no more than that and k is at most 12.
        method: Estimator of tau2.
        seed: Seed or generator of the draws; the same seed gives the same subsets.

    When it misleads: subsets overlap, so the spread of the cloud is not a confidence region; a single
    outlier in many studies divides every cloud in two.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Fewer than three studies: there is one subset only.

    Source: Olkin, Dahabreh & Trikalinos 2012, doi:10.1002/jrsm.1053.
    """
    y, v = check_effects(y, v)
    k = len(y)
    if subsets < 1:
        raise InvalidData(Fault(f"{subsets!r} is no number of subsets;", "subsets", "give 1 or more."))
    if k < 3:
        raise CannotEstimate(f"GOSH needs at least 3 studies; {k} given.")
    complete = k <= _LARGEST_COMPLETE_K and 2**k - k - 1 <= subsets
    members = _all_subsets(k) if complete else _random_subsets(k, subsets, np.random.default_rng(seed))
    shape = members.shape
    fits = pool_batch(
        np.broadcast_to(y, shape), np.broadcast_to(v, shape), members, method=method, interval="wald"
    )
    caveats = _caveats(len(members), complete, int(np.count_nonzero(~fits.converged)))
    return Gosh(fits.mu, fits.tau2, fits.i2, members, complete, method, caveats)


def _caveats(n: int, complete: bool, failed: int) -> tuple[Caveat, ...]:
    found = []
    if not complete:
        found.append(Caveat("sample-of-subsets", f"{n} subsets drawn at random, not all of them."))
    if failed:
        found.append(Caveat("not-converged", f"tau2 was not found in {failed} subsets."))
    return tuple(found)


def _all_subsets(k: int) -> NDArray[np.bool_]:
    members = (np.arange(2**k)[:, None] >> np.arange(k)) & 1 == 1
    return members[members.sum(axis=1) >= 2]


def _random_subsets(k: int, n: int, rng: Generator) -> NDArray[np.bool_]:
    """n subsets, each equally likely among those of two studies or more."""
    members = rng.random((n, k)) < 0.5
    while (small := members.sum(axis=1) < 2).any():
        members[small] = rng.random((np.count_nonzero(small), k)) < 0.5
    return members
