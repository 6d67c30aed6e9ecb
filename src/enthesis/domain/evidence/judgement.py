"""The one reading of a pool that certainty, verdict and probabilities rest on.

One trial: its own normal interval. Two to four: the Bayesian posterior with a weakly informative half-normal
prior for the spread between trials, because Hartung-Knapp with so few can be absurdly wide or, when they
happen to agree, absurdly narrow (Rover 2021, doi:10.1002/jrsm.1475; Bender 2018, doi:10.1002/jrsm.1297). Five
or more: Hartung-Knapp, never narrower than the classic interval. The plain Hartung-Knapp interval is always
shown beside it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, stdtr

from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.scales import Scale
from enthesis.statistics import pooling

__all__ = ["PREDICTION_K", "SMALL_K", "Judgement", "judge"]

SMALL_K = 4
# From this many trials on, the effect in a new setting can be predicted at all.
PREDICTION_K = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """Effect and interval that judgements use, with the law behind them.

    ``bayes`` is set for two to four trials, else the t (or normal) law of ``fit`` is read as a probability:
    the flat-prior reading, named so on every page.
    """

    method: str
    mu: float
    ci: tuple[float, float]
    fit: pooling.PooledEffect
    bayes: pooling.BayesianEffect | None

    @property
    def prediction_interval(self) -> tuple[float, float] | None:
        """Where the true effect of a new, similar setting is expected; None below three trials."""
        if self.fit.k < PREDICTION_K:
            return None
        return self.bayes.prediction_interval if self.bayes else self.fit.prediction_interval

    def beyond(self, threshold: ArrayLike, *, higher: bool = True, new_setting: bool = False) -> np.ndarray:
        """P(effect above a threshold), or below it with ``higher`` False, on the scale of the pool.

        Args:
            threshold: One or several thresholds.
            higher: Ask for above (True) or below.
            new_setting: Ask for the effect in a new, similar setting instead of the mean.
        """
        above = self._above(np.asarray(threshold, dtype=float), new_setting)
        return above if higher else 1.0 - above

    def _above(self, threshold: np.ndarray, new_setting: bool) -> np.ndarray:
        if self.bayes is None:
            return self._above_fit(threshold, new_setting)
        ask = self.bayes.new_effect_above if new_setting else self.bayes.probability_above
        return np.asarray(ask(threshold))

    def _above_fit(self, threshold: np.ndarray, new_setting: bool) -> np.ndarray:
        tau2 = (self.fit.tau2 or 0.0) if new_setting else 0.0
        z = (self.fit.mu - threshold) / np.sqrt(self.fit.se**2 + tau2)
        return ndtr(z) if self.fit.df is None else stdtr(self.fit.df, z)


def judge(
    y: np.ndarray, v: np.ndarray, scale: Scale, rules: EvidenceRules, plain: pooling.PooledEffect
) -> Judgement:
    """The reading that judgements of these trials rest on.

    Args:
        y: Effects, shape (k,), on the scale of the pool.
        v: Sampling variances, shape (k,).
        scale: Scale of the pool.
        rules: Priors for the spread between trials.
        plain: REML with Hartung-Knapp of the same trials.
    """
    if len(y) == 1:
        return Judgement("one trial, normal interval", plain.mu, plain.ci, plain, None)
    floored = pooling.pool(y, v, method="REML", interval="hartung-knapp-floor")
    # The prior is in the unit of a known scale; on an instrument's own unit nobody has set one.
    if len(y) <= SMALL_K and scale.kind in rules.tau_prior:
        bayes = pooling.bayes_pool(y, v, tau_scale=rules.tau_prior[scale.kind])
        return Judgement(
            "Bayes, half-normal prior for the spread between trials",
            bayes.median,
            bayes.interval,
            floored,
            bayes,
        )
    return Judgement("REML, Hartung-Knapp, floored", floored.mu, floored.ci, floored, None)
