"""Fail-safe N: how many null studies would overturn a result."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.distributions import ndtri
from enthesis.statistics.pooling.results import Caveat

__all__ = ["FailSafeN", "fail_safe_n_orwin", "fail_safe_n_rosenberg", "fail_safe_n_rosenthal"]

_CAVEAT = Caveat(
    "fail-safe-n",
    "A fail-safe N assumes hidden studies with an average effect of exactly 0 and ignores heterogeneity; "
    "the Cochrane Handbook advises against resting a conclusion on it.",
)


@dataclass(frozen=True, slots=True)
class FailSafeN:
    """Number of hidden studies that would be needed.

    Attributes:
        n: Studies needed, rounded up; 0 when the result does not stand even now.
        method: "Rosenthal", "Orwin" or "Rosenberg".
        target: What n brings the result down to: a p-value, or Orwin's mean effect.
        k: Number of studies.
        caveats: Doubts that the reader must see.
    """

    n: int
    method: str
    target: float
    k: int
    caveats: tuple[Caveat, ...]


def fail_safe_n_rosenthal(y: ArrayLike, v: ArrayLike, *, alpha: float = 0.05) -> FailSafeN:
    """Null studies that bring Stouffer's combined one-sided p-value up to ``alpha``.

    Args:
        y: Effect of each study, shape (k,).
        v: Sampling variance of each y, shape (k,).
        alpha: One-sided significance level.

    When it misleads: nearly always; it treats hidden studies as centred on 0, weighs all studies alike, and
    answers about a p-value, not about an effect.

    Raises:
        InvalidData: A value breaks a rule.

    Source: Rosenthal 1979, doi:10.1037/0033-2909.86.3.638.
    """
    y, v = check_effects(y, v)
    critical = ndtri(_check_alpha(alpha))
    n = float((y / np.sqrt(v)).sum() / critical) ** 2 - len(y)
    return FailSafeN(_up(n), "Rosenthal", alpha, len(y), (_CAVEAT,))


def fail_safe_n_rosenberg(y: ArrayLike, v: ArrayLike, *, alpha: float = 0.05) -> FailSafeN:
    """Null studies of average weight that make the common effect not significant.

    Args:
        y: Effect of each study, shape (k,).
        v: Sampling variance of each y, shape (k,).
        alpha: Two-sided significance level.

    When it misleads: with heterogeneity, because a common effect is assumed.

    Raises:
        InvalidData: A value breaks a rule.

    Source: Rosenberg 2005, doi:10.1111/j.0014-3820.2005.tb01004.x (with normal quantiles).
    """
    y, v = check_effects(y, v)
    critical = ndtri(_check_alpha(alpha) / 2)
    w = 1 / v
    n = ((w @ y / critical) ** 2 - w.sum()) / w.mean()
    return FailSafeN(_up(float(n)), "Rosenberg", alpha, len(y), (_CAVEAT,))


def fail_safe_n_orwin(y: ArrayLike, v: ArrayLike, *, target: float | None = None) -> FailSafeN:
    """Null studies that bring the plain mean of the effects down to ``target``.

    Args:
        y: Effect of each study, shape (k,).
        v: Sampling variance of each y, shape (k,); checked, not used: Orwin's mean is unweighted.
        target: Mean effect that would no longer matter, in y's unit; half the observed mean without one.
            Only its size counts.

    When it misleads: the plain mean ignores precision, and the answer moves with an arbitrary target.

    Raises:
        InvalidData: A value breaks a rule, or the target is 0.
        CannotEstimate: The mean effect is 0.

    Source: Orwin 1983, doi:10.3102/10769986008002157.
    """
    y, _ = check_effects(y, v)
    mean = abs(float(y.mean()))
    if mean == 0:
        raise CannotEstimate("The mean effect is 0; there is nothing to bring down.")
    # Half the mean always takes k studies; the division is left out so that rounding cannot make it k + 1.
    goal = mean / 2 if target is None else abs(target)
    if not (math.isfinite(goal) and goal > 0):
        raise InvalidData(Fault(f"{target!r} is no target;", "target", "give a finite effect other than 0."))
    n = len(y) if target is None else len(y) * (mean - goal) / goal
    return FailSafeN(_up(n), "Orwin", goal, len(y), (_CAVEAT,))


def _up(n: float) -> int:
    return max(0, math.ceil(n))


def _check_alpha(alpha: float) -> float:
    if not 0 < alpha < 1:
        raise InvalidData(Fault(f"{alpha!r} is no significance level;", "alpha", "give a number in (0, 1)."))
    return alpha
