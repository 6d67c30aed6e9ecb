"""UN: a variance per level and a correlation per pair, kept positive semidefinite by a factor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from enthesis.statistics.blocks.structures import Part, Structure
from enthesis.statistics.pooling.data import Array

__all__ = ["Unstructured"]

#: A level whose variance is this small beside the largest has none, and so no correlations.
NO_VARIANCE = 1e-14


@dataclass(frozen=True, eq=False, slots=True)
class Unstructured:
    """G = L L' with L = fixed + the sum of parameters times ``basis``.

    The factor needs no bounds, and its singular points (a variance of 0, a correlation of 1) are ordinary
    points of the parameter space.

    Attributes:
        names: Of the m variances, then of the correlations of pairs (1, 2), (1, 3), ..., (2, 3), ...
        basis: (q, m, m).
        fixed: (m, m).
        order: Order of the levels in which L is lower triangular.
        positive: Parameters, from the first, that may not turn negative: where a correlation is held, a
            standard deviation of the other sign would turn it round.

    Source: Pinheiro & Bates 1996, doi:10.1007/BF00140873.
    """

    names: tuple[str, ...]
    basis: Array
    fixed: Array
    order: tuple[int, ...]
    positive: int = 0

    @classmethod
    def of(cls, names: Sequence[str], m: int) -> "Unstructured":
        """All parts free."""
        order = tuple(range(m))
        return cls(tuple(names), _entries(order, 0), np.zeros((m, m)), order)

    @property
    def lower(self) -> Array:
        """See `Structure`."""
        return np.where(np.arange(len(self.basis)) < self.positive, 0.0, -np.inf)

    @property
    def upper(self) -> Array:
        """See `Structure`."""
        return np.full(len(self.basis), np.inf)

    def start(self, tau2: Array, rho: float) -> Array:
        """See `Structure`."""
        m = len(self.fixed)
        sd, away = np.sqrt(tau2), 1.0 - np.eye(m)
        G = np.outer(sd, sd) * (np.eye(m) + max(rho, -0.9 / max(m - 1, 1)) * away)
        return self._near(G)

    def covariance(self, theta: Array) -> Array:
        """See `Structure`."""
        L = self._factor(theta)
        return L @ L.T

    def slopes(self, theta: Array) -> Array:
        """See `Structure`."""
        one_way = self.basis @ self._factor(theta).T
        return one_way + one_way.swapaxes(1, 2)

    def curvatures(self, theta: Array) -> Array:  # noqa: ARG002
        """See `Structure`."""
        one_way = np.einsum("aij,bkj->abik", self.basis, self.basis)
        return one_way + one_way.swapaxes(2, 3)

    def parts(self, theta: Array) -> tuple[Part, ...]:
        """See `Structure`."""
        G = self.covariance(theta)
        m, variances = len(G), np.diagonal(G)
        sd = np.sqrt(np.where(variances > NO_VARIANCE * variances.max(), variances, np.inf))
        i, j = np.triu_indices(m, 1)
        rho = np.clip(G[i, j] / (sd[i] * sd[j]), -1.0, 1.0)
        tau2 = zip(self.names[:m], variances.tolist(), strict=True)
        pairs = zip(self.names[m:], rho.tolist(), strict=True)
        return (
            *(Part(name, "variance", value, 0.0, np.inf) for name, value in tau2),
            *(Part(name, "correlation", value, -1.0, 1.0) for name, value in pairs),
        )

    def hold(self, part: int, value: float, theta: Array) -> tuple[Structure, Array]:
        """See `Structure`."""
        m = len(self.fixed)
        held = self._hold_variance(part, value) if part < m else self._hold_correlation(part - m, value)
        return held, held._near(self.covariance(theta))

    def _hold_variance(self, level: int, value: float) -> "Unstructured":
        """The held level comes first: its only entry is its standard deviation."""
        order = self._first(level)
        fixed = np.zeros_like(self.fixed)
        fixed[level, 0] = np.sqrt(value)
        return replace(self, basis=_entries(order, 1), fixed=fixed, order=order)

    def _hold_correlation(self, pair: int, rho: float) -> "Unstructured":
        """The pair comes first; the second's two entries keep the ratio that gives rho."""
        i, j = (int(x[pair]) for x in np.triu_indices(len(self.fixed), 1))
        order = self._first(i, j)
        two = np.zeros((2, *self.fixed.shape))
        two[0, i, 0] = 1.0
        two[1, j, 0], two[1, j, 1] = rho, np.sqrt(1.0 - rho * rho)
        basis = np.concatenate([two, _entries(order, 2)])
        return replace(self, basis=basis, fixed=np.zeros_like(self.fixed), order=order, positive=2)

    def _first(self, *levels: int) -> tuple[int, ...]:
        return (*levels, *(i for i in range(len(self.fixed)) if i not in levels))

    def _factor(self, theta: Array) -> Array:
        return self.fixed + np.tensordot(theta, self.basis, 1)

    def _near(self, G: Array) -> Array:
        """The parameters whose factor is closest to one of G."""
        order = np.array(self.order)
        values, vectors = np.linalg.eigh(G[np.ix_(order, order)])
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        triangle: Array = np.linalg.qr(root.T).R.T
        L = np.empty_like(G)
        L[order] = triangle * np.where(np.diagonal(triangle) < 0.0, -1.0, 1.0)
        size = np.einsum("qij,qij->q", self.basis, self.basis)
        return np.einsum("qij,ij->q", self.basis, L - self.fixed) / size


def _entries(order: Sequence[int], skip: int) -> Array:
    """A matrix with a single 1 for each entry of the factor, without its first ``skip`` rows."""
    m = len(order)
    places = [(order[i], j) for i in range(skip, m) for j in range(i + 1)]
    basis = np.zeros((len(places), m, m))
    for q, (row, column) in enumerate(places):
        basis[q, row, column] = 1.0
    return basis
