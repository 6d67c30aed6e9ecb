"""Sequential Bayes: what the trials had made probable by each point in time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.pooling import Caveat, bayes_pool_batch
from enthesis.statistics.pooling.data import Array, check_studies
from enthesis.statistics.sequential.looks import check_favours, last_of_each

__all__ = ["AccruingProbability", "sequential_bayes"]

#: Below it the prior of tau decides much. Source: Röver et al. 2021, doi:10.1002/jrsm.1475.
FEW_STUDIES = 5


@dataclass(frozen=True, slots=True)
class AccruingProbability:
    """Posterior after each look, (K,); benefit is in the direction of ``favours``.

    A posterior needs no correction for looking often, but it answers another question than a boundary:
    how probable an effect is, not how often the rule would be wrong.

    Attributes:
        beyond: P(mean effect beyond the MCID in favour).
        new_beyond: P(true effect in a new, similar trial beyond the MCID in favour).
        any_benefit: P(mean effect in favour at all).
        harm: P(mean effect beyond the MCID against).
        median: Posterior median of the mean effect.
        interval: Its central credible interval at ``level``, (K, 2).
        k: Studies behind each look.
        mcid: Smallest effect that matters, above 0.
        favours: Direction of benefit, "greater" or "less".
        level: Probability of the interval.
        tau_scale: Scale of the half-normal prior of tau.
        mu_prior: Mean and standard deviation of the normal prior of the mean effect; None for a flat one.
        caveats: Doubts that the reader must see.
    """

    beyond: Array
    new_beyond: Array
    any_benefit: Array
    harm: Array
    median: Array
    interval: Array
    k: tuple[int, ...]
    mcid: float
    favours: str
    level: float
    tau_scale: float
    mu_prior: tuple[float, float] | None
    caveats: tuple[Caveat, ...]


def sequential_bayes(
    y: ArrayLike,
    v: ArrayLike,
    *,
    mcid: float,
    favours: str,
    tau_scale: float,
    mu_prior: tuple[float, float] | None = None,
    stage: ArrayLike | None = None,
    level: float = 0.95,
) -> AccruingProbability:
    """Probability of benefit beyond the MCID as studies come in.

    Args:
        y: Effects in the order in which they became known, (k,).
        v: Sampling variances, (k,).
        mcid: Smallest effect that matters, above 0, in y's unit.
        favours: Direction of benefit: "greater" or "less".
        tau_scale: Scale of the half-normal prior of tau, in y's unit.
        mu_prior: Mean and standard deviation of a normal prior of mu; flat if left out.
        stage: Look that each study belongs to, (k,), never falling (its year, say); one each if left out.
        level: Probability of the interval.

    Raises:
        InvalidData: As for `bayes_pool`; an mcid that is not above 0; stages that fall.
        ValueError: A direction that is neither.

    Source: Spiegelhalter, Abrams & Myles 2004, doi:10.1002/0470092602; quadrature as in `bayes_pool`.
    """
    y, v = check_studies(y, v)
    sign = check_favours(favours)
    if not 0.0 < mcid < np.inf:
        raise InvalidData(
            Fault(f"{mcid!r} is not a smallest effect that matters;", "mcid", "give one above 0.")
        )
    last = last_of_each(stage, len(y))
    mask = np.arange(len(y)) <= last[:, None]
    shape = mask.shape
    prior = None if mu_prior is None else (sign * mu_prior[0], mu_prior[1])
    at = bayes_pool_batch(
        np.broadcast_to(sign * y, shape),
        np.broadcast_to(v, shape),
        mask,
        tau_scale=tau_scale,
        mu_prior=prior,
        level=level,
    )
    return AccruingProbability(
        beyond=at.probability_above(mcid),
        new_beyond=at.new_effect_above(mcid),
        any_benefit=at.probability_above(0.0),
        harm=1.0 - at.probability_above(-mcid),
        median=sign * at.median,
        interval=np.sort(sign * at.interval, axis=1),
        k=tuple((last + 1).tolist()),
        mcid=float(mcid),
        favours=favours,
        level=level,
        tau_scale=tau_scale,
        mu_prior=mu_prior,
        caveats=_doubts(len(y), tau_scale, bool(at.converged.all())),
    )


def _doubts(k: int, tau_scale: float, converged: bool) -> tuple[Caveat, ...]:
    found = []
    if k < FEW_STUDIES:
        text = f"With k = {k} the half-normal prior of scale {tau_scale:g} decides much of the heterogeneity."
        found.append(Caveat("prior-decides-tau", text))
    if not converged:
        found.append(Caveat("not-converged", "A posterior was not integrated to all digits."))
    return tuple(found)
