"""The nearest maximum of a function within bounds, by Newton's method with exact curvature."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.blocks.likelihood import Curves
from enthesis.statistics.pooling.data import Array

__all__ = ["Summit", "climb"]

MAX_STEPS = 200
#: Halvings of a step before it is given up.
MAX_HALVINGS = 40
#: A step may move a parameter by this many times its size (or the unit of the data).
REACH = 3.0
#: Share of the gain promised by the slope that a step must bring.
ENOUGH = 1e-4
#: A gain this small is lost in the rounding of the value: the step is judged by its slope from here on.
UNSEEN = 1e-8
#: Smallest gain that rounding cannot feign.
ROUNDING = 1e-11
#: Gain promised by one more step at which the maximum is reached; in units of log-likelihood.
REACHED = 1e-18
#: The same, at which an answer counts as converged where rounding allows no more.
ACCEPTED = 1e-10
#: Curvature this small beside the largest, or in itself, is none: the likelihood is flat that way.
FLAT = 1e-11
NO_CURVATURE = 1e-14
#: A curvature below this makes a saddle: log-likelihood per squared size of the parameters.
SADDLE = -1e-6
#: Longest stride along any one direction while the surroundings are a saddle, in sizes of the parameters.
STRIDE = 0.5
#: First step off a saddle, in sizes of the parameters.
ASIDE = 0.3


class Summit(NamedTuple):
    """Where a climb ended.

    Attributes:
        theta: Parameters, (q,).
        curves: Value, gradient and curvature there.
        free: Parameters that no bound holds, (q,).
        gain: What one more Newton step would promise, in log-likelihood.
        curvature: Smallest curvature among free parameters, per their own size; negative at a saddle.
        steps: Newton steps taken.
        joined: The climb was ended because it reached the basin of a summit known before.
    """

    theta: Array
    curves: Curves
    free: NDArray[np.bool_]
    gain: float
    curvature: float
    steps: int
    joined: bool = False

    @property
    def converged(self) -> bool:
        """A local maximum, not a saddle."""
        return self.gain <= ACCEPTED and self.curvature >= SADDLE


def climb(
    evaluate: Callable[[Array], Curves],
    theta: Array,
    lower: Array,
    upper: Array,
    is_known: Callable[[Summit], bool] | None = None,
) -> Summit:
    """Climb from theta, (q,), inside the box; ends early where ``is_known`` recognises a basin.

    Raises:
        LinAlgError: The covariance at theta is singular to rounding; on the way such points are avoided.

    Source: Bertsekas 1982, doi:10.1137/0320018 (bounds); Nocedal & Wright 2006, ch. 3 (modified Newton).
    """
    here = _look(evaluate(theta), theta, lower, upper, 0)
    for count in range(1, MAX_STEPS + 1):
        if here[0].gain <= REACHED and here[0].curvature >= SADDLE:
            break
        ahead = _advance(evaluate, *here, lower, upper, count)
        if ahead is None:
            break
        here = ahead
        if is_known is not None and is_known(here[0]):
            return here[0]._replace(joined=True)
    return here[0]


def _look(curves: Curves, theta: Array, lower: Array, upper: Array, steps: int) -> tuple[Summit, Array]:
    """What is to be seen at theta, and the step to take."""
    size = np.abs(theta) + np.where(np.isfinite(upper) & np.isfinite(lower), 0.1, 1.0)
    held = ((theta <= lower) & (curves.gradient <= 0.0)) | ((theta >= upper) & (curves.gradient >= 0.0))
    while True:
        step, gain, curvature = _newton(curves, size, ~held)
        outwards = ((theta <= lower) & (step < 0.0)) | ((theta >= upper) & (step > 0.0))
        if not outwards.any():
            return Summit(theta, curves, ~held, gain, curvature, steps), step
        held |= outwards


def _newton(curves: Curves, size: Array, free: NDArray[np.bool_]) -> tuple[Array, float, float]:
    """Step, promised gain, and smallest curvature; away from saddles, however curved."""
    step = np.zeros(len(size))
    if not free.any():
        return step, 0.0, 0.0
    scale, around = size[free], np.ix_(free, free)
    slope = curves.gradient[free] * scale
    values, vectors = np.linalg.eigh(-curves.hessian[around] * scale[:, None] * scale)
    smallest, largest = float(values[0]), max(float(np.abs(values).max()), np.finfo(float).tiny)
    downhill = vectors[:, 0] * (1.0 if vectors[:, 0] @ slope >= 0.0 else -1.0)
    is_saddle = smallest < SADDLE
    along, steep = vectors.T @ slope, np.abs(values) > max(FLAT * largest, NO_CURVATURE)
    lengths = np.where(steep, along / np.where(steep, np.abs(values), 1.0), 0.0)
    move = vectors @ (np.clip(lengths, -STRIDE, STRIDE) if is_saddle else lengths)
    gain = 0.5 * float(slope @ move)
    if is_saddle and gain < UNSEEN:
        move = ASIDE * downhill
    step[free] = scale * move * min(1.0, REACH / max(float(np.abs(move).max()), REACH))
    return step, gain, smallest


def _advance(
    evaluate: Callable[[Array], Curves],
    here: Summit,
    step: Array,
    lower: Array,
    upper: Array,
    count: int,
) -> tuple[Summit, Array] | None:
    """The next point uphill, or None where rounding hides it."""
    share = 1.0
    for _ in range(MAX_HALVINGS):
        theta = np.clip(here.theta + share * step, lower, upper)
        share *= 0.5
        try:
            curves = evaluate(theta)
        except np.linalg.LinAlgError:
            continue
        promised = max(float(here.curves.gradient @ (theta - here.theta)), 0.0)
        if here.gain <= UNSEEN and here.curvature >= SADDLE:
            ahead = _look(curves, theta, lower, upper, count)
            if ahead[0].gain < here.gain or curves.value - here.curves.value >= ROUNDING:
                return ahead
            if here.gain <= ACCEPTED:
                return None
            continue
        if curves.value - here.curves.value >= max(ENOUGH * promised, ROUNDING):
            return _look(curves, theta, lower, upper, count)
    return None
