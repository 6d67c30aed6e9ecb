"""The model with moderators: the same projection as `CommonMean`, for any design matrix."""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling.data import Array

__all__ = ["Moderated", "Orthonormal"]


class Orthonormal(NamedTuple):
    """QR of the weighted design: sqrt(W) X = basis triangle."""

    basis: Array
    triangle: Array


@dataclass(frozen=True, slots=True)
class Moderated:
    """Effects explained by moderators X, (n, k, p), of full rank in every row.

    Works through the orthonormal basis Q of sqrt(W) X, so that P = sqrt(W) (I - QQ') sqrt(W) and
    no cross-product is ever inverted.
    """

    z: Array
    v: Array
    k: NDArray[np.int64]
    X: Array

    @property
    def p(self) -> int:
        """Number of coefficients."""
        return self.X.shape[2]

    def take(self, rows: NDArray[np.int64]) -> Self:
        """The same model for some rows, in the order asked for, with repeats if wanted."""
        return type(self)(self.z[rows], self.v[rows], self.k[rows], self.X[rows])

    def factor(self, w: Array) -> Orthonormal:
        """The weighted design in orthonormal form."""
        return Orthonormal(*np.linalg.qr(np.sqrt(w)[:, :, None] * self.X))

    def coefficients(self, w: Array, factor: Orthonormal) -> Array:
        """Weighted least squares, (n, p)."""
        right = np.einsum("nkp,nk->np", factor.basis, np.sqrt(w) * self.z)
        return np.linalg.solve(factor.triangle, right[:, :, None])[:, :, 0]

    def covariance(self, factor: Orthonormal) -> Array:
        """(X'WX)^-1, (n, p, p)."""
        inverse = np.linalg.inv(factor.triangle)
        return inverse @ inverse.swapaxes(1, 2)

    def project(self, w: Array, factor: Orthonormal, x: Array) -> Array:
        """P x, (n, k)."""
        root = np.sqrt(w)
        return root * _outside(factor.basis, root * x)

    def misfit(self, w: Array, factor: Orthonormal) -> tuple[Array, Array]:
        """y'Py, (n,), as a sum of squares, and Py, (n, k)."""
        root = np.sqrt(w)
        outside = _outside(factor.basis, root * self.z)
        return np.einsum("nk,nk->n", outside, outside), root * outside

    def log_determinant(self, factor: Orthonormal) -> Array:
        """log |X'WX|, (n,)."""
        diagonal = np.diagonal(factor.triangle, axis1=1, axis2=2)
        return 2.0 * np.log(np.abs(diagonal)).sum(axis=1)

    def leverage(self, w: Array, factor: Orthonormal) -> Array:  # noqa: ARG002
        """Weight of each effect in its own fitted value, (n, k)."""
        return (factor.basis**2).sum(axis=2)

    def trace(self, w: Array, factor: Orthonormal) -> Array:
        """tr P, (n,); rounding may not take it below its least possible value."""
        least = w.min(axis=1, initial=np.inf, where=w > 0.0) * (self.k - self.p)
        return np.maximum(np.einsum("nk,nk->n", w, 1.0 - self.leverage(w, factor)), least)

    def traces(self, w: Array, factor: Orthonormal) -> tuple[Array, Array, Array]:
        """tr P, tr PP and tr PPP, each (n,), through the p x p matrices Q'W^jQ.

        Where a few studies carry nearly all the weight these cancel; by Cauchy-Schwarz
        (tr P)^2 <= (k - p) tr PP and (tr PP)^2 <= tr P tr PPP.
        """
        powers = (w, w * w, w**3)
        a, b, c = (_weighted_products(factor.basis, x) for x in powers)
        aa = a @ a
        one = self.trace(w, factor)
        two = powers[1].sum(axis=1) - 2.0 * _trace(b) + _trace(aa)
        two = np.maximum(two, one * one / (self.k - self.p))
        three = powers[2].sum(axis=1) - 3.0 * _trace(c) + 3.0 * _trace(b @ a) - _trace(aa @ a)
        return one, two, np.maximum(three, two * two / one)

    def sandwich_trace(self, w: Array, factor: Orthonormal, s: Array) -> Array:
        """tr(P S P S) for a diagonal S, (n,)."""
        c = w * s
        inside = _weighted_products(factor.basis, c)
        trace = np.einsum("nk,nk->n", c * c, 1.0 - 2.0 * self.leverage(w, factor)) + _trace(inside @ inside)
        return np.maximum(trace, 0.0)


def _weighted_products(basis: Array, x: Array) -> Array:
    """Q'diag(x)Q, (n, p, p); as a batched product it is several times faster than one sum over three."""
    return basis.swapaxes(1, 2) @ (x[..., None] * basis)


def _outside(basis: Array, x: Array) -> Array:
    """What of x the basis does not reach."""
    inside = np.einsum("nkp,nk->np", basis, x)
    return x - np.einsum("nkp,np->nk", basis, inside)


def _trace(matrix: Array) -> Array:
    return np.trace(matrix, axis1=1, axis2=2)
