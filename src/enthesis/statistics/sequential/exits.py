"""Where a monitored trial ends: the probability of every exit, for any true effect."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.sequential.walk import SMALLEST_STEP, start

__all__ = ["Exits", "check_information", "exit_probabilities", "regions_between"]


@dataclass(frozen=True, slots=True)
class Exits:
    """Probabilities of leaving at each look, for D drifts and K looks.

    Attributes:
        upper: P(first above the upper boundary at this look), (D, K).
        lower: P(first below the lower boundary at this look), (D, K).
        futile: P(first inside the futility wedge at this look), (D, K); 0 without a wedge.
        drift: The drifts, (D,).
    """

    upper: Array
    lower: Array
    futile: Array
    drift: Array

    @property
    def crossed(self) -> Array:
        """P(either efficacy boundary is ever crossed), (D,)."""
        return np.asarray((self.upper + self.lower).sum(axis=1))


def exit_probabilities(
    information: ArrayLike, efficacy: ArrayLike, futility: ArrayLike | None = None, *, drift: ArrayLike = 0.0
) -> Exits:
    """Exact probability of each exit under symmetric boundaries.

    Args:
        information: Shares of the required information, (K,), rising.
        efficacy: Upper boundary of Z at each look, (K,), above 0; the lower one is its mirror. inf: none.
        futility: Half-width of the inner wedge at each look, (K,), from 0 to the boundary, binding here.
        drift: Expected Z at full information, one or (D,); 0 is no effect.

    Raises:
        InvalidData: Looks that do not rise by at least 1e-4, or boundaries that do not fit them.

    Source: Armitage, McPherson & Rowe 1969, doi:10.2307/2343787.
    """
    t = check_information(information)
    outer, inner = _check_boundaries(len(t), efficacy, futility)
    drifts = np.atleast_1d(np.asarray(drift, dtype=np.float64))
    if drifts.ndim != 1 or not np.isfinite(drifts).all():
        raise InvalidData(Fault("give one finite number, or one per case.", "drift"))
    upper, lower, futile = (np.zeros((len(drifts), len(t))) for _ in range(3))
    walk = start()
    for k, now in enumerate(t):
        upper[:, k] = walk.above(now, outer[k], drifts)
        lower[:, k] = walk.below(now, -outer[k], drifts)
        if inner[k] > 0.0:
            futile[:, k] = walk.above(now, -inner[k], drifts) - walk.above(now, inner[k], drifts)
        if k + 1 < len(t):
            walk = walk.advance(now, regions_between(inner[k], outer[k]), t[k + 1] - now, drifts)
    return Exits(upper, lower, futile, drifts)


def regions_between(inner: float, outer: float) -> list[tuple[float, float]]:
    """Where Z goes on: inside the boundaries, outside the wedge."""
    return [(-outer, outer)] if inner <= 0.0 else [(-outer, -inner), (inner, outer)]


def check_information(information: ArrayLike) -> Array:
    """Shares of the information as a rising column.

    Raises:
        InvalidData: Empty, not above 0, or looks that lie closer than 1e-4.
    """
    t = np.asarray(information, dtype=np.float64)
    if t.ndim != 1 or not len(t):
        raise InvalidData(Fault("give the share of the information at each look.", "information"))
    steps = np.diff(t, prepend=0.0)
    faults = [
        Fault(
            f"{t[i]} does not lie {SMALLEST_STEP:g} or more after {t[i] - steps[i]};",
            f"information, look {i + 1}",
            "shares of the information must rise from above 0.",
        )
        for i in np.flatnonzero(~((steps >= SMALLEST_STEP * (1.0 - 1e-9)) & np.isfinite(t)))
    ]
    if faults:
        raise InvalidData(faults)
    return t


def _check_boundaries(looks: int, efficacy: ArrayLike, futility: ArrayLike | None) -> tuple[Array, Array]:
    outer = np.asarray(efficacy, dtype=np.float64)
    inner = np.zeros(looks) if futility is None else np.asarray(futility, dtype=np.float64)
    if outer.shape != (looks,) or inner.shape != (looks,):
        raise InvalidData(f"{looks} looks need as many boundaries; got {outer.shape} and {inner.shape}.")
    faults = []
    if not (outer > 0.0).all():
        faults.append(Fault("a boundary of Z must lie above 0.", "efficacy"))
    if not ((inner >= 0.0) & (inner <= outer)).all():
        faults.append(Fault("a wedge must lie between 0 and the boundary.", "futility"))
    if faults:
        raise InvalidData(faults)
    return outer, inner
