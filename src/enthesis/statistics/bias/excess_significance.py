"""Ioannidis and Trikalinos' test of excess significance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.distributions import chdtrc, ndtr, ndtri
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["ExcessSignificance", "excess_significance_test"]


@dataclass(frozen=True, slots=True)
class ExcessSignificance:
    """Observed against expected number of significant studies.

    Attributes:
        observed: Studies significant at ``alpha``.
        expected: Sum of the studies' power to find ``effect``.
        power: Power of each study, in the order given.
        effect: True effect that the power was computed for.
        statistic: Chi-squared with one degree of freedom.
        p: One-sided p-value of "no more are significant than expected".
        alpha: Two-sided significance level of the single studies.
        k: Number of studies.
        caveats: Doubts that the reader must see.
    """

    observed: int
    expected: float
    power: tuple[float, ...]
    effect: float
    statistic: float
    p: float
    alpha: float
    k: int
    caveats: tuple[Caveat, ...]


def excess_significance_test(
    y: ArrayLike, v: ArrayLike, *, effect: float | None = None, tau2: float = 0.0, alpha: float = 0.05
) -> ExcessSignificance:
    """Whether more studies are significant than their power allows.

    Args:
        y: Effect of each study, shape (k,), on one additive scale with 0 as no effect.
        v: Sampling variance of each y, shape (k,).
        effect: True effect to compute the power for; the common-effect estimate without one.
        tau2: Between-study variance of the true effects around ``effect``, in y's unit squared.
        alpha: Two-sided significance level of the single studies.

    When it misleads: a small p-value shows an excess, not where it comes from; with heterogeneity and
    tau2 = 0 the power is wrong; with few studies it finds nothing (the authors read p < 0.10).

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: The expected number is 0 or k to machine precision.

    Source: Ioannidis & Trikalinos 2007, doi:10.1177/1740774507079441.
    """
    y, v = check_effects(y, v)
    _check_options(alpha, tau2)
    w, k = 1 / v, len(y)
    theta = float(w @ y / w.sum()) if effect is None else float(effect)
    observed = int(np.count_nonzero(np.abs(y) / np.sqrt(v) >= -ndtri(alpha / 2)))
    power = _power(v, theta, tau2, alpha)
    expected = float(power.sum())
    if not 0 < expected < k:
        raise CannotEstimate(f"All {k} studies have a power of 0 or 1; no excess can be told from chance.")
    statistic = (observed - expected) ** 2 * (1 / expected + 1 / (k - expected))
    upper = float(chdtrc(1, statistic)) / 2
    return ExcessSignificance(
        observed=observed,
        expected=expected,
        power=tuple(power.tolist()),
        effect=theta,
        statistic=statistic,
        p=upper if observed > expected else 1 - upper,
        alpha=alpha,
        k=k,
        caveats=_caveats(k, float(w @ (y - theta) ** 2), tau2),
    )


def _power(v: Array, theta: float, tau2: float, alpha: float) -> Array:
    """Two-sided power of each study when true effects are normal around theta."""
    critical, spread = -ndtri(alpha / 2) * np.sqrt(v), np.sqrt(v + tau2)
    return ndtr((theta - critical) / spread) + ndtr((-theta - critical) / spread)


def _caveats(k: int, q: float, tau2: float) -> tuple[Caveat, ...]:
    found = [
        Caveat("excess-has-many-causes", "An excess of significant studies is not proof of reporting bias.")
    ]
    if k < 10:
        found.append(Caveat("few-studies", f"With {k} studies the test has little power."))
    if tau2 == 0 and q > 2 * (k - 1):
        found.append(
            Caveat("heterogeneous", "Power was computed for one common effect although I2 is above 50%.")
        )
    return tuple(found)


def _check_options(alpha: float, tau2: float) -> None:
    faults = []
    if not 0 < alpha < 1:
        faults.append(Fault(f"{alpha!r} is no significance level;", "alpha", "give a number in (0, 1)."))
    if not (np.isfinite(tau2) and tau2 >= 0):
        faults.append(Fault(f"{tau2!r} is not a variance;", "tau2", "give a finite number, 0 or more."))
    if faults:
        raise InvalidData(faults)
