"""The model with one mean: its projection P = W - W1(1'W1)^-1 1'W and the traces of its powers."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling.data import Array, Studies

__all__ = ["CommonMean"]


@dataclass(frozen=True, slots=True)
class CommonMean:
    """Effects that share one mean; every method works on (n, k) weights, one row per evaluation.

    The most precise study stands in column 0, so that sums over the other columns never cancel
    even where that study carries nearly all the weight.
    """

    z: Array
    v: Array
    k: NDArray[np.int64]
    p: int = 1

    @classmethod
    def of(cls, studies: Studies) -> Self:
        """The model of a prepared batch."""
        return cls(studies.z, studies.v, studies.k)

    def take(self, rows: NDArray[np.int64]) -> Self:
        """The same model for some rows, in the order asked for, with repeats if wanted."""
        return type(self)(self.z[rows], self.v[rows], self.k[rows])

    def factor(self, w: Array) -> Array:
        """Total weight, (n,)."""
        return w.sum(axis=1)

    def project(self, w: Array, total: Array, x: Array) -> Array:
        """P x, (n, k); exact in column 0 however dominant."""
        return w * self._residual(w, total, x)

    def misfit(self, w: Array, total: Array) -> tuple[Array, Array]:
        """y'Py, (n,), as a sum of squares, and Py, (n, k)."""
        residual = self._residual(w, total, self.z)
        u = w * residual
        return np.einsum("nk,nk->n", u, residual), u

    def log_determinant(self, total: Array) -> Array:
        """log |X'WX|, (n,)."""
        return np.log(total)

    def leverage(self, w: Array, total: Array) -> Array:
        """Weight of each effect in its own fitted value, (n, k)."""
        return w / total[:, None]

    def trace(self, w: Array, total: Array) -> Array:
        """tr P, (n,)."""
        lead, rest = w[:, 0], w[:, 1:]
        others = rest.sum(axis=1)
        return others * (1.0 + lead / total) - np.einsum("nk,nk->n", rest, rest) / total

    def traces(self, w: Array, total: Array) -> tuple[Array, Array, Array]:
        """tr P, tr PP and tr PPP, each (n,), by blocks: the first study against the rest."""
        lead, rest = w[:, 0] / total, w[:, 1:]
        square = rest * rest
        s1, s2 = rest.sum(axis=1), square.sum(axis=1)
        s3, s4 = np.einsum("nk,nk->n", square, rest), np.einsum("nk,nk->n", square, square)
        corner, edge, a = lead * s1, lead * lead, s2 / total
        one = s1 + corner - a
        two = corner**2 + 2.0 * edge * s2 + s2 - 2.0 * s3 / total + a * a
        three = corner**3 + 3.0 * edge * (corner * s2 + s3 - s2 * a)
        three += s3 - 3.0 * s4 / total + 3.0 * s3 * a / total - a**3
        return one, two, three

    def sandwich_trace(self, w: Array, total: Array, s: Array) -> Array:
        """tr(P S P S) for a diagonal S, (n,): the diagonal of P, then its pairs."""
        others = w[:, 1:].sum(axis=1)
        kept = 1.0 - w / total[:, None]
        kept[:, 0] = others / total
        pair = w * w * s
        rest = pair[:, 1:].sum(axis=1)
        apart = np.maximum(rest * rest - np.einsum("nk,nk->n", pair[:, 1:], pair[:, 1:]), 0.0)
        return np.square(w * kept * s).sum(axis=1) + (2.0 * pair[:, 0] * rest + apart) / total**2

    def _residual(self, w: Array, total: Array, x: Array) -> Array:
        x = x - x[:, :1]
        centre = np.einsum("nk,nk->n", w, x) / total
        return x - centre[:, None]
