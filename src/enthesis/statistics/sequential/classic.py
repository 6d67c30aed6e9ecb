"""The classic shapes for looks planned in advance: Pocock, O'Brien-Fleming, and Wang-Tsiatis between."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.sequential.boundaries import drift_of
from enthesis.statistics.sequential.exits import check_information, exit_probabilities
from enthesis.statistics.sequential.spending import check_probability

__all__ = ["OBRIEN_FLEMING", "POCOCK", "classic_boundary", "inflation_factor"]

#: Shapes of Wang and Tsiatis: the boundary of Z is proportional to t^(shape - 1/2).
POCOCK, OBRIEN_FLEMING = 0.5, 0.0

#: No constant for up to a thousand looks and an alpha of 1e-9 lies outside.
LOWEST, HIGHEST = 0.01, 8.0
TOLERANCE = 1e-12
#: Sample sizes beyond this multiple of the fixed one mean that the boundary is no use.
LARGEST_FACTOR = 20.0


def classic_boundary(information: ArrayLike, *, alpha: float = 0.05, shape: float = POCOCK) -> Array:
    """Two-sided boundary C (t / t_K)^(shape - 1/2) of Z with type I error alpha, (K,).

    Args:
        information: Information at each planned look, (K,), rising.
        alpha: Two-sided type I error.
        shape: 0.5 for Pocock, 0 for O'Brien-Fleming, in between for Wang-Tsiatis.

    Raises:
        InvalidData: Looks that do not rise, an alpha outside (0, 1), or a shape outside [0, 0.5].

    Source: Pocock 1977, doi:10.1093/biomet/64.2.191; O'Brien & Fleming 1979, doi:10.2307/2530245;
        Wang & Tsiatis 1987, doi:10.2307/2531959.
    """
    t = check_information(information)
    check_probability("alpha", alpha)
    if not 0.0 <= shape <= 0.5:
        raise InvalidData(Fault(f"{shape!r} is not a shape;", "shape", "give a number from 0 to 0.5."))
    form = (t / t[-1]) ** (shape - 0.5)

    def excess(c: float) -> float:
        return float(exit_probabilities(t, c * form).crossed[0]) - alpha

    return np.asarray(_root(excess, LOWEST, HIGHEST) * form)


def inflation_factor(
    information: ArrayLike, efficacy: ArrayLike, *, alpha: float = 0.05, power: float = 0.8
) -> float:
    """How many times the information of a single look these boundaries need for the same power.

    Args:
        information: Information at each look, (K,), rising.
        efficacy: Upper boundary of Z at each look, (K,).
        alpha: Two-sided type I error of the single look compared with.
        power: Probability of crossing in the direction of the effect.

    Raises:
        InvalidData: Boundaries that do not fit, or a power not between alpha and 1.

    Source: Jennison & Turnbull 2000, section 2.3, doi:10.1201/9780367805326.
    """
    check_probability("alpha", alpha)
    if not alpha < power < 1.0:
        raise InvalidData(Fault(f"{power!r} is not a power;", "power", "give a number between alpha and 1."))
    t = check_information(information)
    t = t / t[-1]
    fixed = drift_of(alpha, 1.0 - power)

    def shortfall(factor: float) -> float:
        return float(exit_probabilities(t, efficacy, drift=fixed * np.sqrt(factor)).upper.sum()) - power

    return _root(shortfall, 0.5, LARGEST_FACTOR)


def _root(excess: Callable[[float], float], low: float, high: float) -> float:
    """Where ``excess`` changes sign; scipy.optimize is loaded at its first use."""
    from scipy.optimize import brentq

    return float(brentq(excess, low, high, xtol=TOLERANCE))
