"""Baujat plot: who makes the heterogeneity, and who moves the result."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.pooling import pool_batch
from enthesis.statistics.pooling.doubts import FEW_STUDIES
from enthesis.statistics.pooling.results import Caveat

__all__ = ["BaujatPlot", "baujat_plot"]


@dataclass(frozen=True, slots=True)
class BaujatPlot:
    """Coordinates of each study, in the order given; both axes are free of units.

    Attributes:
        heterogeneity: Squared Pearson residual: contribution to Q at the estimated tau2, (k,).
        influence: Squared shift of the pooled effect when the study is left out, over the variance of the
            effect without it, (k,).
        method: Estimator of tau2.
        caveats: Doubts that the reader must see.
    """

    heterogeneity: tuple[float, ...]
    influence: tuple[float, ...]
    method: str
    caveats: tuple[Caveat, ...]


def baujat_plot(y: ArrayLike, v: ArrayLike, *, method: str = "REML") -> BaujatPlot:
    """Each study's contribution to heterogeneity and its influence on the pooled effect.

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        method: Estimator of tau2; "EE" gives the plot as first published.

    When it misleads: two outliers on one side hide each other, because studies leave one at a time.

    Raises:
        InvalidData: y or v break a rule.
        CannotEstimate: Fewer than two studies.

    Source: Baujat et al. 2002, doi:10.1002/sim.1221.
    """
    y, v = check_effects(y, v)
    k = len(y)
    if k < 2:
        raise CannotEstimate("A Baujat plot needs at least 2 studies; 1 given.")
    mask = np.vstack([np.ones((1, k), dtype=bool), ~np.eye(k, dtype=bool)])
    fits = pool_batch(np.tile(y, (k + 1, 1)), np.tile(v, (k + 1, 1)), mask, method=method, interval="wald")
    heterogeneity = (y - fits.mu[0]) ** 2 / (v + fits.tau2[0])
    influence = ((fits.mu[0] - fits.mu[1:]) / fits.se[1:]) ** 2
    caveats: tuple[Caveat, ...] = ()
    if k < FEW_STUDIES:
        text = f"With {k} studies each one moves the result; no study stands out by that alone."
        caveats = (Caveat("few-studies", text),)
    return BaujatPlot(tuple(heterogeneity.tolist()), tuple(influence.tolist()), method, caveats)
