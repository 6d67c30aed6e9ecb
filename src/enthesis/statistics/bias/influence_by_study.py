"""What each study does to a three-level mean: leave one study out, and its part in the heterogeneity."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias.study_averages import study_averages
from enthesis.statistics.bias.working_model import (
    RHO,
    assumed_correlation,
    check_clusters,
    heterogeneity,
    working_fit,
    working_mean,
)
from enthesis.statistics.pooling.data import Array, Flags, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["StudyInfluence", "WithoutStudy", "influence_by_study"]


@dataclass(frozen=True, slots=True)
class WithoutStudy:
    """The analysis without one study, and that study's part in the whole.

    Attributes:
        study: The study left out.
        effects: How many effects it gave.
        mu: Mean without it.
        se: Its CR2 standard error; None where the rest agree too closely to carry one.
        ci: Its interval; None likewise.
        tau2: Variance of true effects, between and within studies, without it.
        shift: Change of the mean that the study brings, in model-based standard errors without it.
        heterogeneity: Squared Pearson residual of the study's average: its part in Q at the estimated
            variances (the x of a Baujat plot).
        influence: Squared shift of the mean over its variance without the study (the y of a Baujat plot).
    """

    study: Hashable
    effects: int
    mu: float
    se: float | None
    ci: tuple[float, float] | None
    tau2: float
    shift: float
    heterogeneity: float
    influence: float


@dataclass(frozen=True, slots=True)
class StudyInfluence:
    """The whole analysis and every analysis without one study.

    Attributes:
        mu: Mean of all effects.
        se: Its CR2 standard error.
        ci: Its interval at ``level``.
        without: One per study, in the order in which they first appear.
        level: Coverage of the intervals.
        caveats: Doubts that the reader must see.
    """

    mu: float
    se: float
    ci: tuple[float, float]
    without: tuple[WithoutStudy, ...]
    level: float
    caveats: tuple[Caveat, ...]


def influence_by_study(
    y: ArrayLike, v: ArrayLike, study: Sequence[Hashable], *, rho: float = RHO, level: float = 0.95
) -> StudyInfluence:
    """Leave out each study with all its effects, and fit the three-level model anew.

    Args:
        y: Effects, (k,), on one additive scale.
        v: Sampling variances, (k,), in y's unit squared.
        study: Study of each effect, k labels.
        rho: Correlation assumed between sampling errors of one study, in [0, 1).
        level: Coverage of the intervals.

    When it misleads: two outliers on one side hide each other, because studies leave one at a time.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Fewer than three studies.

    Source: Viechtbauer & Cheung 2010, doi:10.1002/jrsm.11; Baujat et al. 2002, doi:10.1002/sim.1221; whole
        clusters: Christensen, Pearson & Johnson 1992, doi:10.2307/1269550.
    """
    y, v, study = check_clusters(y, v, study, rho)
    check_level(level)
    averages = study_averages(y, v, study, rho=rho)
    if len(averages.study) < 3:
        raise CannotEstimate(f"Leaving one out needs at least 3 studies; {len(averages.study)} given.")
    nothing = np.empty((len(y), 0))
    model, errors = working_fit(y, v, study, nothing, [], rho, level)
    mean = errors.coefficients[0]
    between = heterogeneity(model) - averages.omega2
    pearson = (averages.y - mean.estimate) ** 2 / (averages.v + between)
    labels = np.array([averages.study.index(one) for one in study])
    without = tuple(
        _left_out(y, v, study, labels != i, name, float(pearson[i]), mean.estimate, rho, level)
        for i, name in enumerate(averages.study)
    )
    caveats = (assumed_correlation(rho), *model.caveats, *errors.caveats)
    return StudyInfluence(mean.estimate, mean.se, mean.ci, without, level, caveats)


def _left_out(
    y: Array, v: Array, study: Sequence[Hashable], kept: Flags, name: Hashable, pearson: float,
    whole: float, rho: float, level: float,
) -> WithoutStudy:  # fmt: skip
    rest = [one for one, stays in zip(study, kept, strict=True) if stays]
    model, own = working_mean(y[kept], v[kept], rest, rho, level)
    plain = model.coefficients[0]
    shift = (whole - plain.estimate) / plain.se
    return WithoutStudy(
        study=name,
        effects=int(np.count_nonzero(~kept)),
        mu=plain.estimate,
        se=None if own is None else own.se,
        ci=None if own is None else own.ci,
        tau2=heterogeneity(model),
        shift=shift,
        heterogeneity=pearson,
        influence=shift**2,
    )
