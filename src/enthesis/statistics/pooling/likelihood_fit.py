"""How well a model fits: log-likelihood and information criteria, to compare models of the same studies."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.pooling.data import check_studies
from enthesis.statistics.pooling.design import check_design
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.fit import Problem
from enthesis.statistics.pooling.likelihood import log_likelihood

__all__ = ["FitStatistics", "fit_statistics"]


@dataclass(frozen=True, slots=True)
class FitStatistics:
    """Log-likelihood and criteria (smaller is better); restricted ones compare only equal moderators.

    Attributes:
        log_likelihood: At the estimates.
        deviance: Twice its distance from the saturated model (ML) or from 0 (REML).
        aic: Akaike's criterion.
        bic: Schwarz's criterion.
        aicc: Akaike's criterion, corrected for few studies.
    """

    log_likelihood: float
    deviance: float
    aic: float
    bic: float
    aicc: float


def fit_statistics(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    method: str = "ML",
    restricted: bool = False,
    intercept: bool = True,
) -> FitStatistics:
    """The (restricted) likelihood of a model fitted by any method.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        X: Moderators, (k, m), if any.
        names: One name per moderator.
        method: Estimator of tau2.
        restricted: The restricted likelihood, that of the k - p error contrasts.
        intercept: Put a column of ones in front of the moderators.

    Raises:
        InvalidData: As for `meta_regression`.
        CannotEstimate: As for `meta_regression`.

    Source: Viechtbauer 2010, doi:10.18637/jss.v036.i03; Hurvich & Tsai 1989, doi:10.1093/biomet/76.2.297.
    """
    y, v = check_studies(y, v)
    check_method(method)
    moderators = np.empty((len(y), 0)) if X is None else X
    intercept = intercept or X is None
    design, _ = check_design(moderators, len(y), names, intercept=intercept)
    problem = Problem.of(y, v, design, intercept=intercept)
    model = problem.model
    n = len(y) - (model.p if restricted else 0)
    bare = float(log_likelihood(model, estimate_tau2(model, method).tau2, restricted=restricted)[0])
    value = bare - n * (0.5 * log(2.0 * pi) + log(problem.unit))
    saturated = 0.0
    if restricted:
        value += 0.5 * float(np.linalg.slogdet(design.T @ design)[1])
    else:
        saturated = -0.5 * float(np.log(2.0 * np.pi * v).sum())
    parameters = model.p + (method != "EE")
    size = max(n, parameters + 2)
    return FitStatistics(
        log_likelihood=value,
        deviance=2.0 * (saturated - value),
        aic=2.0 * (parameters - value),
        bic=parameters * log(n) - 2.0 * value,
        aicc=-2.0 * value + 2.0 * parameters * size / (size - parameters - 1),
    )
