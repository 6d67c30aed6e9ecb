"""Maximum (restricted) likelihood from several starts: the highest summit, and how many there are."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from enthesis.statistics.blocks.climb import Summit, climb
from enthesis.statistics.blocks.likelihood import Curves, curves, split
from enthesis.statistics.blocks.model import BlockModel
from enthesis.statistics.pooling.data import Array

__all__ = ["Found", "search", "shown_parts"]

#: Each start: how much of the excess variance there is to share, how steeply it falls (or rises) from one set
#: of random effects to the next, and the correlation.
STARTS = (
    (1.0, 1.0, 0.5),
    (1.0, 0.1, 0.0),
    (1.0, 10.0, 0.9),
    (0.05, 1.0, 0.3),
    (8.0, 1.0, 0.7),
    (0.3, 3.0, -0.4),
)

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


def search(model: BlockModel, *, restricted: bool, starts: int) -> Found:
    """Climb from ``starts`` deterministic points (at most `len(STARTS)`)."""
    lower, upper = bounds(model)
    evaluate = partial(_evaluate, model, restricted)
    if not len(lower):
        return Found(climb(evaluate, np.empty(0), lower, upper), 0, 0, 1)
    summits: list[Summit] = []
    steps = 0
    for how in STARTS[:starts]:
        theta = np.clip(_start(model, *how), lower, upper)
        summit = climb(evaluate, theta, lower, upper, partial(_is_known, model, list(summits)))
        steps += summit.steps
        if not summit.joined and not any(_same(model, summit, other) for other in summits):
            summits.append(summit)
    best = max(summits, key=lambda summit: summit.curves.value)
    return Found(best, len(STARTS[:starts]), steps, sum(summit.converged for summit in summits))


def bounds(model: BlockModel) -> tuple[Array, Array]:
    """Smallest and largest parameters of all sets together, (q,) each."""
    none = [np.empty(0)]
    lower = np.concatenate(none + [structure.lower for structure in model.structures])
    upper = np.concatenate(none + [structure.upper for structure in model.structures])
    return lower, upper


def shown_parts(model: BlockModel, theta: Array) -> Array:
    """Every variance (in scaled units) and correlation at theta."""
    pairs = zip(model.structures, split(model, theta), strict=True)
    return np.array([part.value for structure, own in pairs for part in structure.parts(own)])


def _evaluate(model: BlockModel, restricted: bool, theta: Array) -> Curves:
    return curves(model, theta, restricted=restricted)


def _start(model: BlockModel, total: float, slant: float, rho: float) -> Array:
    """Excess of the residual variance over the sampling variance, shared by the sets of random effects."""
    y = np.concatenate([batch.y[batch.shelf.present] for batch in model.batches])
    v = model.sampling.variances / model.unit**2
    spread = float(y @ y) / max(len(y) - model.p, 1)
    excess = max(spread - float(v.mean()), 0.1 * float(np.median(v)))
    shares = slant ** np.arange(len(model.structures), dtype=np.float64)
    shares *= total * excess / shares.sum()
    return np.concatenate(
        [s.start(one, rho) for s, one in zip(model.structures, shares.tolist(), strict=True)]
    )


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
    a, b = shown_parts(model, one.theta), shown_parts(model, other.theta)
    return bool((np.abs(a - b) <= relative * (np.abs(b) + 0.1)).all())
