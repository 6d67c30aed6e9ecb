"""The estimators of tau2 by their names."""

from collections.abc import Callable

import numpy as np

from enthesis.statistics.pooling import moments
from enthesis.statistics.pooling.likelihood import Model
from enthesis.statistics.pooling.maximise import maximise_likelihood
from enthesis.statistics.pooling.solution import Solution

__all__ = ["METHODS", "estimate_tau2"]


def _none(model: Model) -> Solution:
    return Solution.closed(np.zeros(len(model.k)))


def _reml(model: Model) -> Solution:
    return maximise_likelihood(model, restricted=True)


def _ml(model: Model) -> Solution:
    return maximise_likelihood(model, restricted=False)


METHODS: dict[str, Callable[[Model], Solution]] = {
    "REML": _reml,
    "DL": moments.dersimonian_laird,
    "PM": moments.paule_mandel,
    "ML": _ml,
    "EB": moments.paule_mandel,
    "HE": moments.hedges,
    "HS": moments.hunter_schmidt,
    "SJ": moments.sidik_jonkman,
    "EE": _none,
}


def estimate_tau2(model: Model, method: str) -> Solution:
    """tau2 of every row, in scaled units; each row needs k - p >= 1.

    Raises:
        ValueError: No estimator has that name.
    """
    if method not in METHODS:
        raise ValueError(f"Unknown method {method!r}; give one of {', '.join(METHODS)}.")
    return METHODS[method](model)
