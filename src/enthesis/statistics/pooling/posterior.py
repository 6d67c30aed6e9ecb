"""The exact posterior of a random-effects model, as a finite mixture: no sampling, no tuning.

Given tau the mean is normal, so that the posterior is a mixture of normals over tau. With
``tau = c sinh(x)`` and c no larger than the smallest standard error, the density of x is even and
analytic, and the trapezoidal rule over x converges exponentially: a hundred nodes give all digits.
The step is halved until the answer stands still.

Source: Röver 2020, doi:10.18637/jss.v093.i06; Trefethen & Weideman 2014, doi:10.1137/130932132.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.statistics.distributions import ndtr, ndtri
from enthesis.statistics.pooling.data import Array, Studies
from enthesis.statistics.pooling.mixture_quantile import find_quantile

__all__ = ["Posterior", "Prior", "posterior"]

FIRST_STEP = 0.15
MAX_HALVINGS = 8
#: Two steps that agree to this, relative to the spread, agree to all digits anyone reads.
SETTLED = 1e-10
#: Numbers held at once, rows x nodes x studies: 16 MB of doubles per array.
PORTION = 2_000_000
#: Over two steps the density is as good as a polynomial of degree 19.
POINTS_PER_PANEL = 10
#: Where the likelihood falls, this many scales further out the half-normal leaves exp(-40).
REACH = 9.0
#: No quantile that anyone asks for lies further out, in standard deviations of any node.
FAR = 40.0


@dataclass(frozen=True, slots=True)
class Prior:
    """Half-normal prior of tau and normal prior of mu, in scaled units, each (B,).

    Attributes:
        tau_scale: Scale of the half-normal.
        mean: Prior mean of mu, measured from the origin of its row.
        precision: Its prior precision; 0 for a flat prior.
    """

    tau_scale: Array
    mean: Array
    precision: Array

    @classmethod
    def of(cls, studies: Studies, tau_scale: float, mu_prior: tuple[float, float] | None) -> Self:
        """The same priors, given in y's unit, for every row."""
        mean, sd = (0.0, np.inf) if mu_prior is None else mu_prior
        return cls(tau_scale / studies.unit, (mean - studies.origin) / studies.unit, (studies.unit / sd) ** 2)


@dataclass(frozen=True, slots=True)
class Posterior:
    """B mixtures over G nodes of tau, in scaled units.

    Attributes:
        x: Nodes, evenly spaced from 0, (G,).
        stretch: c of ``tau = c sinh(x)``, (B,).
        tau: tau at the nodes, (B, G).
        weight: Probability of each node; rows sum to 1, (B, G).
        centre: Mean of mu given tau, (B, G).
        variance: Variance of mu given tau, (B, G).
        tau_mean: Mean of tau, (B,).
        settled: The step was fine enough, (B,).
    """

    x: Array
    stretch: Array
    tau: Array
    weight: Array
    centre: Array
    variance: Array
    tau_mean: Array
    settled: NDArray[np.bool_]

    def moments(self, *, new: bool = False) -> tuple[Array, Array]:
        """Mean and standard deviation of mu, or of the effect in a new study, each (B,)."""
        mean = np.einsum("bg,bg->b", self.weight, self.centre)
        spread = self._variance(new=new) + (self.centre - mean[:, None]) ** 2
        return mean, np.sqrt(np.einsum("bg,bg->b", self.weight, spread))

    def cdf(self, at: Array, *, new: bool = False) -> Array:
        """P(mu <= at), or P(new effect <= at), (B,); of one row, for any number of values."""
        z = (at[:, None] - self.centre) / np.sqrt(self._variance(new=new))
        return (self.weight * ndtr(z)).sum(axis=1)

    def density(self, at: Array, *, new: bool = False) -> Array:
        """Density of mu, or of a new effect, (B,)."""
        variance = self._variance(new=new)
        height = np.exp(-0.5 * (at[:, None] - self.centre) ** 2 / variance) / np.sqrt(2.0 * np.pi * variance)
        return (self.weight * height).sum(axis=1)

    def quantile(self, p: ArrayLike, *, new: bool = False) -> Array:
        """What mu, or a new effect, stays below with probability p: (B,), or of one row for any p."""
        spread = np.sqrt(self._variance(new=new))
        low, high = (self.centre - FAR * spread).min(axis=1), (self.centre + FAR * spread).max(axis=1)
        target, low, high = np.broadcast_arrays(np.asarray(p, dtype=np.float64), low, high)
        mean, sd = self.moments(new=new)
        start = mean + sd * ndtri(target)
        return find_quantile(
            lambda q: self.cdf(q, new=new), lambda q: self.density(q, new=new), target, low, high, start
        )

    def tau_cdf(self, at: Array) -> Array:
        """P(tau <= at), (B,), by integrating the sinc interpolant of the density of x."""
        from scipy.special import sici

        step = self.x[1] - self.x[0]
        x = np.arcsinh(at / self.stretch)[:, None]
        turn = np.pi / step
        share = sici(turn * (x - self.x))[0] + sici(turn * (x + self.x))[0]
        return np.clip((self.weight * share).sum(axis=1) / np.pi, 0.0, 1.0)

    def tau_density(self, at: Array) -> Array:
        """Density of tau, (B,), from the same interpolant."""
        step = self.x[1] - self.x[0]
        x = np.arcsinh(at / self.stretch)[:, None]
        share = np.sinc((x - self.x) / step) + np.sinc((x + self.x) / step)
        height = (self.weight * share).sum(axis=1) / step
        return height / np.hypot(self.stretch, at)

    def tau_quantile(self, p: ArrayLike) -> Array:
        """What tau stays below with probability p: (B,), or of one row for any p."""
        target, high = np.broadcast_arrays(np.asarray(p, dtype=np.float64), self.tau[:, -1])
        start = np.broadcast_to(self.tau_mean, target.shape)
        return find_quantile(self.tau_cdf, self.tau_density, target, np.zeros_like(target), high, start)

    def _variance(self, *, new: bool) -> Array:
        return self.variance + self.tau**2 if new else self.variance


