"""Large-sample standard error of tau2, by estimator; a guide only, tau2 is far from normal.

For an estimator linear in a quadratic form y'Ay the variance is 2 tr(A S A S), S the total variance;
for a likelihood it is the inverse Fisher information.

Source: Viechtbauer 2005, doi:10.3102/10769986030003261; Biggerstaff & Tweedie 1997,
doi:10.1002/(SICI)1097-0258(19970415)16:7<753::AID-SIM494>3.0.CO;2-G.
"""

import numpy as np

from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.likelihood import Model
from enthesis.statistics.pooling.moments import raw_variance

__all__ = ["tau2_standard_error"]


def tau2_standard_error(model: Model, tau2: Array, method: str) -> Array:
    """Standard error at tau2, (n,), in scaled units; NaN for a common effect."""
    if method == "EE":
        return np.full(len(tau2), np.nan)
    w = 1.0 / (model.v + tau2[:, None])
    if method == "ML":
        return np.sqrt(2.0 / np.einsum("nk,nk->n", w, w))
    if method == "REML":
        return np.sqrt(2.0 / model.traces(w, model.factor(w))[1])
    if method in {"PM", "EB", "PMM"}:
        return np.sqrt(2.0 / (model.k - model.p)) * model.k / w.sum(axis=1)
    return _of_moments(model, tau2, method)


def _of_moments(model: Model, tau2: Array, method: str) -> Array:
    """DL, HS and HSk weigh by 1/v, HE evenly, SJ by its own first guess."""
    df = model.k - model.p
    if method == "HE":
        return _spread(model, np.isfinite(model.v).astype(np.float64), tau2) / df
    if method == "SJ":
        start = raw_variance(model)
        return start * _spread(model, 1.0 / (model.v + start[:, None]), tau2) / df
    w = 1.0 / model.v
    spread = _spread(model, w, tau2)
    if method == "DL":
        return spread / model.trace(w, model.factor(w))
    return spread / w.sum(axis=1) * (model.k / df if method == "HSk" else 1.0)


def _spread(model: Model, w: Array, tau2: Array) -> Array:
    """sqrt(2 tr(P S P S)) for the projection with weights w."""
    total = np.where(np.isfinite(model.v), model.v + tau2[:, None], 0.0)
    return np.sqrt(2.0 * model.sandwich_trace(w, model.factor(w), total))
