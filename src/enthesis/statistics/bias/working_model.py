"""The model behind the checks of dependent effects: correlated errors, two variances, robust errors."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.blocks import (
    BlockFit,
    RandomIntercept,
    RobustBlocks,
    SamplingCovariance,
    Term,
    ThreeLevel,
    fit,
    robust,
    sampling_covariance,
)
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.regression_results import Coefficient
from enthesis.statistics.pooling.results import Caveat

__all__ = [
    "RHO",
    "assumed_correlation",
    "check_clusters",
    "heterogeneity",
    "random_terms",
    "sampling_within",
    "working_fit",
    "working_mean",
]

#: Sampling correlation of two effects of one study. Robust errors hold whatever it truly is; it moves the
#: weights. 0.6 is the value of the examples of Pustejovsky & Tipton 2022, doi:10.1007/s11121-021-01246-3.
RHO = 0.6


def check_clusters(
    y: ArrayLike, v: ArrayLike, study: Sequence[Hashable], rho: float
) -> tuple[Array, Array, tuple[Hashable, ...]]:
    """Effects, variances and study of each effect, checked.

    Raises:
        InvalidData: A value breaks a rule, or there is not one study per effect.
    """
    y, v = check_effects(y, v)
    faults = []
    if len(study) != len(y):
        faults.append(
            Fault(f"has {len(study)} values for {len(y)} effects;", "study", "give one per effect.")
        )
    if not 0.0 <= rho < 1.0:
        faults.append(Fault(f"{rho!r} is no correlation within a study;", "rho", "give 0 or more, below 1."))
    if faults:
        raise InvalidData(faults)
    return y, v, tuple(study)


def sampling_within(v: Array, study: Sequence[Hashable], rho: float) -> SamplingCovariance:
    """Sampling errors of one study's effects correlate by rho."""
    return sampling_covariance(v, study, rho=rho)


def random_terms(study: Sequence[Hashable]) -> list[Term]:
    """A variance between studies and one within; with one effect per study the two cannot be told apart."""
    if len(set(study)) == len(study):
        return [RandomIntercept(study)]
    return [ThreeLevel(study)]


def working_fit(
    y: Array, v: Array, study: Sequence[Hashable], X: Array, names: Sequence[str], rho: float, level: float
) -> tuple[BlockFit, RobustBlocks]:
    """Meta-regression of dependent effects, and its CR2 errors with Satterthwaite's degrees of freedom.

    Raises:
        CannotEstimate: Not more studies than coefficients, or no residual.

    Source: Pustejovsky & Tipton 2022, doi:10.1007/s11121-021-01246-3; Pustejovsky & Tipton 2018,
        doi:10.1080/07350015.2016.1247004.
    """
    studies, coefficients = len(set(study)), 1 + X.shape[1]
    if studies <= coefficients:
        raise CannotEstimate(f"{studies} studies cannot carry {coefficients} coefficients.")
    model = fit(y, sampling_within(v, study, rho), X, names, random=random_terms(study), level=level)
    return model, robust(model, study, level=level)


def working_mean(
    y: Array, v: Array, study: Sequence[Hashable], rho: float, level: float
) -> tuple[BlockFit, Coefficient | None]:
    """The three-level mean, and its CR2 error unless the studies agree too closely to carry one."""
    model = fit(y, sampling_within(v, study, rho), random=random_terms(study), level=level)
    try:
        return model, robust(model, study, level=level).coefficients[0]
    except CannotEstimate:
        return model, None


def assumed_correlation(rho: float) -> Caveat:
    """What was assumed of the sampling errors."""
    return Caveat("assumed-correlation", f"Sampling errors of one study were taken to correlate by {rho:g}.")


def heterogeneity(model: BlockFit) -> float:
    """Variance of true effects, between and within studies together."""
    return float(np.sum([one.value for one in model.components]))
