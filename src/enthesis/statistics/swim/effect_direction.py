"""Vote counting by direction of effect: in how many studies does the estimate favour treatment?

It answers whether there is any effect in a constant direction, not how large, and it lets a trial of twenty
patients weigh as much as one of two hundred. Votes by statistical significance are not counted: a small trial
of a good treatment would vote against it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Rule, between, check_option, complete, require
from enthesis.statistics.distributions import bdtr, betaincinv, ndtri

__all__ = ["EffectDirection", "IntervalMethod", "count_directions", "proportion_interval"]

IntervalMethod = Literal["wilson", "clopper-pearson"]

# With five votes or fewer even a unanimous one has p above 0.05.
FEW_VOTES = 6


@dataclass(frozen=True, slots=True)
class EffectDirection:
    """How many of the studies with a direction favour treatment."""

    k: int
    """Studies with a direction."""
    favourable: int
    proportion: float
    ci: tuple[float, float]
    level: float
    interval_method: IntervalMethod
    p: float
    """Exact two-sided sign test of an even split."""
    without_direction: int
    """Studies with no, mixed or unclear direction, which do not vote."""
    caveats: tuple[str, ...]


def count_directions(
    directions: ArrayLike, *, level: float = 0.95, interval_method: IntervalMethod = "wilson"
) -> EffectDirection:
    """Proportion of studies whose estimate favours treatment, with its interval and exact sign test.

    Args:
        directions: One per study: 1 favours treatment, -1 favours the comparator, 0 no direction (exactly
            none, mixed or unclear), whatever its significance.
        level: Coverage of the interval, in (0, 1).
        interval_method: "wilson" (score interval, close to the named coverage) or "clopper-pearson" (exact,
            never below it).

    Raises:
        InvalidData: A direction other than 1, -1 and 0, or a level outside (0, 1).
        CannotEstimate: No study has a direction.

    Source: Cochrane Handbook 12.2.1.3; Campbell et al. 2020 (SWiM), doi:10.1136/bmj.l6890; Boon &
    Thomson 2021, doi:10.1002/jrsm.1458.
    """
    (votes,) = read_columns(directions=directions)
    votes = np.atleast_1d(votes)
    require(*complete(directions=votes), Rule("directions", votes, ~np.isin(votes, (-1, 0, 1)), "1, -1 or 0"))
    favourable, against = int(np.sum(votes == 1)), int(np.sum(votes == -1))
    k = favourable + against
    if k == 0:
        raise CannotEstimate("No study has a direction of effect: there is nothing to count.")
    return EffectDirection(
        k=k,
        favourable=favourable,
        proportion=favourable / k,
        ci=proportion_interval(favourable, k, level=level, method=interval_method),
        level=level,
        interval_method=interval_method,
        p=_sign_test(favourable, k),
        without_direction=int(votes.size) - k,
        caveats=_caveats(k, int(votes.size) - k),
    )


def proportion_interval(
    events: int, n: int, *, level: float = 0.95, method: IntervalMethod = "wilson"
) -> tuple[float, float]:
    """Confidence interval of a proportion.

    Args:
        events: Successes, from 0 to n.
        n: Trials, at least 1.
        level: Coverage, in (0, 1).
        method: "wilson" or "clopper-pearson".

    Raises:
        InvalidData: Events outside 0 to n, or a level outside (0, 1).

    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953; Clopper & Pearson 1934,
    doi:10.1093/biomet/26.4.404.
    """
    check_option("interval_method", method, IntervalMethod)
    x, size, coverage = read_columns(events=events, n=n, level=level)
    require(
        between("level", coverage, 0, 1),
        Rule("n", size, size < 1, "at least 1"),
        Rule("events", x, (x < 0) | (x > size), "from 0 to n"),
    )
    return _clopper_pearson(events, n, level) if method == "clopper-pearson" else _wilson(events, n, level)


def _wilson(x: int, n: int, level: float) -> tuple[float, float]:
    z2 = float(ndtri((1 + level) / 2)) ** 2
    centre = (x + z2 / 2) / (n + z2)
    half = float(np.sqrt(z2 * (x * (n - x) / n + z2 / 4))) / (n + z2)
    # At 0 and n the limit is exactly 0 and 1; rounding must not push it past.
    return (0.0 if x == 0 else centre - half, 1.0 if x == n else centre + half)


def _clopper_pearson(x: int, n: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    lo = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    hi = 1.0 if x == n else float(betaincinv(x + 1, n - x, 1 - tail))
    return lo, hi


def _sign_test(favourable: int, k: int) -> float:
    return min(1.0, 2 * float(bdtr(min(favourable, k - favourable), k, 0.5)))


def _caveats(k: int, without_direction: int) -> tuple[str, ...]:
    caveats = ["Directions of effect say nothing of its size, and small studies count as much as large ones."]
    if k < FEW_VOTES:
        caveats.append(f"So few studies with a direction ({k}) cannot reach p = 0.05 even if all agree.")
    if without_direction:
        caveats.append(f"Studies without a clear direction, not counted: {without_direction}.")
    return tuple(caveats)
