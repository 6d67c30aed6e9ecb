"""Intervals of tau2: from the generalised Q, and from the profile likelihood."""

import numpy as np
from scipy.special import chdtri

from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.likelihood import Model
from enthesis.statistics.pooling.moments import root_of_generalised_q

__all__ = ["q_profile"]


def q_profile(model: Model, level: float) -> Array:
    """Where the generalised Q leaves its chi-square limits, (n, 2), in scaled units.

    Both limits are 0 where even tau2 = 0 leaves Q below the lower limit.

    Source: Viechtbauer 2007, doi:10.1002/sim.2514.
    """
    df = np.asarray(model.k - model.p, dtype=np.float64)
    tail = (1.0 - level) / 2.0
    lower = root_of_generalised_q(model, chdtri(df, tail)).tau2
    upper = root_of_generalised_q(model, chdtri(df, 1.0 - tail)).tau2
    return np.stack([lower, upper], axis=1)
