"""The (restricted) likelihood of tau2: its score as a difference of two falling curves.

With P the projection at tau2 = t, the score is ``(g - h) / 2`` where ``g = y'PPy`` and, for REML,
``h = tr P`` (for ML, the total weight). In the eigenbasis of the error contrasts (variances
``l_j``, coordinates ``c_j``) these are ``g = sum c_j^2 / (l_j + t)^2`` and ``h = sum 1 / (l_j + t)``:
positive, falling, convex, and so are their derivatives in turn. That is what lets `isolate` prove
where roots are and where they are not.

Source: Harville 1977, doi:10.1080/01621459.1977.10480998; Viechtbauer 2005, doi:10.3102/10769986030003261.
"""

from typing import Any, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling.data import Array

__all__ = ["Curves", "Model", "last_possible_root", "log_likelihood", "score_curves"]


#: With equal variances the bound is the root itself; a little further out the score is clearly negative.
BEYOND = 1.1


class Model(Protocol):
    """What a model of the mean must answer; see `CommonMean` and `Moderated`."""

    @property
    def z(self) -> Array: ...
    @property
    def v(self) -> Array: ...
    @property
    def k(self) -> NDArray[np.int64]: ...
    @property
    def p(self) -> int: ...
    def take(self, rows: NDArray[np.int64]) -> Self: ...
    def factor(self, w: Array) -> Any: ...
    def project(self, w: Array, factor: Any, x: Array) -> Array: ...
    def misfit(self, w: Array, factor: Any) -> tuple[Array, Array]: ...
    def log_determinant(self, factor: Any) -> Array: ...
    def leverage(self, w: Array, factor: Any) -> Array: ...
    def trace(self, w: Array, factor: Any) -> Array: ...
    def traces(self, w: Array, factor: Any) -> tuple[Array, Array, Array]: ...
    def sandwich_trace(self, w: Array, factor: Any, s: Array) -> Array: ...


class Curves(NamedTuple):
    """g and h with their derivatives, signs taken off: every one is positive, falling and convex."""

    g: Array
    g1: Array
    g2: Array
    h: Array
    h1: Array
    h2: Array


def score_curves(model: Model, t: Array, *, restricted: bool) -> Curves:
    """The two curves of the score at t, (n,), one t per row of the model."""
    w = 1.0 / (model.v + t[:, None])
    factor = model.factor(w)
    _, u = model.misfit(w, factor)
    pu = model.project(w, factor, u)
    if restricted:
        h, h1, h2 = model.traces(w, factor)
    else:
        square = w * w
        h, h1, h2 = w.sum(axis=1), square.sum(axis=1), np.einsum("nk,nk->n", square, w)
    g1, g2 = np.einsum("nk,nk->n", u, pu), np.einsum("nk,nk->n", pu, pu)
    return Curves(np.einsum("nk,nk->n", u, u), 2.0 * g1, 6.0 * g2, h, h1, 2.0 * h2)


def log_likelihood(model: Model, t: Array, *, restricted: bool) -> Array:
    """Log-likelihood at t up to a constant, (n,)."""
    total = model.v + t[:, None]
    w = 1.0 / total
    factor = model.factor(w)
    q, _ = model.misfit(w, factor)
    spread = np.log(total, out=np.zeros_like(total), where=np.isfinite(total)).sum(axis=1)
    if restricted:
        spread = spread + model.log_determinant(factor)
    return -0.5 * (spread + q)


def last_possible_root(model: Model, *, restricted: bool) -> Array:
    """A tau2 beyond which the score is negative, (n,): no root lies further out.

    With S the unweighted residual sum of squares, ``g <= S / (min v + t)^2`` and
    ``h >= m / (max v + t)`` with m = k - p (REML) or k (ML), which leaves a quadratic in t.
    """
    present = np.isfinite(model.v)
    even = present.astype(np.float64)
    s, _ = model.misfit(even, model.factor(even))
    low = model.v.min(axis=1)
    high = model.v.max(axis=1, initial=0.0, where=present)
    m = model.k - model.p if restricted else model.k
    root = (s + np.sqrt(s * s + 4.0 * m * s * (high - low))) / (2.0 * m)
    return np.maximum(BEYOND * root - low, 0.0)
