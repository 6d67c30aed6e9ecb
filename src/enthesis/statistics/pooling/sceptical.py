"""A coefficient through the eyes of a sceptic: what few studies can move a doubter to believe."""

from dataclasses import dataclass
from math import inf, isfinite, sqrt

import numpy as np

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.distributions import ndtr, ndtri
from enthesis.statistics.pooling.data import Array, check_level

__all__ = ["ScepticalCoefficient", "sceptical_coefficient"]

#: Nodes of the trapezoid over the logarithm of the unknown precision, where it converges exponentially.
NODES = 2001
#: Logarithm of the density that is left out at both ends, against the peak.
OUT_OF_SIGHT = 40.0


@dataclass(frozen=True, slots=True)
class ScepticalCoefficient:
    """Posterior of a coefficient under a normal prior about 0.

    Attributes:
        mean: Posterior mean.
        sd: Posterior standard deviation.
        interval: Central credible interval at ``level``.
        probability_positive: Probability that the coefficient is above 0.
        level: Probability of the interval.
        prior_sd: Standard deviation of the prior.
        trust: Posterior mean over the estimate, 0-1: how much of it a sceptic takes over; None where it is 0.
    """

    mean: float
    sd: float
    interval: tuple[float, float]
    probability_positive: float
    level: float
    prior_sd: float
    trust: float | None


def sceptical_coefficient(
    estimate: float,
    se: float,
    *,
    unlikely: float,
    df: float | None = None,
    chance: float = 0.05,
    level: float = 0.95,
) -> ScepticalCoefficient:
    """The coefficient drawn towards 0 by a sceptical prior.

    The prior is normal about 0 and gives a coefficient beyond ``unlikely``, on either side alone, only the
    probability ``chance``. The estimate is normal about the coefficient, or Student's t with ``df``, which is
    then taken as a normal of unknown precision.

    Args:
        estimate: The coefficient as estimated.
        se: Its standard error, above 0.
        unlikely: A size that a sceptic would not expect it to exceed, above 0, in its unit.
        df: Degrees of freedom behind ``se``; None where it is known.
        chance: Prior probability of a coefficient above ``unlikely``, in (0, 0.5).
        level: Probability of the interval.

    Raises:
        InvalidData: A number outside its range.

    Source: sceptical prior: Spiegelhalter, Freedman & Parmar 1994, doi:10.2307/2983527; for effects that
        differ between groups: Dixon & Simon 1991, doi:10.2307/2532645.
    """
    # Here, because it takes longer to import than all of numpy.
    from scipy.optimize import brentq

    check_level(level)
    _check(estimate, se, unlikely, df, chance)
    prior = unlikely / float(-ndtri(chance))
    means, sds, weights = _mixture(estimate, se, prior, df)
    mean = float(weights @ means)
    sd = sqrt(float(weights @ (sds**2 + (means - mean) ** 2)))

    def below(x: float) -> float:
        return float(weights @ ndtr((x - means) / sds))

    def at(p: float) -> float:
        far = 40.0 * sd
        return float(brentq(lambda x: below(x) - p, mean - far, mean + far, xtol=1e-14 * far, rtol=1e-14))

    tail = (1.0 - level) / 2.0
    return ScepticalCoefficient(
        mean=mean,
        sd=sd,
        interval=(at(tail), at(1.0 - tail)),
        probability_positive=1.0 - below(0.0),
        level=level,
        prior_sd=prior,
        trust=mean / estimate if estimate else None,
    )


def _mixture(estimate: float, se: float, prior: float, df: float | None) -> tuple[Array, Array, Array]:
    """Posterior as normals: one per precision that the degrees of freedom leave possible."""
    if df is None or df == inf:
        precision, share = np.ones(1), np.ones(1)
    else:
        half = df / 2.0
        reach = OUT_OF_SIGHT / half + np.sqrt(2.0 * OUT_OF_SIGHT / half)
        log_precision = np.linspace(-reach, np.log1p(reach), NODES)
        precision = np.exp(log_precision)
        share = np.exp(half * (log_precision - precision + 1.0))
    v = se**2 / precision
    trust = prior**2 / (prior**2 + v)
    marginal = -0.5 * (np.log(prior**2 + v) + estimate**2 / (prior**2 + v))
    weights = share * np.exp(marginal - marginal.max())
    return trust * estimate, np.sqrt(trust * v), weights / weights.sum()


def _check(estimate: float, se: float, unlikely: float, df: float | None, chance: float) -> None:
    rules = (
        ("estimate", estimate, isfinite(estimate), "a finite number"),
        ("se", se, isfinite(se) and se > 0, "above 0"),
        ("unlikely", unlikely, isfinite(unlikely) and unlikely > 0, "above 0"),
        ("df", df, df is None or df > 0, "above 0"),
        ("chance", chance, 0 < chance < 0.5, "in (0, 0.5)"),
    )
    faults = [
        Fault(f"{x!r} is not allowed.", name, f"Give {rule}.")
        for name, x, is_allowed, rule in rules
        if not is_allowed
    ]
    if faults:
        raise InvalidData(faults)
