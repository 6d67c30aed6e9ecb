"""Sampling covariances of the effects of one trial: given, checked, and kept sparse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.blocks.layout import Ints, Shelf, link, shelve, spread
from enthesis.statistics.pooling.data import VARIANCE, Array

__all__ = ["SamplingCovariance", "covariance_blocks", "read_sampling"]

#: Two halves of a matrix this close, relative to its diagonal, are one symmetric matrix.
SYMMETRY = 1e-10

#: A block whose correlation matrix has a smaller eigenvalue than this is singular but for rounding.
SINGULAR = 1e-12


@dataclass(frozen=True, eq=False, slots=True)
class SamplingCovariance:
    """Sampling variances of k effects and the covariances of those that share participants.

    Attributes:
        variances: Variance of each effect, (k,), in y's unit squared; all > 0.
        first: Row (from 0) of one effect of each correlated pair, (pairs,).
        second: Row of the other, (pairs,).
        values: Covariance of the pair, (pairs,), in y's unit squared.

    Raises:
        InvalidData: A variance that is not above 0, a pair that is not there, or a block that is not
            positive definite; rows are counted from 1.
    """

    variances: Array
    first: Ints
    second: Ints
    values: Array

    def __post_init__(self) -> None:
        """Refuse what no set of effects can have."""
        bad = np.flatnonzero(~((self.variances > 0.0) & np.isfinite(self.variances)))
        faults = [Fault(f"v is {self.variances[i]}; {VARIANCE}", f"row {i + 1}") for i in bad]
        faults += self._strays()
        faults += [
            Fault(f"covariance is {self.values[i]}; it must be finite.", self._where(i))
            for i in np.flatnonzero(~np.isfinite(self.values)).tolist()
        ]
        if faults:
            raise InvalidData(faults)
        if len(self.values):
            _check_positive_definite(self)

    @property
    def k(self) -> int:
        """Number of effects."""
        return len(self.variances)

    def dense(self) -> Array:
        """The whole matrix, (k, k)."""
        V = np.diag(self.variances)
        V[self.first, self.second] = V[self.second, self.first] = self.values
        return V

    def _strays(self) -> list[Fault]:
        pairs = np.column_stack([self.first, self.second])
        bad = ((pairs < 0) | (pairs >= self.k)).any(axis=1) | (self.first == self.second)
        rule = f"a pair is two different rows of {self.k}."
        return [Fault(rule, self._where(i)) for i in np.flatnonzero(bad).tolist()]

    def _where(self, pair: int) -> str:
        return f"rows {self.first[pair] + 1} and {self.second[pair] + 1}"


def read_sampling(v: ArrayLike | SamplingCovariance) -> SamplingCovariance:
    """Variances (k,), a covariance matrix (k, k), or what a builder of this room made.

    Raises:
        InvalidData: Not numbers, not square, not symmetric, or not positive definite.
    """
    if isinstance(v, SamplingCovariance):
        return v
    try:
        given = np.array(v, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidData(Fault("holds something that is not a number.", "v")) from error
    none = np.empty(0, dtype=np.int64)
    if given.ndim == 1:
        return SamplingCovariance(given, none, none, np.empty(0))
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise InvalidData(Fault(f"has shape {given.shape}; give (k,) variances or a (k, k) matrix.", "V"))
    _check_symmetric(given)
    first, second = np.nonzero(np.triu(given, 1))
    return SamplingCovariance(np.diagonal(given).copy(), first, second, given[first, second])


def covariance_blocks(sampling: SamplingCovariance, shelf: Shelf) -> Array:
    """The sampling covariance of each block on a shelf, (blocks, size, size); 1 on padded diagonals."""
    blocks, size = shelf.rows.shape
    V = np.zeros((blocks, size, size))
    V[:, np.arange(size), np.arange(size)] = shelf.take(sampling.variances, 1.0)
    if len(sampling.values):
        which, where = spread(shelf, sampling.k)
        here = which[sampling.first] >= 0
        i, j = sampling.first[here], sampling.second[here]
        V[which[i], where[i], where[j]] = V[which[i], where[j], where[i]] = sampling.values[here]
    return V


def _check_symmetric(V: Array) -> None:
    scale = np.sqrt(np.abs(np.diagonal(V)))
    apart = np.abs(V - V.T) > SYMMETRY * scale[:, None] * scale
    faults = [
        Fault(f"{V[i, j]} stands one way and {V[j, i]} the other.", f"V, rows {i + 1} and {j + 1}")
        for i, j in np.argwhere(np.triu(apart))
    ]
    if faults:
        raise InvalidData(faults)


def _check_positive_definite(sampling: SamplingCovariance) -> None:
    """Each block on its own, as a correlation matrix, so that units do not matter."""
    faults = []
    for shelf in shelve(link(sampling.k, [], sampling.first, sampling.second)):
        if shelf.rows.shape[1] == 1:
            continue
        V = covariance_blocks(sampling, shelf)
        sd = np.sqrt(np.diagonal(V, axis1=1, axis2=2))
        smallest = np.linalg.eigvalsh(V / sd[:, :, None] / sd[:, None, :])[:, 0]
        faults += [_indefinite(shelf, i, smallest[i]) for i in np.flatnonzero(smallest < SINGULAR).tolist()]
    if faults:
        raise InvalidData(faults)


def _indefinite(shelf: Shelf, block: int, smallest: float) -> Fault:
    rows = ", ".join(str(row + 1) for row in shelf.rows[block] if row >= 0)
    return Fault(
        f"the covariance is not positive definite: smallest eigenvalue of its correlations {smallest:.3g};",
        f"V, rows {rows}",
        "no set of effects can have it; check the correlations.",
    )
