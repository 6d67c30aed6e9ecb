"""Henmi and Copas' confidence interval, less moved by small-study effects."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, ndtri

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.pooling.data import Array, check_level, prepare
from enthesis.statistics.pooling.results import Caveat

__all__ = ["HenmiCopas", "henmi_copas"]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)
# The normal density is 0 to double precision this far out.
_FAR = 40.0


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


def _tail_probability(v: Array, tau2: float) -> Callable[[float], float]:
    """t -> P((mu - true effect) / se > t), with the true tau2 equal to the estimate.

    With R the estimate standardised by its true standard error, E(Q | R) and Var(Q | R) are linear in R^2.
    """
    k, w = len(v), 1 / v
    total, spread = w.sum(), v + tau2
    w2 = w @ w / total
    inflation = 1 + tau2 * w2
    variance = inflation / total
    pull = w * spread / total  # covariance of each effect with the estimate
    lean = pull / variance
    within = w * spread - w * pull**2 / variance  # diagonal of W Cov(y | estimate)
    mean_0, mean_2 = within.sum(), (w @ lean**2 - total) * variance
    cross = (w * pull) @ pull / variance
    var_0 = 2 * ((w * spread) @ (w * spread) - 2 * (w * spread) @ (w * pull**2) / variance + cross**2)
    bent = w * lean
    var_2 = 4 * ((bent * spread) @ bent - (bent @ pull) ** 2 / variance) * variance

    def tail(t: float) -> float:
        start = t / np.sqrt(inflation)
        r = start + (_NODES + 1) / 2 * min(_FAR, 12.0)
        mean, var = mean_0 + mean_2 * r**2, np.maximum(var_0 + var_2 * r**2, 0.0)
        limit = (k - 1) + (total - w2) / w2 * (r**2 * inflation / t**2 - 1)
        below = gammainc(mean**2 / var, np.maximum(limit, 0.0) * mean / var)
        density = np.exp(-(r**2) / 2) / np.sqrt(2 * np.pi)
        return float(_WEIGHTS @ (below * density) * 6.0)

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
