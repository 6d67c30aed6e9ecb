"""Structures in which one correlation, or its powers over time, ties all levels: CS, HCS, AR, HAR, CAR."""

from dataclasses import dataclass

import numpy as np

from enthesis.statistics.blocks.structures import Held, Part, Structure
from enthesis.statistics.pooling.data import Array

__all__ = ["Correlated", "CorrelatedByLevel", "Powers"]

#: Powers between 1 and 2 bend without bound at rho = 0; their curvature is read here instead.
NEAR_ZERO = 1e-4


@dataclass(frozen=True, eq=False, slots=True)
class Powers:
    """Correlations rho ** exponent; exponents are 0 on the diagonal and at least 1 elsewhere.

    Compound symmetry has 1 for every pair; autoregression the time between two levels, in units of ``per``:
    inside, rho belongs to that much time, outside to one unit of the reader's time.
    """

    exponents: Array
    low: float
    per: float = 1.0

    def correlations(self, rho: float) -> Array:
        """R, (m, m)."""
        return np.power(rho, self.exponents)

    def slope(self, rho: float) -> Array:
        """dR / drho, (m, m)."""
        e = self.exponents
        return e * np.power(rho, np.maximum(e - 1.0, 0.0))

    def curvature(self, rho: float) -> Array:
        """d2R / drho2, (m, m)."""
        e = self.exponents
        bends = (e > 1.0) & (e < 2.0)
        steep = np.power(max(rho, NEAR_ZERO), np.where(bends, e - 2.0, 0.0))
        plain = np.power(rho, np.maximum(e - 2.0, 0.0))
        return e * np.maximum(e - 1.0, 0.0) * np.where(bends, steep, plain)

    def shown(self, rho: float) -> float:
        """rho per unit of the reader's time."""
        return rho if self.per == 1.0 else float(rho ** (1.0 / self.per))

    def inside(self, shown: float) -> float:
        """The reverse of `shown`."""
        return shown if self.per == 1.0 else float(shown**self.per)


@dataclass(frozen=True, eq=False, slots=True)
class Correlated:
    """G = tau2 R(rho): one variance for all levels (CS, AR, CAR). Parameters: tau2, rho."""

    names: tuple[str, str]
    powers: Powers

    @property
    def lower(self) -> Array:
        """See `Structure`."""
        return np.array([0.0, self.powers.low])

    @property
    def upper(self) -> Array:
        """See `Structure`."""
        return np.array([np.inf, 1.0])

    def start(self, tau2: Array, rho: float) -> Array:
        """See `Structure`."""
        return np.array([tau2.mean(), max(rho, 0.9 * self.powers.low)])

    def covariance(self, theta: Array) -> Array:
        """See `Structure`."""
        return theta[0] * self.powers.correlations(theta[1])

    def slopes(self, theta: Array) -> Array:
        """See `Structure`."""
        return np.stack([self.powers.correlations(theta[1]), theta[0] * self.powers.slope(theta[1])])

    def curvatures(self, theta: Array) -> Array:
        """See `Structure`."""
        mixed, own = self.powers.slope(theta[1]), theta[0] * self.powers.curvature(theta[1])
        return np.stack([np.stack([np.zeros_like(mixed), mixed]), np.stack([mixed, own])])

    def parts(self, theta: Array) -> tuple[Part, ...]:
        """See `Structure`."""
        tau2, rho = theta.tolist()
        return (
            Part(self.names[0], "variance", tau2, 0.0, np.inf),
            Part(self.names[1], "correlation", self.powers.shown(rho), self.powers.low, 1.0),
        )

    def hold(self, part: int, value: float, theta: Array) -> tuple[Structure, Array]:
        """See `Structure`."""
        return Held(self, part, self.powers.inside(value) if part else value), np.delete(theta, part)


@dataclass(frozen=True, eq=False, slots=True)
class CorrelatedByLevel:
    """G = S R(rho) S with a standard deviation per level (HCS, HAR). Parameters: the m deviations, rho."""

    names: tuple[str, ...]
    powers: Powers

    @property
    def lower(self) -> Array:
        """See `Structure`."""
        return np.append(np.zeros(len(self.names) - 1), self.powers.low)

    @property
    def upper(self) -> Array:
        """See `Structure`."""
        return np.append(np.full(len(self.names) - 1, np.inf), 1.0)

    def start(self, tau2: Array, rho: float) -> Array:
        """See `Structure`."""
        return np.append(np.sqrt(tau2), max(rho, 0.9 * self.powers.low))

    def covariance(self, theta: Array) -> Array:
        """See `Structure`."""
        return np.outer(theta[:-1], theta[:-1]) * self.powers.correlations(theta[-1])

    def slopes(self, theta: Array) -> Array:
        """See `Structure`."""
        sd, rho = theta[:-1], theta[-1]
        by_sd = self._around(self.powers.correlations(rho) * sd)
        return np.concatenate([by_sd, [np.outer(sd, sd) * self.powers.slope(rho)]])

    def curvatures(self, theta: Array) -> Array:
        """See `Structure`."""
        sd, rho = theta[:-1], theta[-1]
        m, R, slope = len(sd), self.powers.correlations(rho), self.powers.slope(rho)
        every = np.zeros((m + 1, m + 1, m, m))
        each = np.eye(m)
        one_way = each[:, None, :, None] * each[None, :, None, :] * R
        every[:m, :m] = one_way + one_way.swapaxes(2, 3)
        every[:m, m] = every[m, :m] = self._around(slope * sd)
        every[m, m] = np.outer(sd, sd) * self.powers.curvature(rho)
        return every

    def parts(self, theta: Array) -> tuple[Part, ...]:
        """See `Structure`."""
        *sd, rho = theta.tolist()
        variances = zip(self.names, sd, strict=False)
        shown = Part(self.names[-1], "correlation", self.powers.shown(rho), self.powers.low, 1.0)
        return (*(Part(name, "variance", s * s, 0.0, np.inf) for name, s in variances), shown)

    def hold(self, part: int, value: float, theta: Array) -> tuple[Structure, Array]:
        """See `Structure`."""
        is_rho = part == len(theta) - 1
        inside = self.powers.inside(value) if is_rho else float(np.sqrt(value))
        return Held(self, part, inside), np.delete(theta, part)

    def _around(self, half: Array) -> Array:
        """Row i of ``half`` as row and as column of a matrix of its own, (m, m, m)."""
        one_way = np.eye(len(half))[:, :, None] * half[:, None, :]
        return one_way + one_way.swapaxes(1, 2)
