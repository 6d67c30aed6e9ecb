"""Bayesian pooling of many analyses in one call."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.pooling.bayes import check_priors
from enthesis.statistics.pooling.data import Array, Flags, check_level, prepare, read_batch
from enthesis.statistics.pooling.posterior import Posterior, Prior, posterior

__all__ = ["BayesianBatch", "bayes_pool_batch"]


@dataclass(frozen=True)
class BayesianBatch:
    """B posteriors; the names mean what they mean in `BayesianEffect`, arrays (B,) or (B, 2).

    A row without studies, or with a bad one, has ``valid`` False and NaN.
    """

    mean: Array
    median: Array
    sd: Array
    interval: Array
    tau_mean: Array
    tau_median: Array
    tau_interval: Array
    prediction_interval: Array
    level: float
    valid: Flags
    converged: Flags
    origin: Array = field(repr=False)
    unit: Array = field(repr=False)
    mixture: Posterior = field(repr=False)

    def probability_above(self, threshold: ArrayLike) -> Array:
        """P(mu > threshold), (B,), one threshold for all rows or one each."""
        return 1.0 - self._cdf(threshold, new=False)

    def new_effect_above(self, threshold: ArrayLike) -> Array:
        """P(true effect of a new, similar study > threshold), (B,)."""
        return 1.0 - self._cdf(threshold, new=True)

    def _cdf(self, threshold: ArrayLike, *, new: bool) -> Array:
        at = np.broadcast_to(np.asarray(threshold, dtype=np.float64), self.origin.shape)
        below = self.mixture.cdf((at - self.origin) / self.unit, new=new)
        return np.where(self.valid, below, np.nan)


def bayes_pool_batch(
    y: ArrayLike,
    v: ArrayLike,
    mask: ArrayLike | None = None,
    *,
    tau_scale: float,
    mu_prior: tuple[float, float] | None = None,
    level: float = 0.95,
) -> BayesianBatch:
    """The exact posterior of B analyses at once; see `bayes_pool`.

    Args:
        y: Effects, (B, k).
        v: Sampling variances, (B, k).
        mask: True where a study is present, (B, k).
        tau_scale: Scale of the half-normal prior of tau.
        mu_prior: Mean and standard deviation of a normal prior of mu; flat if left out.
        level: Probability of the intervals.

    Raises:
        InvalidData: Shapes that do not fit, a bad level or a bad prior.
    """
    check_level(level)
    check_priors(tau_scale, mu_prior)
    y, v, valid = read_batch(y, v, mask)
    studies = prepare(y, v)
    mixture = posterior(studies, Prior.of(studies, tau_scale, mu_prior))
    nan = np.where(valid, 0.0, np.nan)
    origin, unit = studies.origin + nan, studies.unit
    tails = ((1.0 - level) / 2.0, (1.0 + level) / 2.0)
    mean, sd = mixture.moments()
    return BayesianBatch(
        mean=origin + unit * mean,
        median=origin + unit * mixture.quantile(0.5),
        sd=unit * sd + nan,
        interval=np.stack([origin + unit * mixture.quantile(p) for p in tails], axis=1),
        tau_mean=unit * mixture.tau_mean + nan,
        tau_median=unit * mixture.tau_quantile(0.5) + nan,
        tau_interval=np.stack([unit * mixture.tau_quantile(p) + nan for p in tails], axis=1),
        prediction_interval=np.stack([origin + unit * mixture.quantile(p, new=True) for p in tails], axis=1),
        level=level,
        valid=valid,
        converged=mixture.settled & valid,
        origin=origin,
        unit=unit,
        mixture=mixture,
    )
