"""Weight functions: how likely a study with a given p-value is to be seen.

Every function is written in z, the effect over its standard error, signed so that the favoured
direction is positive; the one-sided p-value is 1 - Phi(z).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from enthesis.statistics.distributions import log_ndtr, ndtr
from enthesis.statistics.pooling.data import Array

__all__ = ["SMOOTH_WEIGHTS", "SmoothWeight"]

# Beta and power weights run to 0 or infinity at the ends of the p-value's range, and their normalising
# integral then need not exist. They are held constant outside p in (1e-5, 1 - 1e-5).
_Z_CUT = 4.2648907939228247
# 1 - Phi(9) is below 1e-18: past this the other functions are constant in double precision.
_Z_FAR = 9.0


@dataclass(frozen=True, slots=True)
class SmoothWeight:
    """A weight function of the p-value, continuous, constant for abs(z) above ``reach``.

    Attributes:
        log_weight: z, delta -> log of the weight, shape of z.
        slope: z, delta -> derivative of that by each delta, (number of deltas,) + shape of z.
        reach: abs(z) from which the weight is constant.
        null: Each delta under no selection.
        lowest: Smallest value of each delta.
        source: Paper and DOI.
    """

    log_weight: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    reach: float
    null: tuple[float, ...]
    lowest: tuple[float, ...]
    source: str


def _beta(z: Array, delta: Array) -> Array:
    return (delta[0] - 1) * log_ndtr(-z) + (delta[1] - 1) * log_ndtr(z)


def _beta_slope(z: Array, _delta: Array) -> Array:
    return np.stack([log_ndtr(-z), log_ndtr(z)])


def _half_normal(z: Array, delta: Array) -> Array:
    return -delta[0] * ndtr(-z) ** 2


def _half_normal_slope(z: Array, _delta: Array) -> Array:
    return -(ndtr(-z)[None] ** 2)


def _negative_exponential(z: Array, delta: Array) -> Array:
    return -delta[0] * ndtr(-z)


def _negative_exponential_slope(z: Array, _delta: Array) -> Array:
    return -ndtr(-z)[None]


def _logistic(z: Array, delta: Array) -> Array:
    return np.log(2) - np.logaddexp(0.0, delta[0] * ndtr(-z))


def _logistic_slope(z: Array, delta: Array) -> Array:
    p = ndtr(-z)
    return -(p / (1 + np.exp(-delta[0] * p)))[None]


def _power(z: Array, delta: Array) -> Array:
    return delta[0] * log_ndtr(z)


def _power_slope(z: Array, _delta: Array) -> Array:
    return log_ndtr(z)[None]


_PRESTON = "Preston, Ashby & Smyth 2004, doi:10.1111/j.1365-2753.2003.00457.x"
_CITKOWICZ = "Citkowicz & Vevea 2017, doi:10.1037/met0000119"

#: p^(d1-1) (1-p)^(d2-1); exp(-d p^2); exp(-d p); 2 / (1 + exp(d p)); (1-p)^d.
SMOOTH_WEIGHTS: dict[str, SmoothWeight] = {
    "beta": SmoothWeight(_beta, _beta_slope, _Z_CUT, (1.0, 1.0), (1e-5, 1e-5), _CITKOWICZ),
    "half-normal": SmoothWeight(_half_normal, _half_normal_slope, _Z_FAR, (0.0,), (0.0,), _PRESTON),
    "negative-exponential": SmoothWeight(
        _negative_exponential, _negative_exponential_slope, _Z_FAR, (0.0,), (0.0,), _PRESTON
    ),
    "logistic": SmoothWeight(_logistic, _logistic_slope, _Z_FAR, (0.0,), (0.0,), _PRESTON),
    "power": SmoothWeight(_power, _power_slope, _Z_CUT, (0.0,), (0.0,), _PRESTON),
}
