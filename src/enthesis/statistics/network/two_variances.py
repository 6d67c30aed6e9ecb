"""Restricted maximum likelihood of two variances: between trials, and between whole designs.

The covariance is ``diag(v) + t I + g ZZ'``. Newton's method on (t, g) >= 0 from several starts, with the
observed information where it is positive definite and the expected one elsewhere; a variance at 0 whose
score points outwards stays there.

Source: Harville 1977, doi:10.1080/01621459.1977.10480998 (score and information).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from enthesis.statistics.pooling.data import Array, Flags
from enthesis.statistics.pooling.results import Certificate

__all__ = ["TwoVariances", "maximise_two_variances"]

MAX_STEPS = 200
#: Newton doubles the digits, so after a step this small only rounding is left.
SMALLEST_STEP = 1e-11
#: Half-steps until the likelihood rises; 2^-40 of a step moves nothing.
MAX_HALVINGS = 40
#: A likelihood lower by this share is not lower: near the summit only rounding is left.
ROUNDING = 1e-13
#: Two summits are one if their likelihoods differ by less.
SAME_SUMMIT = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class TwoVariances:
    """The best summit found, in the unit given.

    Attributes:
        values: (t, g).
        beta: Coefficients, (p,).
        covariance: Of beta, (p, p).
        log_likelihood: Restricted, up to constants and the term of X'X.
        certificate: Of the search; ``roots`` counts different summits.
    """

    values: Array
    beta: Array
    covariance: Array
    log_likelihood: float
    certificate: Certificate


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    y: Array
    v: Array
    X: Array
    Z: Array

    def at(self, values: Array) -> "_Point":
        """The likelihood at (t, g)."""
        total = np.diag(self.v + values[0]) + values[1] * (self.Z @ self.Z.T)
        root = np.linalg.cholesky(total)
        white = np.linalg.solve(root, np.column_stack([self.X, self.y]))
        basis, triangle = np.linalg.qr(white[:, :-1])
        residual = white[:, -1] - basis @ (basis.T @ white[:, -1])
        spread = np.log(np.diagonal(root)).sum() + np.log(np.abs(np.diagonal(triangle))).sum()
        value = -float(spread) - 0.5 * float(residual @ residual)
        return _Point(values, root, white, basis, triangle, residual, value)

    def slope(self, point: "_Point") -> tuple[Array, Array, Array]:
        """Score, observed and expected information."""
        inverse = np.linalg.inv(point.root)
        half = inverse - point.basis @ (point.basis.T @ inverse)
        P = half.T @ half
        u = inverse.T @ point.residual
        B = self.Z.T @ P @ self.Z
        PZ, zu = P @ self.Z, self.Z.T @ u
        score = 0.5 * np.array([u @ u - np.trace(P), zu @ zu - np.trace(B)])
        pu, pz = P @ u, PZ @ zu
        quadratic = np.array([[u @ pu, u @ pz], [u @ pz, zu @ (B @ zu)]])
        cross = np.square(PZ).sum()
        expected = 0.5 * np.array([[np.square(P).sum(), cross], [cross, np.square(B).sum()]])
        return score, quadratic - expected, expected


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    values: Array
    root: Array
    white: Array
    basis: Array
    triangle: Array
    residual: Array
    value: float


def maximise_two_variances(y: Array, v: Array, X: Array, Z: Array, start: float) -> TwoVariances:
    """The highest summit reached from four starts: each variance 0 or ``start``."""
    model = _Model(y, v, X, Z)
    found = [_climb(model, np.array([t, g])) for t in (0.0, start) for g in (0.0, start)]
    point, steps, left = max(found, key=lambda one: one[0].value)
    summits = sorted(one[0].value for one in found)
    different = 1 + sum(b - a > SAME_SUMMIT for a, b in pairwise(summits))
    inverse = np.linalg.inv(point.triangle)
    certificate = Certificate(
        converged=steps < MAX_STEPS,
        iterations=steps,
        score=left,
        boundary=bool((point.values == 0.0).any()),
        roots=different,
    )
    beta = inverse @ (point.basis.T @ point.white[:, -1])
    return TwoVariances(point.values, beta, inverse @ inverse.T, point.value, certificate)


def _climb(model: _Model, values: Array) -> tuple[_Point, int, float]:
    """A summit, the steps to it, and what is left of the score, free of units."""
    point, floor, steps = model.at(values), float(model.v.min()), 0
    while steps < MAX_STEPS:
        steps += 1
        score, observed, expected = model.slope(point)
        free = (point.values > 0.0) | (score > 0.0)
        ahead = _ascend(model, point, _direction(score, observed, expected, free))
        moved = np.abs(ahead.values - point.values).max()
        point = ahead
        if moved <= SMALLEST_STEP * (point.values.sum() + floor):
            break
    score, _, expected = model.slope(point)
    free = (point.values > 0.0) | (score > 0.0)
    left = np.abs(score / np.sqrt(np.diagonal(expected)))[free].max(initial=0.0)
    return point, steps, float(left)


def _direction(score: Array, observed: Array, expected: Array, free: Flags) -> Array:
    """Newton's step for the free variances."""
    step = np.zeros(2)
    if not free.any():
        return step
    some = np.ix_(free, free)
    information = observed[some]
    if np.linalg.eigvalsh(information)[0] <= 0.0:
        information = expected[some]
    step[free] = np.linalg.lstsq(information, score[free], rcond=None)[0]
    return step


def _ascend(model: _Model, point: _Point, step: Array) -> _Point:
    """The first point on the way, from the whole step back, that is not lower."""
    for _ in range(MAX_HALVINGS):
        ahead = np.maximum(point.values + step, 0.0)
        if (ahead == point.values).all():
            break
        there = model.at(ahead)
        if there.value >= point.value - ROUNDING * (1.0 + abs(point.value)):
            return there
        step = 0.5 * step
    return point
