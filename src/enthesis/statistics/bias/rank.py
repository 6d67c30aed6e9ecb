"""Begg and Mazumdar's rank correlation test of funnel-plot asymmetry."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias.applicability import MINIMUM_K, asymmetry_caveats, check_enough_studies
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["RankTest", "rank_test"]

# The exact null distribution costs of the order of k cubed; past this k the normal one differs by less
# than the last printed digit.
_LARGEST_EXACT_K = 200


@dataclass(frozen=True, slots=True)
class RankTest:
    """Rank correlation between standardised effect and variance.

    Attributes:
        tau: Kendall's tau-b, -1 to 1; 0 for a symmetric funnel.
        p: Two-sided p-value of tau = 0.
        exact: p comes from the exact distribution; otherwise normal, corrected for ties.
        k: Number of studies.
        caveats: Doubts that the reader must see.
    """

    tau: float
    p: float
    exact: bool
    k: int
    caveats: tuple[Caveat, ...]


def rank_test(y: ArrayLike, v: ArrayLike, *, minimum_k: int = MINIMUM_K) -> RankTest:
    """Whether effects and variances are correlated in rank.

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        minimum_k: Refuse below this many studies; lower it only to validate the code.

    When it misleads: its power is low, lower than Egger's, so a large p-value says little. Where y and v
    are linked by construction (SMD, OR, RR) tau is not 0 under symmetry either.

    Raises:
        InvalidData: y or v break a rule.
        CannotEstimate: Too few studies, or all effects or all variances alike.

    Source: Begg & Mazumdar 1994, doi:10.2307/2533446.
    """
    y, v = check_effects(y, v)
    check_enough_studies(len(y), max(minimum_k, 2), "The rank correlation test")
    deviate = standardised_deviates(y, v)
    distinct = min(len(np.unique(deviate)), len(np.unique(v)))
    if distinct < 2:
        raise CannotEstimate("All effects or all variances are alike; there are no ranks to correlate.")
    exact = distinct == len(y) <= _LARGEST_EXACT_K
    # Imported here: scipy.stats costs more to load than all the rest of the statistics.
    from scipy.stats import kendalltau

    found = kendalltau(deviate, v, method="exact" if exact else "asymptotic")
    return RankTest(float(found.statistic), float(found.pvalue), exact, len(y), asymmetry_caveats(y, v))


def standardised_deviates(y: Array, v: Array) -> Array:
    """Each effect's distance from the common mean over the standard error of that distance."""
    w = v.min() / v
    z, first = y - y[np.argmin(v)], np.argmax(w)
    # v - 1 / sum(w) is v times the share of the others' weight; summed apart for the largest study, so
    # that one which dwarfs the rest does not cancel to 0.
    others = w.sum() - w
    others[first] = np.delete(w, first).sum()
    return (z - w @ z / w.sum()) / np.sqrt(v * others / w.sum())
