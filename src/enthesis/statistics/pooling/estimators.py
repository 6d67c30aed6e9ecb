"""The estimators of tau2 by their names."""

from collections.abc import Callable

import numpy as np

from enthesis.statistics.pooling import moments
from enthesis.statistics.pooling.likelihood import Model
from enthesis.statistics.pooling.maximise import maximise_likelihood
from enthesis.statistics.pooling.solution import Solution

__all__ = ["METHODS", "check_method", "estimate_tau2"]


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
    "HSk": moments.hunter_schmidt_corrected,
    "PMM": moments.median_unbiased_paule_mandel,
    "SJ": moments.sidik_jonkman,
    "EE": _none,
}


def check_method(method: str) -> str:
    """The name, if there is such an estimator.

    Raises:
        ValueError: There is none.
    """
    if method not in METHODS:
        raise ValueError(f"Unknown method {method!r}; give one of {', '.join(METHODS)}.")
    return method


def estimate_tau2(model: Model, method: str) -> Solution:
    """tau2 of every row, in scaled units; each row needs k - p >= 1."""
    return METHODS[check_method(method)](model)
