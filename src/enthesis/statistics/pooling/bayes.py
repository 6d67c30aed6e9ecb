"""Bayesian pooling by quadrature: for few studies, where tau2 is hardly known and the prior says so."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.pooling.data import LARGEST, Array, check_level, check_studies, prepare
from enthesis.statistics.pooling.posterior import Posterior, Prior, posterior
from enthesis.statistics.pooling.results import Caveat

__all__ = ["BayesianEffect", "bayes_pool", "check_priors"]

#: With so few studies the prior of tau decides much of its posterior. Source: Röver et al. 2021,
#: doi:10.1002/jrsm.1475.
FEW_STUDIES = 5

Pair = tuple[float, float]


@dataclass(frozen=True)
class BayesianEffect:
    """Posterior of the mean effect, of tau, and of the effect in a new study.

    Attributes:
        mean: Posterior mean of mu.
        median: Posterior median of mu.
        sd: Posterior standard deviation of mu.
        interval: Central credible interval of mu at ``level``.
        tau_mean: Posterior mean of tau.
        tau_median: Posterior median of tau.
        tau_interval: Central credible interval of tau.
        prediction_interval: Central interval of the true effect in a new, similar study.
        level: Probability of every interval.
        k: Number of studies.
        tau_scale: Scale of the half-normal prior of tau.
        mu_prior: Mean and standard deviation of the normal prior of mu; None for a flat one.
        converged: The quadrature stood still when its step was halved.
        caveats: Doubts that the reader must see.
    """

    mean: float
    median: float
    sd: float
    interval: Pair
    tau_mean: float
    tau_median: float
    tau_interval: Pair
    prediction_interval: Pair
    level: float
    k: int
    tau_scale: float
    mu_prior: Pair | None
    converged: bool
    caveats: tuple[Caveat, ...]
    origin: float = field(repr=False)
    unit: float = field(repr=False)
    mixture: Posterior = field(repr=False)

    def probability_above(self, threshold: ArrayLike) -> Array:
        """P(mu > threshold), of the shape of the threshold."""
        return 1.0 - self._cdf(threshold, new=False)

    def probability_below(self, threshold: ArrayLike) -> Array:
        """P(mu < threshold), of the shape of the threshold."""
        return self._cdf(threshold, new=False)

    def new_effect_above(self, threshold: ArrayLike) -> Array:
        """P(true effect of a new, similar study > threshold), of the shape of the threshold."""
        return 1.0 - self._cdf(threshold, new=True)

    def new_effect_below(self, threshold: ArrayLike) -> Array:
        """P(true effect of a new, similar study < threshold), of the shape of the threshold."""
        return self._cdf(threshold, new=True)

    def tau_above(self, threshold: float) -> float:
        """P(tau > threshold)."""
        return float(1.0 - self.mixture.tau_cdf(np.array([threshold / self.unit]))[0])

    def _cdf(self, threshold: ArrayLike, *, new: bool) -> Array:
        given = np.asarray(threshold, dtype=np.float64)
        at = (given.ravel() - self.origin) / self.unit
        return self.mixture.cdf(at, new=new).reshape(given.shape)


def bayes_pool(
    y: ArrayLike, v: ArrayLike, *, tau_scale: float, mu_prior: Pair | None = None, level: float = 0.95
) -> BayesianEffect:
    """The exact posterior under a half-normal prior of tau.

    The prior must be stated for the scale at hand: for log odds ratios and standardised mean
    differences a ``tau_scale`` of 0.5 is usual, and 1 is wide. Even one study has a posterior, that
    of the study with the prior's heterogeneity.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        tau_scale: Scale of the half-normal prior, in y's unit, above 0.
        mu_prior: Mean and standard deviation of a normal prior of mu; flat if left out.
        level: Probability of the intervals.

    Raises:
        InvalidData: As for `pool`; a scale or standard deviation that is not above 0.

    Source: Röver 2020, doi:10.18637/jss.v093.i06; priors in Röver et al. 2021, doi:10.1002/jrsm.1475.
    """
    y, v = check_studies(y, v)
    check_level(level)
    check_priors(tau_scale, mu_prior)
    studies = prepare(y[None, :], v[None, :])
    unit, origin = float(studies.unit[0]), float(studies.origin[0])
    mixture = posterior(studies, Prior.of(studies, tau_scale, mu_prior))
    tails = [(1.0 - level) / 2.0, 0.5, (1.0 + level) / 2.0]
    centre, spread = mixture.moments()
    low, middle, high = (origin + unit * mixture.quantile(tails)).tolist()
    below, _, above = (origin + unit * mixture.quantile(tails, new=True)).tolist()
    tau_low, tau_middle, tau_high = (unit * mixture.tau_quantile(tails)).tolist()
    return BayesianEffect(
        mean=origin + unit * float(centre[0]),
        median=middle,
        sd=unit * float(spread[0]),
        interval=(low, high),
        tau_mean=unit * float(mixture.tau_mean[0]),
        tau_median=tau_middle,
        tau_interval=(tau_low, tau_high),
        prediction_interval=(below, above),
        level=level,
        k=len(y),
        tau_scale=tau_scale,
        mu_prior=mu_prior,
        converged=bool(mixture.settled[0]),
        caveats=_doubts(len(y), tau_scale),
        origin=origin,
        unit=unit,
        mixture=mixture,
    )


def check_priors(tau_scale: float, mu_prior: Pair | None) -> None:
    """Refuse priors that are not distributions.

    Raises:
        InvalidData: A scale or a standard deviation that is not finite and above 0.
    """
    faults = []
    if not 1.0 / LARGEST < tau_scale < LARGEST:
        faults.append(Fault(f"{tau_scale!r} is not a scale; it must be finite and above 0.", "tau_scale"))
    if mu_prior is not None and not (abs(mu_prior[0]) < LARGEST and 1.0 / LARGEST < mu_prior[1] < LARGEST):
        text = f"{mu_prior!r} is not a mean and a standard deviation above 0."
        faults.append(Fault(text, "mu_prior"))
    if faults:
        raise InvalidData(faults)


def _doubts(k: int, tau_scale: float) -> tuple[Caveat, ...]:
    if k >= FEW_STUDIES:
        return ()
    what = "one study" if k == 1 else f"{k} studies"
    text = f"With {what} the half-normal prior of scale {tau_scale:g} decides much of the heterogeneity."
    return (Caveat("prior-decides-tau", text),)
