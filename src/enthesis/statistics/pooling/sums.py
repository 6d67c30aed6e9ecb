"""The sums behind a pooled mean and its heterogeneity, for a batch at given tau2."""

from typing import NamedTuple

import numpy as np

from enthesis.statistics.pooling.common_mean import CommonMean
from enthesis.statistics.pooling.data import Array, Studies
from enthesis.statistics.pooling.heterogeneity import typical_variance
from enthesis.statistics.pooling.moments import generalised_q

__all__ = ["Sums", "sums_at"]


class Sums(NamedTuple):
    """In scaled units, every array (B,).

    Attributes:
        centre: Weighted mean.
        total: Total weight.
        spread: Weighted residual sum of squares.
        size: Weighted sum of squares of the data, against which spread may be rounding.
        q: Cochran's Q.
        typical: One sampling variance that stands for all.
    """

    centre: Array
    total: Array
    spread: Array
    size: Array
    q: Array
    typical: Array


def sums_at(studies: Studies, tau2: Array) -> Sums:
    """The sums at tau2, (B,); a single study, whose tau2 is NaN, counts with its own variance."""
    model = CommonMean.of(studies)
    w = 1.0 / (studies.v + np.where(studies.k > 1, tau2, 0.0)[:, None])
    total = model.factor(w)
    spread, _ = model.misfit(w, total)
    centre = np.einsum("nk,nk->n", w, studies.z) / total
    size = np.einsum("nk,nk,nk->n", w, studies.z, studies.z)
    q, _ = generalised_q(model, np.zeros(len(tau2)))
    return Sums(centre, total, spread, size, q, typical_variance(model))
