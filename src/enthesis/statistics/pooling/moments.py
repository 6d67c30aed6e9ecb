"""Estimators of tau2 from moments: closed forms, and the roots of the generalised Q."""

import numpy as np

from enthesis.statistics.distributions import chdtri
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.likelihood import Model
from enthesis.statistics.pooling.solution import Solution

__all__ = [
    "dersimonian_laird",
    "generalised_q",
    "hedges",
    "hunter_schmidt",
    "hunter_schmidt_corrected",
    "median_unbiased_paule_mandel",
    "paule_mandel",
    "raw_variance",
    "root_of_generalised_q",
    "sidik_jonkman",
]

MAX_STEPS = 100
SMALLEST_STEP = 1e-12


def dersimonian_laird(model: Model) -> Solution:
    """From Cochran's Q. Source: DerSimonian & Laird 1986, doi:10.1016/0197-2456(86)90046-2."""
    w = 1.0 / model.v
    factor = model.factor(w)
    q, _ = generalised_q(model, np.zeros(len(w)))
    return Solution.closed(np.maximum((q - (model.k - model.p)) / model.trace(w, factor), 0.0))


def hedges(model: Model) -> Solution:
    """From the unweighted spread. Source: Hedges & Olkin 1985, ch. 9, doi:10.1016/C2009-0-03396-0."""
    even = np.isfinite(model.v).astype(np.float64)
    factor = model.factor(even)
    spread, _ = model.misfit(even, factor)
    v = np.where(even > 0.0, model.v, 0.0)
    expected = np.einsum("nk,nk->n", v, even - model.leverage(even, factor))
    return Solution.closed(np.maximum((spread - expected) / (model.k - model.p), 0.0))


def hunter_schmidt(model: Model) -> Solution:
    """Q less k over the total weight. Source: Schmidt & Hunter 2015, doi:10.4135/9781483398105."""
    q, _ = generalised_q(model, np.zeros(len(model.k)))
    return Solution.closed(np.maximum((q - model.k) / (1.0 / model.v).sum(axis=1), 0.0))


def hunter_schmidt_corrected(model: Model) -> Solution:
    """Hunter-Schmidt with Q raised by k / (k - p).

    Source: Brannick et al. 2019, doi:10.1177/1094428117741966.
    """
    q, _ = generalised_q(model, np.zeros(len(model.k)))
    q = q * model.k / (model.k - model.p)
    return Solution.closed(np.maximum((q - model.k) / (1.0 / model.v).sum(axis=1), 0.0))


def sidik_jonkman(model: Model) -> Solution:
    """Two steps from the raw variance of the effects; never 0 unless all effects are equal.

    Source: Sidik & Jonkman 2005, doi:10.1111/j.1467-9876.2005.00489.x.
    """
    start = raw_variance(model)
    q, _ = generalised_q(model, start)
    return Solution.closed(start * q / (model.k - model.p))


def paule_mandel(model: Model) -> Solution:
    """Where the generalised Q meets its expectation; Morris's empirical Bayes solves the same equation.

    Source: Paule & Mandel 1982, doi:10.6028/jres.087.022; Morris 1983, doi:10.1080/01621459.1983.10477920.
    """
    return root_of_generalised_q(model, np.asarray(model.k - model.p, dtype=np.float64))


def median_unbiased_paule_mandel(model: Model) -> Solution:
    """Where the generalised Q meets its median: too high as often as too low.

    Source: Viechtbauer 2021, Median-unbiased estimators for the amount of heterogeneity in
    meta-analysis, European Congress of Methodology, Valencia.
    """
    return root_of_generalised_q(model, chdtri(np.asarray(model.k - model.p, dtype=np.float64), 0.5))


def raw_variance(model: Model) -> Array:
    """Variance of the effects about their plain mean, divisor k: Sidik and Jonkman's first guess, (n,)."""
    even = np.isfinite(model.v)
    mean = model.z.sum(axis=1, where=even) / model.k
    return np.square(model.z - mean[:, None]).sum(axis=1, where=even) / model.k


def generalised_q(model: Model, t: Array) -> tuple[Array, Array]:
    """Q(t) = y'Py and its descent y'PPy at tau2 = t, each (n,)."""
    w = 1.0 / (model.v + t[:, None])
    q, u = model.misfit(w, model.factor(w))
    return q, np.einsum("nk,nk->n", u, u)


def root_of_generalised_q(model: Model, target: Array, start: Array | None = None) -> Solution:
    """The tau2 >= 0 at which Q(tau2) falls to ``target`` (> 0), or 0 where it starts below.

    1/Q is concave and rising, so Newton on it climbs from below to the only root without
    overshooting: no upper limit of the search is needed, whatever the unit of y. ``start`` is a
    tau2 known to lie below the root, or 0.
    """
    t, floor = np.zeros(len(target)) if start is None else start.copy(), model.v.min(axis=1)
    q, descent = generalised_q(model, t)
    score, steps = np.zeros(len(t)), np.zeros(len(t), dtype=np.int64)
    active = np.flatnonzero(q > target)
    q, descent, roots = q[active], descent[active], (q > target).astype(np.int64)
    for _ in range(MAX_STEPS):
        if not len(active):
            break
        gap = q / target[active] - 1.0
        step = np.divide(q * gap, descent, out=np.zeros_like(gap), where=descent > 0.0)
        t[active] += np.maximum(step, -t[active])
        steps[active] += 1
        score[active] = gap
        moving = np.abs(step) > SMALLEST_STEP * (t[active] + floor[active])
        active = active[moving]
        q, descent = generalised_q(model.take(active), t[active])
    converged = np.ones(len(t), dtype=np.bool_)
    converged[active] = False
    return Solution(t, converged, steps, score, roots)