def posterior(studies: Studies, prior: Prior) -> Posterior:
    """The posterior of every row; each needs at least one study."""
    stretch: Array = np.minimum(np.sqrt(studies.v.min(axis=1)), prior.tau_scale)
    furthest = np.sqrt(_beyond_likelihood(studies, prior) + (REACH * prior.tau_scale) ** 2)
    last = float(np.arcsinh(furthest / stretch).max(initial=FIRST_STEP))
    step: float = FIRST_STEP
    now = _mixture(studies, prior, stretch, _nodes(last, step))
    settled = np.zeros(len(stretch), dtype=np.bool_)
    for _ in range(MAX_HALVINGS):
        step, before = step / 2.0, now
        now = _mixture(studies, prior, stretch, _nodes(last, step))
        settled = _agree(before, now)
        if settled.all():
            break
    return replace(now, tau_mean=_mean_of_tau(studies, prior, stretch, now.x), settled=settled)


def _beyond_likelihood(studies: Studies, prior: Prior) -> Array:
    """A tau2 beyond which the likelihood falls, (B,), so that only the prior decides how far to go.

    As in `likelihood.last_possible_root`, with the prior of mu as one more study of fixed variance.
    """
    present = np.isfinite(studies.v)
    informed = prior.precision > 0.0
    centre = np.where(informed, prior.mean, 0.0)[:, None]
    furthest = np.abs(np.where(present, studies.z - centre, 0.0)).max(axis=1) + np.abs(centre[:, 0])
    s = np.where((studies.k > 1) | informed, studies.k * (2.0 * furthest) ** 2, 0.0)
    prior_variance = np.divide(1.0, prior.precision, out=np.zeros_like(s), where=informed)
    low, high = studies.v.min(axis=1), studies.v.max(axis=1, initial=0.0, where=present) + prior_variance
    m = np.maximum(studies.k - 1, 1)
    return np.maximum((s + np.sqrt(s * s + 4.0 * m * s * (high - low))) / (2.0 * m) - low, 0.0)


def _nodes(last: float, step: float) -> Array:
    return np.arange(np.ceil(last / step) + 1.0) * step


def _agree(before: Posterior, now: Posterior) -> NDArray[np.bool_]:
    (mean, sd), (mean_now, sd_now) = before.moments(new=True), now.moments(new=True)
    drift = np.abs(mean - mean_now) + np.abs(sd - sd_now)
    return drift <= SETTLED * sd_now


def _mixture(studies: Studies, prior: Prior, stretch: Array, x: Array) -> Posterior:
    tau = stretch[:, None] * np.sinh(x)
    height, centre, mass = _given(studies, prior, tau)
    weight = height * np.cosh(x)
    weight[:, 0] *= 0.5
    weight /= weight.sum(axis=1, keepdims=True)
    unknown = np.full(len(tau), np.nan)
    return Posterior(x, stretch, tau, weight, centre, 1.0 / mass, unknown, np.zeros(len(tau), dtype=np.bool_))


def _given(studies: Studies, prior: Prior, tau: Array) -> tuple[Array, Array, Array]:
    """Density of tau up to a constant of the row, and mean and precision of mu given tau, each (B, G)."""
    portions = max(1, studies.z.size * tau.shape[1] // PORTION)
    parts = [_given_some(studies, prior, some) for some in np.array_split(tau, portions, axis=1)]
    height, centre, mass = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
    return np.exp(height - height.max(axis=1, keepdims=True)), centre, mass


def _given_some(studies: Studies, prior: Prior, tau: Array) -> tuple[Array, Array, Array]:
    """The same with the logarithm of the density."""
    total = studies.v[:, None, :] + (tau * tau)[:, :, None]
    w = 1.0 / total
    mass = w.sum(axis=2) + prior.precision[:, None]
    pull = np.einsum("bgk,bk->bg", w, studies.z) + (prior.precision * prior.mean)[:, None]
    centre = pull / mass
    misfit = np.einsum("bgk,bgk->bg", w, (studies.z[:, None, :] - centre[:, :, None]) ** 2)
    misfit += prior.precision[:, None] * (prior.mean[:, None] - centre) ** 2
    spread = np.log(total, out=np.zeros_like(total), where=np.isfinite(total)).sum(axis=2)
    height = -0.5 * (spread + np.log(mass) + misfit + (tau / prior.tau_scale[:, None]) ** 2)
    return height, centre, mass


def _mean_of_tau(studies: Studies, prior: Prior, stretch: Array, x: Array) -> Array:
    """Mean of tau, (B,): tau has a corner at 0, so Gauss-Legendre between every other node."""
    knots, weights = np.polynomial.legendre.leggauss(POINTS_PER_PANEL)
    width = 2.0 * (x[1] - x[0])
    panels = width * np.arange(np.ceil(x[-1] / width))
    points = (panels[:, None] + width * (knots + 1.0) / 2.0).ravel()
    tau = stretch[:, None] * np.sinh(points)
    height, _, _ = _given(studies, prior, tau)
    height *= np.cosh(points) * np.tile(weights, len(panels))
    return np.einsum("bg,bg->b", height, tau) / height.sum(axis=1)
