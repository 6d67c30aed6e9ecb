"""What a multiverse says as a whole: its sorted curve, and how many specifications say what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.multiverse.specifications import Multiverse
from enthesis.statistics.pooling.data import Array

__all__ = ["Shares", "SpecificationCurve", "shares", "specification_curve"]

FAVOURS = {"greater": 1.0, "less": -1.0}


@dataclass(frozen=True, slots=True)
class SpecificationCurve:
    """Estimates in rising order.

    Attributes:
        position: Specification at each point, (points,).
        share: Share of the answered specifications that lie before the point, 0-1, (points,).
        mu: Pooled effects, (points,).
        ci: Their intervals, (points, 2).
        k: Studies, (points,).
    """

    position: NDArray[np.int64]
    share: Array
    mu: Array
    ci: Array
    k: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of the answered specifications say what, as shares 0-1.

    Attributes:
        answered: Specifications with an answer.
        unanswered: Specifications without a study.
        benefit: Estimate in favour.
        beyond: Estimate in favour and beyond the threshold.
        surely_beyond: Whole interval beyond the threshold.
        significant_benefit: Interval excludes no effect, in favour.
        significant_harm: Interval excludes no effect, against.
        neither: Interval includes no effect.
        lowest: Smallest estimate.
        median: Median estimate.
        highest: Largest estimate.
        middle: Estimates between which the middle 90 % lie.
        threshold: The threshold asked about, 0 or more.
        favours: Direction of benefit.
    """

    answered: int
    unanswered: int
    benefit: float
    beyond: float
    surely_beyond: float
    significant_benefit: float
    significant_harm: float
    neither: float
    lowest: float
    median: float
    highest: float
    middle: tuple[float, float]
    threshold: float
    favours: str


def specification_curve(found: Multiverse, *, points: int | None = None) -> SpecificationCurve:
    """The specification curve, whole or at evenly spaced points with both ends.

    Args:
        found: A multiverse.
        points: How many points to keep, 2 or more; all if left out or if there are no more.

    Raises:
        CannotEstimate: No specification has an answer.
        InvalidData: Fewer than two points.

    Source: Simonsohn, Simmons & Nelson 2020, doi:10.1038/s41562-020-0912-z.
    """
    if points is not None and points < 2:
        raise InvalidData(Fault(f"{points!r} points make no curve;", "points", "give 2 or more."))
    answered = np.flatnonzero(_answered(found))
    order = answered[np.argsort(found.mu[answered], kind="stable")]
    kept = np.arange(len(order))
    if points is not None and points < len(order):
        kept = np.round(np.linspace(0, len(order) - 1, points)).astype(np.int64)
    position = order[kept]
    row = found.row[position]
    at = found.estimates
    return SpecificationCurve(position, kept / len(order), at.mu[row], at.ci[row], at.k[row])


def shares(found: Multiverse, *, threshold: float = 0.0, favours: str = "greater") -> Shares:
    """How many specifications find a benefit, one beyond the threshold, harm, or neither.

    Args:
        found: A multiverse.
        threshold: Smallest effect that matters (the MCID), 0 or more, in y's unit.
        favours: Direction of benefit: "greater" or "less".

    Raises:
        CannotEstimate: No specification has an answer.
        InvalidData: A threshold below 0.
        ValueError: A direction that is neither.
    """
    if favours not in FAVOURS:
        raise ValueError(f"Unknown direction {favours!r}; give one of {', '.join(FAVOURS)}.")
    if not 0.0 <= threshold < np.inf:
        raise InvalidData(Fault(f"{threshold!r} is not a size of effect;", "threshold", "give 0 or more."))
    answered = _answered(found)
    count = np.bincount(found.row[answered], minlength=found.distinct)
    total = int(count.sum())
    sign = FAVOURS[favours]
    mu, ends = sign * found.estimates.mu, np.sort(sign * found.estimates.ci, axis=1)

    def part(flags: NDArray[np.bool_]) -> float:
        return int(count[flags].sum()) / total

    benefit, harm = ends[:, 0] > 0.0, ends[:, 1] < 0.0
    estimates = found.mu[answered]
    low, middle, high = np.quantile(estimates, [0.05, 0.5, 0.95]).tolist()
    return Shares(
        answered=int(answered.sum()),
        unanswered=int((~answered).sum()),
        benefit=part(mu > 0.0),
        beyond=part(mu > threshold),
        surely_beyond=part(ends[:, 0] > threshold),
        significant_benefit=part(benefit),
        significant_harm=part(harm),
        neither=part(~benefit & ~harm & found.estimates.valid),
        lowest=float(estimates.min()),
        median=middle,
        highest=float(estimates.max()),
        middle=(low, high),
        threshold=float(threshold),
        favours=favours,
    )


def _answered(found: Multiverse) -> NDArray[np.bool_]:
    answered = found.valid
    if not answered.any():
        raise CannotEstimate("No specification leaves a study to analyse.")
    return answered
