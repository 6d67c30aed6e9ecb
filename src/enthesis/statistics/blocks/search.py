"""Maximum (restricted) likelihood from several starts: the highest summit, and how many there are."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.blocks.climb import Summit, climb
from enthesis.statistics.blocks.likelihood import curves, split
from enthesis.statistics.blocks.model import BlockModel
from enthesis.statistics.blocks.structures import Diagonal
from enthesis.statistics.pooling.data import Array

__all__ = ["STARTS", "Found", "Start", "bounds", "search"]


class Start(NamedTuple):
    """How a climb begins: what of the spread beyond the sampling variance goes where.

    Attributes:
        total: Share of that spread to hand out.
        slant: Share of each set of random effects against the one before.
        rho: Correlation, or the nearest that the structure allows.
        by_level: Each level gets what its own effects show, instead of the mean over levels.
    """

    total: float
    slant: float
    rho: float
    by_level: bool


STARTS = (
    Start(1.0, 1.0, 0.5, by_level=False),
    Start(1.0, 0.1, 0.0, by_level=True),
    Start(1.0, 10.0, 0.9, by_level=True),
    Start(0.05, 1.0, 0.3, by_level=False),
    Start(1.0, 3.0, -0.8, by_level=True),
    Start(8.0, 1.0, 0.7, by_level=False),
    Start(0.3, 0.3, -0.4, by_level=False),
    Start(3.0, 1.0, 0.99, by_level=True),
)

#: Starts for variances alone, whose likelihood hardly ever has a second peak.
FEW = 4

#: Smallest starting variance, as a share of the typical sampling variance.
LEAST = 0.1

#: Two summits this close in log-likelihood, and in every part relative to its size, are one.
SAME_VALUE = 1e-6
SAME_PARTS = 1e-3

#: A climb this close to a known summit (gain still promised; distance in every part) is in its basin.
BASIN_GAIN = 1e-3
BASIN_PARTS = 0.02


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """The best summit of several climbs.

    Attributes:
        best: The highest one.
        starts: Climbs made.
        steps: Newton steps in all climbs.
        optima: Distinct local maxima reached.
    """

    best: Summit
    starts: int
    steps: int
    optima: int


def search(model: BlockModel, *, restricted: bool, starts: int | None) -> Found:
    """Climb from the first ``starts`` of `STARTS`; None for as many as the structures have shown to need.

    Raises:
        CannotEstimate: The covariance is singular to rounding at every start.
    """
    lower, upper = bounds(model)
    evaluate = partial(curves, model, restricted=restricted)
    if not len(lower):
        return Found(climb(evaluate, np.empty(0), lower, upper), 0, 0, 1)
    if starts is None:
        starts = FEW if all(isinstance(one, Diagonal) for one in model.structures) else len(STARTS)
    summits: list[Summit] = []
    steps = 0
    for how in STARTS[:starts]:
        theta = np.clip(_start(model, how), lower, upper)
        try:
            summit = climb(evaluate, theta, lower, upper, partial(_is_known, model, list(summits)))
        except np.linalg.LinAlgError:
            continue
        steps += summit.steps
        if not summit.joined and not any(_same(model, summit, other) for other in summits):
            summits.append(summit)
    if not summits:
        raise CannotEstimate("Effects lie too far apart for their variances: no start can be evaluated.")
    best = max(summits, key=lambda summit: summit.curves.value)
    return Found(best, len(STARTS[:starts]), steps, sum(summit.converged for summit in summits))


def bounds(model: BlockModel) -> tuple[Array, Array]:
    """Smallest and largest parameters of all sets together, (q,) each."""
    none = [np.empty(0)]
    lower = np.concatenate(none + [structure.lower for structure in model.structures])
    upper = np.concatenate(none + [structure.upper for structure in model.structures])
    return lower, upper


def _shown_parts(model: BlockModel, theta: Array) -> Array:
    """Every variance (in scaled units) and correlation at theta."""
    pairs = zip(model.structures, split(model, theta), strict=True)
    return np.array([part.value for structure, own in pairs for part in structure.parts(own)])


def _start(model: BlockModel, how: Start) -> Array:
    """Parameters of all sets of random effects, (q,)."""
    shares = how.slant ** np.arange(len(model.groupings), dtype=np.float64)
    shares *= how.total / shares.sum()
    excess, least = _excess(model), LEAST * float(np.median(model.sampling.variances)) / model.unit**2
    each = []
    for grouping, share in zip(model.groupings, shares.tolist(), strict=True):
        m = len(grouping.levels)
        count = np.bincount(grouping.level, minlength=m)
        by_level = np.bincount(grouping.level, excess, m) / count
        wanted = by_level if how.by_level else np.full(m, excess.mean())
        each.append(grouping.structure.start(share * np.maximum(wanted, least), how.rho))
    return np.concatenate(each)


def _excess(model: BlockModel) -> Array:
    """Squared residual of least squares beyond the sampling variance, in scaled units, (k,)."""
    residual = (model.y - model.X @ model.least_squares) / model.unit
    inflation = model.k / max(model.k - model.p, 1)
    return inflation * residual**2 - model.sampling.variances / model.unit**2


def _is_known(model: BlockModel, summits: list[Summit], here: Summit) -> bool:
    if here.gain > BASIN_GAIN or here.curvature <= 0.0:
        return False
    return any(
        summit.converged
        and abs(summit.curves.value - here.curves.value - here.gain) < BASIN_GAIN
        and _near(model, summit, here, BASIN_PARTS)
        for summit in summits
    )


def _same(model: BlockModel, one: Summit, other: Summit) -> bool:
    return abs(one.curves.value - other.curves.value) < SAME_VALUE and _near(model, one, other, SAME_PARTS)


def _near(model: BlockModel, one: Summit, other: Summit, relative: float) -> bool:
    a, b = _shown_parts(model, one.theta), _shown_parts(model, other.theta)
    return bool((np.abs(a - b) <= relative * (np.abs(b) + 0.1)).all())
