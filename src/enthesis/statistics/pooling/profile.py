"""Bounds of tau2 from the generalised Q and from the profile likelihood, in scaled units."""

from typing import NamedTuple

import numpy as np

from enthesis.statistics.distributions import chdtri
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.likelihood import Model, log_likelihood, score_curves
from enthesis.statistics.pooling.maximise import stationary_points
from enthesis.statistics.pooling.moments import root_of_generalised_q

__all__ = ["ProfileBounds", "profile_likelihood", "q_profile"]

MAX_STEPS = 200
SMALLEST_STEP = 1e-12


class ProfileBounds(NamedTuple):
    """The outermost tau2 values that the likelihood does not reject.

    Attributes:
        low: Lower bound; 0 where the boundary is not rejected.
        high: Upper bound.
        connected: Nothing between them is rejected.
    """

    low: float
    high: float
    connected: bool


def q_profile(model: Model, level: float) -> Array:
    """Where the generalised Q leaves its chi-square limits, (n, 2).

    Both limits are 0 where even tau2 = 0 leaves Q below the lower limit.

    Source: Viechtbauer 2007, doi:10.1002/sim.2514.
    """
    df = np.asarray(model.k - model.p, dtype=np.float64)
    tail = (1.0 - level) / 2.0
    lower = root_of_generalised_q(model, chdtri(df, tail)).tau2
    upper = root_of_generalised_q(model, chdtri(df, 1.0 - tail), start=lower).tau2
    return np.stack([lower, upper], axis=1)


def profile_likelihood(model: Model, level: float, *, restricted: bool) -> ProfileBounds:
    """Where the log-likelihood falls by half the chi-square quantile below its maximum; one analysis.

    Between stationary points the likelihood is monotone, so each bound is the only crossing of a
    known stretch; beyond the last one it falls for ever, so the search needs no upper limit.

    Source: Hardy & Thompson 1996, doi:10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A.
    """
    stationary = stationary_points(model, restricted=restricted)
    points = [0.0, *stationary.tolist()]
    value = np.array([_value(model, t, restricted=restricted) for t in points])
    cut = float(value.max() - 0.5 * chdtri(1, 1.0 - level))
    points.append(_far_out(model, points[-1], cut, restricted=restricted))
    kept = np.flatnonzero(value >= cut)
    first, last = int(kept[0]), int(kept[-1])
    low = 0.0
    if first > 0:
        low = _crossing(model, cut, points[first], points[first - 1], restricted=restricted)
    high = _crossing(model, cut, points[last], points[last + 1], restricted=restricted)
    return ProfileBounds(low, high, bool((value[first : last + 1] >= cut).all()))


def _value(model: Model, t: float, *, restricted: bool) -> float:
    return float(log_likelihood(model, np.array([t]), restricted=restricted)[0])


def _far_out(model: Model, t: float, cut: float, *, restricted: bool) -> float:
    """A tau2 beyond t at which the likelihood is below the cut."""
    floor = float(model.v.min())
    while _value(model, t, restricted=restricted) >= cut:
        t = 2.0 * (t + floor)
    return t


def _crossing(model: Model, cut: float, inside: float, outside: float, *, restricted: bool) -> float:
    """The tau2 between a kept and a rejected value at which the likelihood meets the cut."""
    floor, t = float(model.v.min()), 0.5 * (inside + outside)
    for _ in range(MAX_STEPS):
        gap = _value(model, t, restricted=restricted) - cut
        inside, outside = (t, outside) if gap >= 0.0 else (inside, t)
        c = score_curves(model, np.array([t]), restricted=restricted)
        slope = 0.5 * float(c.g[0] - c.h[0])
        ahead = t - gap / slope if slope != 0.0 else inside
        between = min(inside, outside) < ahead < max(inside, outside)
        step = (ahead if between else 0.5 * (inside + outside)) - t
        t += step
        if abs(step) <= SMALLEST_STEP * (t + floor):
            break
    return t
