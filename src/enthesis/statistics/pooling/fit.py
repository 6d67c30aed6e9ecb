"""A fit of the mean at a given tau2, in y's own unit: coefficients, their covariance, the residuals."""

from dataclasses import dataclass

import numpy as np

from enthesis.statistics.pooling.data import Array, Flags
from enthesis.statistics.pooling.moderated import Moderated

__all__ = ["Fit", "Problem", "fit_at"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Designs and data in scaled units, with the way back.

    Attributes:
        model: The batch, (n, k, p).
        unit: One scaled unit in y's unit.
        origin: What was taken off y; it belongs to the first coefficient (the intercept).
    """

    model: Moderated
    unit: float
    origin: float

    @classmethod
    def of(
        cls, y: Array, v: Array, X: Array, present: Flags | None = None, *, intercept: bool = True
    ) -> "Problem":
        """One set of studies, (k,), or n parts of it where ``present``, (n, k), says who is there."""
        first = int(np.argmin(v))
        origin = float(y[first]) if intercept else 0.0
        unit = float(np.ldexp(1.0, np.frexp(v[first])[1] // 2))
        there = np.ones((1, len(y)), dtype=np.bool_) if present is None else present
        z = np.where(there, (y - origin) / unit, 0.0)
        scaled = np.where(there, v / unit**2, np.inf)
        designs = np.broadcast_to(X, (len(there), *X.shape))
        return cls(Moderated(z, scaled, there.sum(axis=1), designs), unit, origin)


@dataclass(frozen=True, slots=True)
class Fit:
    """Weighted least squares at tau2, per row of the batch.

    Attributes:
        beta: Coefficients, (n, p), in y's unit.
        covariance: Of beta with the classic weights, (n, p, p).
        hat: Leverages, (n, k).
        w: Weights in y's unit, (n, k).
        q: Weighted residual sum of squares, (n,).
        size: Weighted sum of squares of the data, against which q may be rounding, (n,).
    """

    beta: Array
    covariance: Array
    hat: Array
    w: Array
    q: Array
    size: Array


def fit_at(problem: Problem, tau2: Array) -> Fit:
    """The fit at tau2, (n,), given in scaled units."""
    model = problem.model
    w = 1.0 / (model.v + tau2[:, None])
    factor = model.factor(w)
    beta = problem.unit * model.coefficients(w, factor)
    beta[:, 0] += problem.origin
    return Fit(
        beta=beta,
        covariance=problem.unit**2 * model.covariance(factor),
        hat=model.leverage(w, factor),
        w=w / problem.unit**2,
        q=model.misfit(w, factor)[0],
        size=np.einsum("nk,nk,nk->n", w, model.z, model.z),
    )
