"""The weighted straight line that the asymmetry tests and PET-PEESE share."""

from dataclasses import dataclass

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.pooling.data import Array

__all__ = ["WeightedLine", "check_varies", "weighted_line"]

# Below these shares of the size of the data a spread is rounding error, not information.
_FLAT, _EXACT = 1e-10, 1e-24


@dataclass(frozen=True, slots=True)
class WeightedLine:
    """Intercept and slope of y on x by weighted least squares, with their standard errors.

    Attributes:
        intercept: Height of the line at x = 0, in y's unit.
        slope: Change of y per unit of x.
        se_intercept: Standard error of the intercept.
        se_slope: Standard error of the slope.
        dispersion: Factor by which the variances were multiplied; 1 when it was not estimated.
        df: Residual degrees of freedom, k - 2.
    """

    intercept: float
    slope: float
    se_intercept: float
    se_slope: float
    dispersion: float
    df: int


def weighted_line(y: Array, x: Array, weight: Array, *, dispersion: bool, name: str) -> WeightedLine:
    """The line through (x, y), each point weighted, with or without an estimated dispersion.

    Args:
        y: Response, shape (k,).
        x: Predictor, shape (k,).
        weight: Weight of each point, shape (k,); inverse variances when ``dispersion`` is False.
        dispersion: Estimate one factor on all variances from the residuals (Thompson & Sharp 1999,
            doi:10.1002/(SICI)1097-0258(19991030)18:20<2693::AID-SIM235>3.0.CO;2-V).
        name: What x is, for the messages.

    Raises:
        CannotEstimate: Fewer than three points, x the same in all, or points exactly on a line.
    """
    if len(y) < 3:
        raise CannotEstimate(f"A line and its error need at least 3 studies; {len(y)} given.")
    check_varies(x, name)
    total = weight.sum()
    x_mean, y_mean = weight @ x / total, weight @ y / total
    dx, dy = x - x_mean, y - y_mean
    sxx = weight @ dx**2
    slope = weight @ (dx * dy) / sxx
    residual = weight @ (dy - slope * dx) ** 2
    df = len(y) - 2
    if dispersion and residual <= _EXACT * (weight @ y**2):
        raise CannotEstimate("The studies lie exactly on a line; the error of its slope cannot be estimated.")
    factor = residual / df if dispersion else 1.0
    return WeightedLine(
        intercept=float(y_mean - slope * x_mean),
        slope=float(slope),
        se_intercept=float(np.sqrt(factor * (1 / total + x_mean**2 / sxx))),
        se_slope=float(np.sqrt(factor / sxx)),
        dispersion=float(factor),
        df=df,
    )


def check_varies(x: Array, name: str) -> None:
    """Refuse a predictor that is the same in all studies.

    Raises:
        CannotEstimate: It is; the message says so.
    """
    if np.ptp(x) <= _FLAT * np.abs(x).max():
        raise CannotEstimate(
            f"The {name} is the same in all {len(x)} studies; no trend can be seen against it."
        )
