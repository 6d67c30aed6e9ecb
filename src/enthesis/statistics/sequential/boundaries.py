"""Monitoring boundaries by error spending: what Z must exceed at each look, and where it is futile."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.distributions import ndtr, ndtri
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.sequential.exits import check_information, exit_probabilities, regions_between
from enthesis.statistics.sequential.spending import check_probability, check_spending, spent
from enthesis.statistics.sequential.walk import Walk, start

__all__ = ["Boundaries", "boundaries", "drift_of"]

#: Less error than this cannot be told from rounding: the look has no boundary, and the error stays
#: for the next one.
LEAST_ERROR = 1e-15
#: No boundary lies further out; ndtri(LEAST_ERROR) is -7.9.
FARTHEST = 9.0
TOLERANCE = 1e-12
SMALLEST = float(np.finfo(np.float64).tiny)

_NONE, _NO_DRIFT = 0.0, np.zeros(1)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Two-sided symmetric boundaries of Z, with non-binding futility.

    Attributes:
        information: Share of the required information at each look, (K,).
        efficacy: |Z| at or beyond it is evidence of an effect, (K,); inf where a look may spend nothing.
        nominal_p: Two-sided p-value that this asks for, (K,).
        alpha_spent: Two-sided type I error spent by each look, (K,), as integrated.
        futility: |Z| below it is futile, (K,); None if not asked for.
        beta_spent: Type II error spent by each look, (K,); None if not asked for.
        alpha: Two-sided type I error in all.
        beta: Type II error in all, at ``drift``.
        drift: Expected Z at full information under the effect that matters.
        power: P(Z beyond the boundary in the effect's direction at some look) at ``drift``, futility
            ignored; below 1 - beta while the information is short of what is required.
        spending: Spending function of alpha.
        futility_spending: Spending function of beta, if asked for.
        rho: Power of the power family.
        residual: Largest difference between error spent and error allowed: the certificate.
    """

    information: Array
    efficacy: Array
    nominal_p: Array
    alpha_spent: Array
    futility: Array | None
    beta_spent: Array | None
    alpha: float
    beta: float
    drift: float
    power: float
    spending: str
    futility_spending: str | None
    rho: float
    residual: float


def boundaries(
    information: ArrayLike,
    *,
    alpha: float = 0.05,
    beta: float = 0.2,
    spending: str = "obrien-fleming",
    futility: str | None = None,
    rho: float = 3.0,
) -> Boundaries:
    """Boundaries for looks at given shares of the required information.

    Efficacy ignores futility (non-binding), so that going on after a futile look costs no type I
    error. At full information the wedge closes: what is not significant there is futile.

    Args:
        information: Share of the required information at each look, (K,), rising; only the last may be
            1 or more, and there all error is spent.
        alpha: Two-sided type I error; each side spends half of it.
        beta: Type II error at the effect that the required information was computed for.
        spending: "obrien-fleming", "pocock" or "power".
        futility: Spending function of beta for the inner wedge, or None for no futility.
        rho: Power of the power family.

    Raises:
        InvalidData: Looks that do not rise, one after full information, or errors outside (0, 1).
        ValueError: An unknown spending function.

    Source: Lan & DeMets 1983, doi:10.1093/biomet/70.3.659; wedge by spending beta: Pampallona, Tsiatis &
        Kim 2001, doi:10.1177/009286150103500408; non-binding: Jennison & Turnbull 2000, ch. 5 and 7.
    """
    t = check_information(information)
    if (early := np.flatnonzero(t[:-1] >= 1.0)).size:
        where = f"information, look {early[0] + 1}"
        raise InvalidData(Fault("no look can follow one at full information.", where))
    check_probability("alpha", alpha)
    check_probability("beta", beta)
    check_spending(spending, rho)
    efficacy = _efficacy(t, spent(t, alpha / 2.0, spending, rho=rho))
    drift = drift_of(alpha, beta)
    under = exit_probabilities(t, efficacy, drift=[0.0, drift])
    alpha_spent = np.cumsum(under.upper[0] + under.lower[0])
    allowed = np.where(np.isfinite(efficacy), 2.0 * spent(t, alpha / 2.0, spending, rho=rho), alpha_spent)
    wedge = beta_spent = None
    if futility is not None:
        check_spending(futility, rho)
        wedge, beta_spent = _wedge(t, efficacy, spent(t, beta, futility, rho=rho), drift)
    return Boundaries(
        information=t,
        efficacy=efficacy,
        nominal_p=2.0 * ndtr(-efficacy),
        alpha_spent=alpha_spent,
        futility=wedge,
        beta_spent=beta_spent,
        alpha=alpha,
        beta=beta,
        drift=drift,
        power=float(under.upper[1].sum()),
        spending=spending,
        futility_spending=futility,
        rho=rho,
        residual=float(np.abs(alpha_spent - allowed).max()),
    )


def drift_of(alpha: float, beta: float) -> float:
    """Expected Z at full information under the effect that a single look finds with power 1 - beta."""
    return float(-ndtri(alpha / 2.0) - ndtri(beta))


def _efficacy(t: Array, target: Array) -> Array:
    """Upper boundary at each look such that the upper exits add up to ``target``, (K,)."""
    found, used, walk = np.full(len(t), np.inf), 0.0, start()
    for k, now in enumerate(t):
        if target[k] - used >= LEAST_ERROR:
            found[k] = _level_crossed_with(walk, now, target[k] - used)
            used += float(walk.above(now, found[k], _NO_DRIFT)[0])
        if k + 1 < len(t):
            walk = walk.advance(now, [(-found[k], found[k])], t[k + 1] - now, _NO_DRIFT)
    return found


def _level_crossed_with(walk: Walk, now: float, error: float) -> float:
    def excess(z: float) -> float:
        return float(np.log(max(walk.above(now, z, _NO_DRIFT)[0], SMALLEST)) - np.log(error))

    return _root(excess, FARTHEST)


def _wedge(t: Array, efficacy: Array, target: Array, drift: float) -> tuple[Array, Array]:
    """Half-width of the wedge at each look, and the type II error spent by then, each (K,)."""
    tilt = np.array([drift])
    found, used, so_far, walk = np.zeros(len(t)), np.zeros(len(t)), 0.0, start()
    for k, now in enumerate(t):
        found[k] = _half_width(walk, now, target[k] - so_far, float(efficacy[k]), tilt)
        so_far += _within(walk, now, found[k], tilt)
        used[k] = so_far
        if k + 1 < len(t):
            walk = walk.advance(now, regions_between(found[k], efficacy[k]), t[k + 1] - now, tilt)
            if not len(walk.s):
                found[k + 1 :], used[k + 1 :] = efficacy[k + 1 :], so_far
                break
    return found, used


def _half_width(walk: Walk, now: float, error: float, outer: float, tilt: Array) -> float:
    if error < LEAST_ERROR:
        return _NONE
    if now >= 1.0 or _within(walk, now, min(outer, FARTHEST), tilt) <= error:
        return outer

    def excess(a: float) -> float:
        return _within(walk, now, a, tilt) - error

    return _root(excess, min(outer, FARTHEST))


def _within(walk: Walk, now: float, a: float, tilt: Array) -> float:
    return float((walk.above(now, -a, tilt) - walk.above(now, a, tilt))[0])


def _root(excess: Callable[[float], float], most: float) -> float:
    """Where ``excess`` changes sign between 0 and ``most``; scipy.optimize is loaded at its first use."""
    from scipy.optimize import brentq

    return float(brentq(excess, 0.0, most, xtol=TOLERANCE))
