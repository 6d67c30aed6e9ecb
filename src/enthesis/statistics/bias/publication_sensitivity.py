"""How strong would selection for affirmative results have to be to explain an effect away?"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.working_model import (
    RHO,
    check_clusters,
    heterogeneity,
    random_terms,
    sampling_within,
)
from enthesis.statistics.blocks import fit, robust
from enthesis.statistics.distributions import ndtri
from enthesis.statistics.pooling.data import Array, Flags, check_level
from enthesis.statistics.pooling.regression_results import Coefficient
from enthesis.statistics.pooling.results import Caveat

__all__ = ["LARGEST_RATIO", "PublicationSensitivity", "publication_sensitivity"]

#: Beyond it, nearly all the weight lies on the results that are not affirmative.
LARGEST_RATIO = 200.0


@dataclass(frozen=True, slots=True)
class PublicationSensitivity:
    """The mean if affirmative results were so many times as likely to be published as the others.

    Affirmative: significant and in the favoured direction.

    Attributes:
        ratios: Selection ratios asked for.
        mu: Corrected mean at each ratio.
        ci: Its interval at each ratio, from CR2 errors by study.
        worst_mu: Mean of the results that are not affirmative alone: selection without limit.
        worst_ci: Its interval; None where fewer than two studies gave one, or all gave the same.
        ratio_for_mu: Selection ratio that moves the mean to ``towards``; None if none does.
        ratio_for_ci: Selection ratio that moves the interval's nearer end there; 1 if it holds it already,
            None if no ratio up to 200 does.
        towards: Value asked about.
        affirmative: Number of affirmative effects.
        tau2: Variance of true effects in the weights, from the uncorrected analysis.
        k: Number of effects.
        level: Coverage of the intervals.
        caveats: Doubts that the reader must see.
    """

    ratios: tuple[float, ...]
    mu: tuple[float, ...]
    ci: tuple[tuple[float, float], ...]
    worst_mu: float
    worst_ci: tuple[float, float] | None
    ratio_for_mu: float | None
    ratio_for_ci: float | None
    towards: float
    affirmative: int
    tau2: float
    k: int
    level: float
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class _Weighted:
    """Effects with the weights of an uncorrected analysis, the favoured direction positive."""

    y: Array
    total: Array
    study: tuple[Hashable, ...]
    affirmative: Flags
    level: float

    def mean_at(self, ratio: float) -> Coefficient:
        """Weights of results that are not affirmative multiplied by the ratio; CR2 errors by study."""
        raised = np.where(self.affirmative, self.total, self.total / ratio)
        return robust(fit(self.y, raised, random=(), level=self.level), self.study).coefficients[0]

    def others(self) -> "_Weighted":
        """The results that are not affirmative."""
        kept = ~self.affirmative
        names = tuple(one for one, stays in zip(self.study, kept, strict=True) if stays)
        return _Weighted(self.y[kept], self.total[kept], names, self.affirmative[kept], self.level)


def publication_sensitivity(
    y: ArrayLike,
    v: ArrayLike,
    *,
    favours: str,
    study: Sequence[Hashable] | None = None,
    ratios: Sequence[float] = (1.0, 2.0, 5.0, 10.0, 50.0),
    towards: float = 0.0,
    alpha: float = 0.05,
    rho: float = RHO,
    level: float = 0.95,
) -> PublicationSensitivity:
    """The mean under stated selection for affirmative results, and the selection that would explain it away.

    Needs no guess of how strong selection was, no symmetric funnel and no independent effects.

    Args:
        y: Effects, (k,), on one additive scale with 0 as no effect.
        v: Sampling variances, (k,), in y's unit squared.
        favours: Direction that is published more readily, "greater" or "less".
        study: Study of each effect, k labels; every effect its own without it.
        ratios: How many times as likely an affirmative result is to be published, each 1 or more.
        towards: Value that the mean, or the end of its interval, would have to reach.
        alpha: Two-sided significance level that selection looks at.
        rho: Correlation assumed between sampling errors of one study, in [0, 1); it moves tau2 alone.
        level: Coverage of the intervals.

    When it misleads: it knows one step in one direction: selection by size, by language or within studies
    goes unseen; with few affirmative or few other results it hangs on single trials.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: All results are affirmative, none is, or fewer than two studies.

    Source: Mathur & VanderWeele 2020, doi:10.1111/rssc.12440.
    """
    labels = tuple(range(np.size(y))) if study is None else study
    y, v, names = check_clusters(y, v, labels, rho)
    _check_options(favours, ratios, alpha, towards)
    sign = 1.0 if favours == "greater" else -1.0
    affirmative = sign * y / np.sqrt(v) >= -ndtri(alpha / 2)
    if affirmative.all() or not affirmative.any():
        which = "All" if affirmative.all() else "None"
        raise CannotEstimate(f"{which} of the {len(y)} results are affirmative; selection cannot be weighed.")
    if len(set(names)) < 2:
        raise CannotEstimate("One study only; errors by study need at least 2.")
    tau2 = heterogeneity(fit(y, sampling_within(v, names, rho), random=random_terms(names)))
    data = _Weighted(sign * y, v + tau2, names, affirmative, check_level(level))
    goal = sign * towards
    found = [_turned(data.mean_at(ratio), sign) for ratio in ratios]
    worst = data.others()
    weight = 1.0 / worst.total
    return PublicationSensitivity(
        ratios=tuple(float(one) for one in ratios),
        mu=tuple(mu for mu, _ in found),
        ci=tuple(ci for _, ci in found),
        worst_mu=sign * float(weight @ worst.y / weight.sum()),
        worst_ci=_worst_interval(worst, sign),
        ratio_for_mu=_ratio_for_mean(data, goal),
        ratio_for_ci=_ratio_for_interval(data, goal),
        towards=float(towards),
        affirmative=int(affirmative.sum()),
        tau2=tau2,
        k=len(y),
        level=level,
        caveats=_caveats(affirmative),
    )


def _turned(mean: Coefficient, sign: float) -> tuple[float, tuple[float, float]]:
    low, high = sorted((sign * mean.ci[0], sign * mean.ci[1]))
    return sign * mean.estimate, (low, high)


def _worst_interval(worst: _Weighted, sign: float) -> tuple[float, float] | None:
    try:
        return _turned(worst.mean_at(1.0), sign)[1]
    except CannotEstimate:
        return None


def _ratio_for_mean(data: _Weighted, goal: float) -> float | None:
    """Where the weighted distances of both kinds from the goal balance; 1 if they do already."""
    excess = (data.y - goal) / data.total
    above, below = float(excess[data.affirmative].sum()), float(excess[~data.affirmative].sum())
    if above + below <= 0.0:
        return 1.0
    return -above / below if below < 0.0 else None


def _ratio_for_interval(data: _Weighted, goal: float) -> float | None:
    """The least ratio whose interval reaches down to the goal, by bisection on its logarithm."""

    def reaches(log_ratio: float) -> float:
        return data.mean_at(float(np.exp(log_ratio))).ci[0] - goal

    if reaches(0.0) <= 0.0:
        return 1.0
    grid = np.linspace(0.0, np.log(LARGEST_RATIO), 25)[1:]
    last = 0.0
    for log_ratio in grid.tolist():
        if reaches(log_ratio) <= 0.0:
            from scipy.optimize import brentq

            return float(np.exp(brentq(reaches, last, log_ratio, xtol=1e-10)))
        last = log_ratio
    return None


def _caveats(affirmative: Flags) -> tuple[Caveat, ...]:
    few = min(int(affirmative.sum()), int((~affirmative).sum()))
    if few >= 5:
        return ()
    kind = "affirmative" if affirmative.sum() == few else "other"
    return (Caveat("few-of-one-kind", f"Only {few} {kind} results: the correction hangs on them."),)


def _check_options(favours: str, ratios: Sequence[float], alpha: float, towards: float) -> None:
    faults = []
    if favours not in ("greater", "less"):
        faults.append(Fault(f"{favours!r} is no direction;", "favours", "give greater or less."))
    faults += [
        Fault(f"{one!r} is no selection ratio;", "ratios", "give finite numbers, 1 or more.")
        for one in ratios
        if not (np.isfinite(one) and one >= 1.0)
    ]
    if not 0.0 < alpha < 1.0:
        faults.append(Fault(f"{alpha!r} is no significance level;", "alpha", "give a number in (0, 1)."))
    if not np.isfinite(towards):
        faults.append(Fault(f"{towards!r} is not an effect;", "towards", "give a finite number."))
    if faults:
        raise InvalidData(faults)
