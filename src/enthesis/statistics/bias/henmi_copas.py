"""Henmi and Copas' confidence interval, less moved by small-study effects."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.distributions import gammainc, ndtri
from enthesis.statistics.pooling.data import Array, check_level, prepare
from enthesis.statistics.pooling.results import Caveat

__all__ = ["HenmiCopas", "henmi_copas"]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)
# Past this the normal tail is below 1e-32.
_FAR = 12.0


@dataclass(frozen=True, slots=True)
class HenmiCopas:
    """Common-effect estimate with an interval that allows for heterogeneity.

    Attributes:
        mu: Common-effect estimate: large studies keep their weight.
        se: Its standard error under heterogeneity.
        ci: Interval at ``level``: mu -/+ ``critical`` x se.
        critical: Quantile of the approximate distribution of (mu - true effect) / se.
        tau2: DerSimonian-Laird between-study variance.
        level: Coverage.
        k: Number of studies.
        caveats: Doubts that the reader must see.
    """

    mu: float
    se: float
    ci: tuple[float, float]
    critical: float
    tau2: float
    level: float
    k: int
    caveats: tuple[Caveat, ...]


def henmi_copas(y: ArrayLike, v: ArrayLike, *, level: float = 0.95) -> HenmiCopas:
    """Common-effect estimate with an interval valid under heterogeneity.

    The estimate gives small studies less say than a random-effects mean; the interval uses the joint
    distribution of the estimate and Q (given the estimate, Q is taken as gamma with its exact two moments).

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        level: Coverage of the interval.

    When it misleads: one huge study decides alone; bias that also touches large studies stays in full.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Fewer than two studies.

    Source: Henmi & Copas 2010, doi:10.1002/sim.4029.
    """
    y, v = check_effects(y, v)
    check_level(level)
    if len(y) < 2:
        raise CannotEstimate("The Henmi-Copas interval needs at least 2 studies; 1 given.")
    studies = prepare(y[None], v[None])
    z, s = studies.z[0], studies.v[0]
    w = 1 / s
    total = w.sum()
    centre = w @ z / total
    surplus = w @ (z - centre) ** 2 - (len(y) - 1)
    tau2 = max(0.0, surplus / (w * _others(w)).sum() * total)
    se = float(np.sqrt((1 + tau2 * (w @ w) / total) / total))
    critical = _critical(s, tau2, level)
    unit, mu = float(studies.unit[0]), float(studies.origin[0] + studies.unit[0] * centre)
    half = critical * se * unit
    return HenmiCopas(
        mu=mu,
        se=se * unit,
        ci=(mu - half, mu + half),
        critical=critical,
        tau2=float(tau2) * unit**2,
        level=level,
        k=len(y),
        caveats=_caveats(w, critical, level),
    )


def _critical(v: Array, tau2: float, level: float) -> float:
    # Imported here: the optimisers cost more to load than the rest of this room.
    from scipy.optimize import brentq

    gap = _tail_probability(v, tau2)
    low, high = 0.1, 10.0
    while gap(low) < (1 - level) / 2:
        low /= 2
    while gap(high) > (1 - level) / 2:
        high *= 2
    return float(brentq(lambda t: gap(t) - (1 - level) / 2, low, high, xtol=1e-12))


@dataclass(frozen=True, slots=True)
class _QGivenEstimate:
    """Mean and variance of Q given the estimate: constant + slope times R^2, R the standardised estimate."""

    mean: tuple[float, float]
    variance: tuple[float, float]


def _q_given_estimate(v: Array, tau2: float) -> _QGivenEstimate:
    """Exact moments, with the most precise study in front.

    Q is d'Ad in the differences d to that study, so that a study which dwarfs the rest, or a large tau2,
    cancels nothing. Given the estimate, d is normal with covariance C; A C is a diagonal plus rank three.
    """
    w_all = 1 / v
    total = w_all.sum()
    variance = (1 + tau2 * (w_all @ w_all) / total) / total
    w, spread, first = w_all[1:], v[1:] + tau2, v[0] + tau2
    b = tau2 * (w - w_all[0]) / total  # covariance of d with the estimate
    cw = spread * w + first * w.sum() - b * (b @ w) / variance  # C w
    left = np.stack([first * w, -w * b / variance, -w / total])
    right = np.stack([np.ones(len(w)), b, cw])
    core = right @ left.T
    diagonal = w * spread
    square = diagonal @ diagonal + 2 * (diagonal * left * right).sum() + (core * core.T).sum()
    ab = w * b - w * (w @ b) / total
    cab = spread * ab + first * ab.sum() - b * (b @ ab) / variance
    return _QGivenEstimate(
        mean=(float(diagonal.sum() + np.trace(core)), float(b @ ab / variance)),
        variance=(float(2 * square), float(4 * (ab @ cab) / variance)),
    )


def _tail_probability(v: Array, tau2: float) -> Callable[[float], float]:
    """t -> P((mu - true effect) / se > t), with the true tau2 equal to the estimate."""
    w = 1 / v
    total, w2 = w.sum(), w @ w / w.sum()
    inflation = 1 + tau2 * w2
    q = _q_given_estimate(v, tau2)

    def tail(t: float) -> float:
        r = t / np.sqrt(inflation) + (_NODES + 1) / 2 * _FAR
        mean, variance = (constant + slope * r**2 for constant, slope in (q.mean, q.variance))
        limit = (len(v) - 1) + (total - w2) / w2 * (r**2 * inflation / t**2 - 1)
        below = gammainc(mean**2 / variance, np.maximum(limit, 0.0) * mean / variance)
        density = np.exp(-(r**2) / 2) / np.sqrt(2 * np.pi)
        return float(_WEIGHTS @ (below * density) * _FAR / 2)

    return tail


def _others(w: Array) -> Array:
    """Sum of the weights of the other studies, without cancellation."""
    before = np.concatenate([[0.0], np.cumsum(w[:-1])])
    return before + np.concatenate([np.cumsum(w[:0:-1])[::-1], [0.0]])


def _caveats(w: Array, critical: float, level: float) -> tuple[Caveat, ...]:
    found = []
    if w.max() > 0.5 * w.sum():
        found.append(Caveat("one-study-decides", f"One study carries {w.max() / w.sum():.0%} of the weight."))
    if critical < -ndtri((1 - level) / 2):
        text = "The interval is shorter than that of a common effect; the approximation leans on tau2 near 0."
        found.append(Caveat("shorter-than-common-effect", text))
    return tuple(found)
