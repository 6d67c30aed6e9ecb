"""The score statistic of accumulating data, integrated exactly from look to look.

With t the share of the information, S(t) = Z(t) sqrt(t) is a Brownian motion with a drift. What is
still inside the boundaries after a look has a density that is known on Gauss-Legendre nodes; one
integral against the normal step carries it to the next look. Only the walk without drift is carried:
with drift d its density is the same one times exp(d S - d^2 t / 2), so that every drift costs one sum.

Source: Armitage, McPherson & Rowe 1969, doi:10.2307/2343787; Jennison & Turnbull 2000, ch. 19,
doi:10.1201/9780367805326.
"""

from typing import NamedTuple

import numpy as np
from numpy.polynomial.legendre import leggauss

from enthesis.statistics.distributions import ndtr
from enthesis.statistics.pooling.data import Array

__all__ = ["REACH", "SMALLEST_STEP", "Walk", "inside", "start"]

#: Beyond so many standard deviations lies less than 1e-18 of a normal distribution.
REACH = 9.0
#: Within two steps' standard deviation the integrand is as good as a polynomial of degree 31.
POINTS, PANEL = 16, 2.0
#: Looks closer than this share of the information would need more nodes than any answer deserves.
SMALLEST_STEP = 1e-4
#: Steps that lead to where anything is left are shorter than this many standard deviations: REACH for
#: the step itself, and at most as much again for where it comes from.
BAND = 2.0 * REACH
#: Nodes whose step densities are held at once.
ROWS = 256

_NODES, _WEIGHTS = leggauss(POINTS)


class Walk(NamedTuple):
    """What is still inside after a look.

    Attributes:
        t: Share of the information at that look.
        s: Nodes of S, (n,).
        mass: Probability at the nodes without drift, (n,).
    """

    t: float
    s: Array
    mass: Array

    def tilted(self, drift: Array) -> Array:
        """Probability at the nodes with each drift, (D, n)."""
        d = drift[:, None]
        return self.mass * np.exp(d * self.s - 0.5 * d * d * self.t)

    def above(self, t: float, z: float, drift: Array) -> Array:
        """P(still inside now, and Z above z at the next look t), (D,)."""
        step = t - self.t
        d = drift[:, None]
        tail = ndtr((self.s + d * step - z * np.sqrt(t)) / np.sqrt(step))
        return np.einsum("dn,dn->d", self.tilted(drift), tail)

    def below(self, t: float, z: float, drift: Array) -> Array:
        """P(still inside now, and Z below z at the next look t), (D,)."""
        step = t - self.t
        d = drift[:, None]
        tail = ndtr((z * np.sqrt(t) - self.s - d * step) / np.sqrt(step))
        return np.einsum("dn,dn->d", self.tilted(drift), tail)

    def advance(self, t: float, regions: list[tuple[float, float]], next_step: float, drift: Array) -> "Walk":
        """The walk after the look at t, inside the regions of Z; the next look is ``next_step`` further."""
        step = t - self.t
        root = np.sqrt(step)
        s, w = inside(t, regions, PANEL * np.sqrt(min(step, next_step)), drift)
        mass = np.empty(len(s))
        for first in range(0, len(s), ROWS):
            part = s[first : first + ROWS]
            near = slice(*np.searchsorted(self.s, [part[0] - BAND * root, part[-1] + BAND * root]).tolist())
            gap = part[:, None] - self.s[near]
            mass[first : first + ROWS] = np.exp(gap * gap * (-0.5 / step)) @ self.mass[near]
        return Walk(t, s, mass * w / np.sqrt(2.0 * np.pi * step))


def start() -> Walk:
    """Before any data: all of it at 0."""
    return Walk(0.0, np.zeros(1), np.ones(1))


def inside(t: float, regions: list[tuple[float, float]], panel: float, drift: Array) -> tuple[Array, Array]:
    """Nodes and weights over regions of Z at t, cut where no drift leaves any probability."""
    root = np.sqrt(t)
    least = min(0.0, float(drift.min())) * t - REACH * root
    most = max(0.0, float(drift.max())) * t + REACH * root
    nodes, weights = [np.empty(0)], [np.empty(0)]
    for low, high in regions:
        a, b = max(low * root, least), min(high * root, most)
        if b <= a:
            continue
        edges = np.linspace(a, b, 1 + int(np.ceil((b - a) / panel)))
        half = 0.5 * np.diff(edges)[:, None]
        nodes.append((edges[:-1, None] + half * (1.0 + _NODES)).ravel())
        weights.append((half * _WEIGHTS).ravel())
    return np.concatenate(nodes), np.concatenate(weights)
