"""Could a multiverse like this one arise where nothing works? Signs of whole studies flipped at random."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.permutation import coarse_p_value
from enthesis.statistics.distributions import ndtri
from enthesis.statistics.multiverse.estimation import Estimates, estimate
from enthesis.statistics.multiverse.specifications import Multiverse
from enthesis.statistics.pooling import Caveat
from enthesis.statistics.pooling.data import Array

__all__ = ["SignFlipTest", "sign_flip_test"]

#: Statistics that are equal in theory differ by rounding.
EQUAL = 1e-8


@dataclass(frozen=True, slots=True)
class SignFlipTest:
    """Joint inference over a multiverse.

    Attributes:
        p_median: P-value of a median estimate this far from 0.
        p_significant: P-value of so large a share of specifications significant in one direction.
        p_stouffer: P-value of an average z this far from 0.
        median: Observed median estimate.
        significant: Observed share significant in the more frequent direction.
        stouffer: Observed average z.
        flips: Sign patterns behind the p-values, the observed one among them.
        exact: All patterns were taken.
        smallest_p: Smallest p-value possible here.
        specifications: Specifications with an answer.
        caveats: Doubts that the reader must see.
    """

    p_median: float
    p_significant: float
    p_stouffer: float
    median: float
    significant: float
    stouffer: float
    flips: int
    exact: bool
    smallest_p: float
    specifications: int
    caveats: tuple[Caveat, ...]


def sign_flip_test(found: Multiverse, *, flips: int = 500, seed: int = 0, workers: int = 2) -> SignFlipTest:
    """P-values of no effect in any specification, from flipping the sign of each study in all of them.

    Every flip costs all distinct analyses anew: for a large multiverse draw some specifications first
    (`sample_specifications`).

    Args:
        found: A multiverse.
        flips: All sign patterns are taken when there are no more than this; else so many are drawn.
        seed: The same seed gives the same p-values.
        workers: Threads.

    When it misleads: with S studies no p-value is below 2 / 2^S; it assumes that true effects scatter
    symmetrically about 0 where nothing works, and the null is that there is no mean effect at all, not
    that it is below the MCID.

    Raises:
        InvalidData: Fewer than one flip.
        CannotEstimate: No answer at all, or a single study.

    Source: Simonsohn, Simmons & Nelson 2020, doi:10.1038/s41562-020-0912-z.
    """
    if flips < 1:
        raise InvalidData(Fault(f"{flips!r} is no number of flips;", "flips", "give 1 or more."))
    studies = np.unique(found.choice[found.choice >= 0]) if found.choice.size else np.empty(0, np.int64)
    used = np.unique(found.candidates.study[studies])
    if len(used) < 2:
        raise CannotEstimate(f"Flipping signs needs at least 2 studies; {len(used)} used.")
    weight = np.bincount(found.row, minlength=found.distinct)
    observed = _statistics(found.estimates, weight)
    exact = len(used) < 60 and 2 ** (len(used) - 1) <= flips
    patterns = (
        _all(len(used)) if exact else np.random.default_rng(seed).choice([-1.0, 1.0], (flips, len(used)))
    )
    extreme = np.zeros(3, dtype=np.int64)
    for pattern in patterns:
        sign = np.ones(len(found.candidates.names))
        sign[used] = pattern
        flipped = estimate(
            found.candidates.y * sign[found.candidates.study],
            found.candidates.v,
            found.choice,
            found.selection,
            found.analysis,
            found.options,
            workers,
        )
        extreme += np.abs(_statistics(flipped, weight)) >= np.abs(observed) * (1.0 - EQUAL)
    # The observed pattern belongs to the random ones; the exact ones hold it, and mirrors count alike.
    taken = len(patterns) if exact else len(patterns) + 1
    p = (extreme if exact else extreme + 1) / taken
    smallest = max(2.0 ** (1 - len(used)), 0.0 if exact else 1.0 / taken)
    return SignFlipTest(
        p_median=float(p[0]),
        p_significant=float(p[1]),
        p_stouffer=float(p[2]),
        median=float(observed[0]),
        significant=float(observed[1]),
        stouffer=float(observed[2]),
        flips=2 * taken if exact else taken,
        exact=exact,
        smallest_p=smallest,
        specifications=int(weight[found.estimates.valid].sum()),
        caveats=coarse_p_value(smallest),
    )


def _statistics(at: Estimates, weight: NDArray[np.int64]) -> Array:
    """Median estimate, largest one-sided share of significant ones, and average z, over specifications."""
    some = at.valid
    times, mu, ci = weight[some], at.mu[some], at.ci[some]
    total = times.sum()
    order = np.argsort(mu)
    place = np.searchsorted(np.cumsum(times[order]), [0.5 * total, 0.5 * total + 0.5])
    median = mu[order[np.minimum(place, len(mu) - 1)]].mean()
    above, below = times[ci[:, 0] > 0.0].sum(), times[ci[:, 1] < 0.0].sum()
    z = -np.sign(mu) * ndtri(np.maximum(0.5 * at.p[some], np.finfo(np.float64).tiny))
    return np.array([median, max(above, below) / total, (times @ z) / total])


def _all(studies: int) -> Array:
    """Half of the sign patterns: each mirror image gives the same absolute statistics."""
    codes = np.arange(2 ** (studies - 1))
    return np.where((codes[:, None] >> np.arange(studies)) & 1, -1.0, 1.0)
