"""Prediction interval: where the true effect of a new, similar study is expected."""

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.intervals import quantile

__all__ = ["PREDICTIONS", "check_prediction", "prediction_df", "prediction_half_width"]

#: Degrees of freedom lost. normal: tau2 taken as known. t-k-minus-1: Partlett & Riley 2017,
#: doi:10.1002/sim.7140. t-k-minus-2: Higgins, Thompson & Spiegelhalter 2009,
#: doi:10.1111/j.1467-985X.2008.00552.x.
PREDICTIONS = {"normal": None, "t-k-minus-1": 1, "t-k-minus-2": 2}


def check_prediction(prediction: str) -> str:
    """The name, if there is such a distribution.

    Raises:
        ValueError: There is none.
    """
    if prediction not in PREDICTIONS:
        raise ValueError(f"Unknown prediction {prediction!r}; give one of {', '.join(PREDICTIONS)}.")
    return prediction


def prediction_df(prediction: str, k: NDArray[np.int64], method: str) -> Array:
    """Degrees of freedom, (B,): inf for a normal; NaN where there can be no interval.

    A common effect has no distribution of effects to predict from.
    """
    lost = PREDICTIONS[prediction]
    left = np.full(len(k), np.inf) if lost is None else np.asarray(k - lost, dtype=np.float64)
    possible = (left > 0) & (k > 1) & (method != "EE")
    return np.where(possible, left, np.nan)


def prediction_half_width(tau2: Array, se: Array, df: Array, level: float) -> Array:
    """Half the width of the interval, (B,); NaN where there is none."""
    return quantile(level, df) * np.sqrt(tau2 + se**2)
