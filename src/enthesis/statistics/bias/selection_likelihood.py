"""Log-likelihood of a random-effects model of which only a weighted part is seen."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from enthesis.statistics.bias.selection_weights import SmoothWeight
from enthesis.statistics.distributions import log_ndtr, ndtr, ndtri
from enthesis.statistics.pooling.data import Array

__all__ = ["Parts", "SelectionLikelihood", "SmoothSelection", "StepSelection"]

_LOG_ROOT_TAU = 0.5 * np.log(2 * np.pi)
# Below this the ratio of density to probability is -x - 1/x to 12 digits.
_TAIL = -1e3


@dataclass(frozen=True, slots=True)
class Parts:
    """What selection adds to each study's log-likelihood, and its derivatives.

    Attributes:
        value: log w(z) - log A, with A the mean weight of all studies like it, (k,).
        by_mean: Derivative by the mean of z, (k,).
        by_scale: Derivative by the standard deviation of z, (k,).
        by_delta: Derivative by each delta, (number of deltas, k).
    """

    value: Array
    by_mean: Array
    by_scale: Array
    by_delta: Array


class Selection(Protocol):
    """A weight function joined to its normalising integral over z ~ N(mean, scale^2)."""

    def parts(self, z: Array, mean: Array, scale: Array, delta: Array) -> Parts:
        """The selection part of each study."""
        ...


@dataclass(frozen=True, slots=True)
class StepSelection:
    """Constant weight between p-values; the weight of the first interval is 1.

    Source: Vevea & Hedges 1995, doi:10.1007/BF02294384.
    """

    steps: tuple[float, ...]

    def interval(self, z: Array) -> np.ndarray:
        """Which interval each study's one-sided p-value falls in, 0 for the smallest p-values."""
        return np.searchsorted(self.steps, ndtr(-z), side="left")

    def parts(self, z: Array, mean: Array, scale: Array, delta: Array) -> Parts:
        """Closed form: normal probabilities of the intervals."""
        weight = np.concatenate([[1.0], delta])
        cut = (-ndtri(np.array(self.steps))[:, None] - mean) / scale
        # Probability and density at p <= step, for each step, then between steps.
        edge = np.zeros((1, len(z)))
        below = np.vstack([edge, ndtr(-cut), edge + 1.0])
        density = np.vstack([edge, np.exp(-(cut**2) / 2 - _LOG_ROOT_TAU), edge])
        lever = np.vstack([edge, density[1:-1] * cut, edge])
        share = np.diff(below, axis=0)
        total = weight @ share
        seen = self.interval(z)
        by_delta = -share[1:] / total
        occupied = seen > 0
        by_delta[seen[occupied] - 1, np.flatnonzero(occupied)] += 1 / weight[seen[occupied]]
        return Parts(
            value=np.log(weight[seen]) - np.log(total),
            by_mean=-(weight @ np.diff(density, axis=0)) / scale / total,
            by_scale=-(weight @ np.diff(lever, axis=0)) / scale / total,
            by_delta=by_delta,
        )


@dataclass(frozen=True, slots=True)
class SmoothSelection:
    """A continuous weight function, integrated by Gauss-Legendre on the part where it varies.

    In z the density is never narrower than a standard normal, so a fixed rule is exact to rounding; beyond
    ``reach`` the weight is constant and the integral a normal tail.
    """

    weight: SmoothWeight
    nodes: Array
    log_rule: Array

    @classmethod
    def of(cls, weight: SmoothWeight, points: int = 96) -> "SmoothSelection":
        """With a rule of ``points`` nodes on [-reach, reach]."""
        x, rule = np.polynomial.legendre.leggauss(points)
        return cls(weight, weight.reach * x, np.log(weight.reach * rule))

    def parts(self, z: Array, mean: Array, scale: Array, delta: Array) -> Parts:
        """By quadrature, in logs so that extreme weights neither overflow nor vanish."""
        reach = self.weight.reach
        grid = np.concatenate([[-reach], self.nodes, [reach]])
        log_weight = self.weight.log_weight(grid, delta)
        u = (grid - mean[:, None]) / scale[:, None]
        log_mass = np.empty_like(u)
        log_mass[:, 1:-1] = self.log_rule - u[:, 1:-1] ** 2 / 2 - _LOG_ROOT_TAU - np.log(scale)[:, None]
        log_mass[:, 0], log_mass[:, -1] = log_ndtr(u[:, 0]), log_ndtr(-u[:, -1])
        # Derivatives of each log mass by mean and by scale, times scale.
        shift, stretch = u.copy(), u**2 - 1
        for column, sign in ((0, -1.0), (-1, 1.0)):
            hazard = _hazard(-sign * u[:, column], log_mass[:, column])
            shift[:, column] = sign * hazard
            stretch[:, column] = sign * hazard * u[:, column]
        log_terms = log_mass + log_weight
        top = log_terms.max(axis=1)
        terms = np.exp(log_terms - top[:, None])
        total = terms.sum(axis=1)
        held = np.clip(z, -reach, reach)
        slope = self.weight.slope(grid, delta)
        return Parts(
            value=self.weight.log_weight(held, delta) - np.log(total) - top,
            by_mean=-(terms * shift).sum(axis=1) / total / scale,
            by_scale=-(terms * stretch).sum(axis=1) / total / scale,
            by_delta=self.weight.slope(held, delta) - slope @ terms.T / total,
        )


def _hazard(x: Array, log_probability: Array) -> Array:
    """Normal density over P(Z < x), given the log of the latter; a tail series where logs would cancel."""
    near = np.maximum(x, _TAIL)
    ratio = np.exp(np.minimum(-(near**2) / 2 - _LOG_ROOT_TAU - log_probability, 700.0))
    far = np.minimum(x, _TAIL)
    return np.where(x > _TAIL, ratio, -far - 1 / far)


@dataclass(frozen=True, slots=True)
class SelectionLikelihood:
    """Log-likelihood of (mu, tau2, deltas) for effects signed so that the favoured direction is positive."""

    y: Array
    v: Array
    selection: Selection

    def value_and_gradient(self, theta: Array) -> tuple[float, Array]:
        """Log-likelihood and its derivative by mu, tau2 and each delta."""
        mu, tau2, delta = theta[0], theta[1], theta[2:]
        root, total = np.sqrt(self.v), self.v + tau2
        scale = np.sqrt(total / self.v)
        parts = self.selection.parts(self.y / root, mu / root, scale, delta)
        residual = self.y - mu
        normal = -_LOG_ROOT_TAU - np.log(total) / 2 - residual**2 / total / 2
        by_mu = residual / total + parts.by_mean / root
        by_tau2 = (residual**2 / total - 1) / total / 2 + parts.by_scale / (2 * scale * self.v)
        gradient = np.concatenate([[by_mu.sum(), by_tau2.sum()], parts.by_delta.sum(axis=1)])
        return float((normal + parts.value).sum()), gradient
