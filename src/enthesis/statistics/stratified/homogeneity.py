"""Is the odds ratio the same in every study? The test of Breslow and Day with Tarone's correction."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.conversions.rules import Array
from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.stratified.strata import read_strata

__all__ = ["ChiSquared", "tarone_breslow_day"]


@dataclass(frozen=True, slots=True)
class ChiSquared:
    """A chi-squared statistic with its p-value."""

    statistic: float
    df: int
    p: float


def tarone_breslow_day(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, odds_ratio: float
) -> ChiSquared:
    """Test that all studies share the odds ratio given, usually that of Mantel-Haenszel.

    It has little power with few or sparse studies: a large p is no proof that they agree.

    Args:
        events1: Patients with the event in arm 1, shape (k,), from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        odds_ratio: The common odds ratio (not its logarithm), above 0.

    Raises:
        InvalidData: Events below 0 or above n, an arm without patients, or an odds ratio of 0 or less.
        CannotEstimate: Fewer than two studies with both patients with and patients without the event.

    Source: Breslow & Day 1980, IARC Scientific Publications 32; Tarone 1985, doi:10.1093/biomet/72.1.91.
    """
    if not 0 < odds_ratio < np.inf:
        raise InvalidData(f"Invalid odds_ratio {odds_ratio}; must be above 0.")
    s = read_strata(events1, n1, events2, n2)
    used = ~s.double_zero
    if used.sum() < 2:
        raise CannotEstimate("One study cannot disagree with itself: two with events are needed.")
    a, n_1, n_2, events = s.a[used], s.n1[used], s.n2[used], s.events[used]
    expected = _expected_events(n_1, n_2, events, odds_ratio)
    rest = n_2 - events + expected
    v = 1 / (1 / expected + 1 / (n_1 - expected) + 1 / (events - expected) + 1 / rest)
    excess = a - expected
    statistic = float(np.sum(excess**2 / v) - excess.sum() ** 2 / v.sum())
    df = int(used.sum()) - 1
    return ChiSquared(statistic, df, float(chdtrc(df, statistic)))


def _expected_events(n1: Array, n2: Array, events: Array, odds_ratio: float) -> Array:
    """Events of arm 1 that give this odds ratio with the margins held: the root inside them."""
    if odds_ratio == 1:
        return n1 * events / (n1 + n2)
    linear = n2 - events + odds_ratio * (n1 + events)
    quadratic = 1 - odds_ratio
    root = np.sqrt(linear**2 + 4 * quadratic * odds_ratio * n1 * events)
    # The form that does not subtract two nearly equal numbers when the odds ratio is close to 1.
    return 2 * odds_ratio * n1 * events / (linear + root)
