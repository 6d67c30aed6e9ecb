"""How well a block model fits: log-likelihood and information criteria."""

import numpy as np

from enthesis.statistics.blocks.likelihood import White, whiten
from enthesis.statistics.blocks.model import BlockModel
from enthesis.statistics.pooling.likelihood_fit import FitStatistics

__all__ = ["fit_criteria"]


def fit_criteria(model: BlockModel, white: White, parameters: int, *, restricted: bool) -> FitStatistics:
    """Log-likelihood, or that of the k - p error contrasts, with criteria for components and coefficients.

    Args:
        model: The data.
        white: Generalised least squares at the estimates.
        parameters: Number of free components.
        restricted: Of the error contrasts.

    Source: Hurvich & Tsai 1989, doi:10.1093/biomet/76.2.297; Gurka 2006, doi:10.1198/000313006X90396.
    """
    n = model.k - (model.p if restricted else 0)
    constant = n * (0.5 * np.log(2.0 * np.pi) + np.log(model.unit))
    value = white.value(restricted=restricted) - constant
    saturated = 0.0 if restricted else -0.5 * whiten(model, []).log_covariance - constant
    count = model.p + parameters
    size = max(n, count + 2)
    return FitStatistics(
        log_likelihood=float(value),
        deviance=float(2.0 * (saturated - value)),
        aic=float(2.0 * (count - value)),
        bic=float(count * np.log(n) - 2.0 * value),
        aicc=float(-2.0 * value + 2.0 * count * size / (size - count - 1)),
    )
