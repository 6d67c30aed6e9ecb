"""Heterogeneity: Cochran's Q, I2 and H2."""

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.likelihood import Model
from enthesis.statistics.pooling.moments import generalised_q

__all__ = ["cochran_q", "i2_h2", "i2_h2_by", "i2_h2_of", "q_p_value", "typical_variance"]


def cochran_q(model: Model) -> tuple[Array, Array]:
    """Q about the common-effect fit and its p-value, each (B,).

    Source: Cochran 1954, doi:10.2307/3001666.
    """
    q, _ = generalised_q(model, np.zeros(len(model.k)))
    return q, q_p_value(q, model.k - model.p)


def q_p_value(q: Array, df: NDArray[np.int64]) -> Array:
    """P(chi-squared > q), (B,); with no degree of freedom q is 0 and p is 1."""
    return chdtrc(np.maximum(df, 1), q)


def typical_variance(model: Model) -> Array:
    """One sampling variance that stands for all, (B,); with one study, its own.

    Source: Higgins & Thompson 2002, eq. 9, doi:10.1002/sim.1186.
    """
    w = 1.0 / model.v
    trace = model.trace(w, model.factor(w))
    return np.divide(model.k - model.p, trace, out=model.v[:, 0].copy(), where=trace > 0.0)


def i2_h2(tau2: Array, typical: Array) -> tuple[Array, Array]:
    """I2 (0-1) and H2 implied by tau2 and a typical variance of the same unit, each (B,)."""
    return tau2 / (tau2 + typical), tau2 / typical + 1.0


def i2_h2_of(model: Model, tau2: Array, q: Array, method: str) -> tuple[Array, Array]:
    """I2 and H2, each (B,): from tau2; for a common effect, which has none, from Q."""
    return i2_h2_by(method, typical_variance(model), tau2, q, np.maximum(model.k - model.p, 1))


def i2_h2_by(
    method: str, typical: Array, tau2: Array, q: Array, df: NDArray[np.int64]
) -> tuple[Array, Array]:
    """The same from a typical variance and degrees of freedom above 0."""
    if method != "EE":
        return i2_h2(tau2, typical)
    h2 = q / df
    return np.maximum(1.0 - 1.0 / np.maximum(h2, 1.0), 0.0), h2
