"""What a covariance structure of random effects must offer, and the simplest ones.

Parameters are chosen so that no derivative runs away where estimates are: variances where the matrix is
linear in them, standard deviations where levels have their own, and for UN the entries of a factor.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np

from enthesis.statistics.pooling.data import Array

__all__ = ["Diagonal", "Held", "Part", "Structure"]

#: A variance is in the unit of the data squared, a correlation free of units.
Kind = Literal["variance", "correlation"]


class Part(NamedTuple):
    """A number that a reader asks for: one variance or one correlation, with where it may lie."""

    name: str
    kind: Kind
    value: float
    low: float
    high: float


class Structure(Protocol):
    """Covariance matrix G (m, m) of m levels as a function of q parameters."""

    @property
    def lower(self) -> Array:
        """Smallest allowed parameters, (q,)."""

    @property
    def upper(self) -> Array:
        """Largest allowed parameters, (q,)."""

    def start(self, tau2: Array, rho: float) -> Array:
        """Parameters, (q,), that give about these variances of the levels, (m,), and this correlation."""

    def covariance(self, theta: Array) -> Array:
        """G, (m, m)."""

    def slopes(self, theta: Array) -> Array:
        """First derivatives of G, (q, m, m)."""

    def curvatures(self, theta: Array) -> Array:
        """Second derivatives of G, (q, q, m, m)."""

    def parts(self, theta: Array) -> tuple[Part, ...]:
        """Variances and correlations at these parameters."""

    def hold(self, part: int, value: float, theta: Array) -> "tuple[Structure, Array]":
        """The structure with one part fixed at a value, and its free parameters near ``theta``."""


@dataclass(frozen=True, eq=False, slots=True)
class Diagonal:
    """Independent levels: one variance for all (ID, ``shared``) or one each (DIAG)."""

    names: tuple[str, ...]
    m: int
    shared: bool

    @property
    def lower(self) -> Array:
        """See `Structure`."""
        return np.zeros(len(self.names))

    @property
    def upper(self) -> Array:
        """See `Structure`."""
        return np.full(len(self.names), np.inf)

    def start(self, tau2: Array, rho: float) -> Array:  # noqa: ARG002
        """See `Structure`."""
        return np.array([tau2.mean()]) if self.shared else tau2.copy()

    def covariance(self, theta: Array) -> Array:
        """See `Structure`."""
        return np.diag(np.broadcast_to(theta, self.m))

    def slopes(self, theta: Array) -> Array:  # noqa: ARG002
        """See `Structure`."""
        each = np.eye(self.m)
        return each[None] if self.shared else each[:, :, None] * each[:, None, :]

    def curvatures(self, theta: Array) -> Array:
        """See `Structure`."""
        return np.zeros((len(theta), len(theta), self.m, self.m))

    def parts(self, theta: Array) -> tuple[Part, ...]:
        """See `Structure`."""
        return tuple(
            Part(name, "variance", value, 0.0, np.inf)
            for name, value in zip(self.names, theta.tolist(), strict=True)
        )

    def hold(self, part: int, value: float, theta: Array) -> tuple[Structure, Array]:
        """See `Structure`."""
        return Held(self, part, value), np.delete(theta, part)


@dataclass(frozen=True, eq=False, slots=True)
class Held:
    """A structure with one of its parameters fixed."""

    structure: Structure
    index: int
    value: float

    @property
    def lower(self) -> Array:
        """See `Structure`."""
        return np.delete(self.structure.lower, self.index)

    @property
    def upper(self) -> Array:
        """See `Structure`."""
        return np.delete(self.structure.upper, self.index)

    def start(self, tau2: Array, rho: float) -> Array:
        """See `Structure`."""
        return np.delete(self.structure.start(tau2, rho), self.index)

    def covariance(self, theta: Array) -> Array:
        """See `Structure`."""
        return self.structure.covariance(self._all(theta))

    def slopes(self, theta: Array) -> Array:
        """See `Structure`."""
        return np.delete(self.structure.slopes(self._all(theta)), self.index, axis=0)

    def curvatures(self, theta: Array) -> Array:
        """See `Structure`."""
        every = self.structure.curvatures(self._all(theta))
        return np.delete(np.delete(every, self.index, axis=0), self.index, axis=1)

    def parts(self, theta: Array) -> tuple[Part, ...]:
        """See `Structure`."""
        return self.structure.parts(self._all(theta))

    def hold(self, part: int, value: float, theta: Array) -> tuple[Structure, Array]:
        """See `Structure`."""
        raise TypeError(f"Part {part} at {value} for {theta}: one part is held at a time.")

    def _all(self, theta: Array) -> Array:
        return np.insert(theta, self.index, self.value)
