"""Correlation of two measurements, raw and as Fisher's z (platelet dose against change in pain, say)."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import read_columns, weighted_mean
from enthesis.statistics.conversions.rules import Array, at_least, between, check_option, require
from enthesis.statistics.effects.effect_sizes import EffectSizes, effect_sizes, without_warnings

__all__ = ["CorrelationVariance", "correlation", "fisher_z"]

CorrelationVariance = Literal["large-sample", "average-effect"]


@without_warnings
def correlation(r: ArrayLike, n: ArrayLike, *, variance: CorrelationVariance = "large-sample") -> EffectSizes:
    """Pearson correlation, untransformed: its variance depends on itself; prefer ``fisher_z``.

    Args:
        r: Correlation, in (-1, 1).
        n: Patients, at least 2.
        variance: "large-sample" with each r; "average-effect" with the mean of r over the studies (weights n;
            Hunter & Schmidt 2004, chapter 3).

    Raises:
        InvalidData: r outside its range, or too few patients.
    """
    r, n = _read(r, n, smallest_n=2)
    check_option("variance", variance, CorrelationVariance)
    centre = weighted_mean(r, n) if variance == "average-effect" else r
    return effect_sizes("COR", r, (1 - centre**2) ** 2 / (n - 1), {"r": r, "n": n})


@without_warnings
def fisher_z(r: ArrayLike, n: ArrayLike) -> EffectSizes:
    """Fisher's z of a correlation, with variance 1/(n - 3).

    Args:
        r: Correlation, in (-1, 1).
        n: Patients, at least 4.

    Raises:
        InvalidData: r outside its range, or too few patients.

    Source: Fisher 1921, Metron 1:3-32.
    """
    r, n = _read(r, n, smallest_n=4)
    return effect_sizes("ZCOR", np.arctanh(r), 1 / (n - 3), {"r": r, "n": n})


def _read(r: ArrayLike, n: ArrayLike, *, smallest_n: float) -> tuple[Array, Array]:
    r, n = read_columns(r=r, n=n)
    require(between("r", r, -1, 1), at_least("n", n, smallest_n))
    return r, n
