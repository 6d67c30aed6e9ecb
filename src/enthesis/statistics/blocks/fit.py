"""The block model fitted: coefficients, components and their doubts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.blocks.criteria import fit_criteria
from enthesis.statistics.blocks.doubts import block_doubts
from enthesis.statistics.blocks.grouping import groupings
from enthesis.statistics.blocks.likelihood import White, split, whiten
from enthesis.statistics.blocks.model import BlockModel, lay_out
from enthesis.statistics.blocks.results import BlockCertificate, BlockFit, Component, Residual
from enthesis.statistics.blocks.sampling import SamplingCovariance, read_sampling
from enthesis.statistics.blocks.search import STARTS, Found, search
from enthesis.statistics.blocks.structures import Part
from enthesis.statistics.blocks.terms import Term
from enthesis.statistics.distributions import chdtrc, fdtrc
from enthesis.statistics.pooling.data import Array, check_level, check_studies
from enthesis.statistics.pooling.design import check_design
from enthesis.statistics.pooling.intervals import quantile, two_sided_p
from enthesis.statistics.pooling.regression_results import Coefficient, ModeratorTest

__all__ = ["fit"]

METHODS = ("REML", "ML")
INTERVALS = ("wald", "wald-t")

#: A correlation this close to the end of its range, or a variance this small beside the sampling variance,
#: stands on the boundary.
AT_THE_END = 1e-7
NO_VARIANCE = 1e-12


def fit(
    y: ArrayLike,
    v: ArrayLike | SamplingCovariance,
    X: ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    random: Sequence[Term],
    method: str = "REML",
    interval: str = "wald",
    level: float = 0.95,
    intercept: bool = True,
    starts: int | None = None,
) -> BlockFit:
    """Pooled effect or coefficients of dependent effects, with the variances that tie them together.

    Its standard errors hold if the sampling covariances and the structure are right; with effects of one
    trial that share patients and only variances known, add `robust`. Few studies per level of a term make
    its components hardly known: look at `profile_intervals`.

    Args:
        y: Effect of each row, (k,), on one additive scale.
        v: Sampling variances (k,), a covariance matrix (k, k), or a `SamplingCovariance` of this room.
        X: Moderators without the intercept, (k, m), if any.
        names: One name per column of X.
        random: Terms; none leaves generalised least squares with the sampling covariances alone.
        method: "REML" or "ML".
        interval: "wald" (normal) or "wald-t" (t with k - p degrees of freedom).
        level: Coverage of the intervals.
        intercept: Put a column of ones in front.
        starts: Starting points of the search, 1 to 8; left out, 4 for variances alone, else 8.

    Raises:
        InvalidData: Values, shapes, labels or covariances that do not fit.
        CannotEstimate: Not more effects than coefficients, or moderators that say the same.
        ValueError: An unknown method, interval or number of starts.

    Source: Harville 1977, doi:10.1080/01621459.1977.10480998; Jackson, Riley & White 2011,
        doi:10.1002/sim.4172; Konstantopoulos 2011, doi:10.1002/jrsm.35.
    """
    _check_options(method, interval, starts)
    model, labels = _read(y, v, X, names, random, intercept=intercept or X is None)
    found = search(model, restricted=method == "REML", starts=starts)
    G = [s.covariance(t) for s, t in zip(model.structures, split(model, found.best.theta), strict=True)]
    white = whiten(model, G)
    beta, covariance = estimates(model, white)
    df = float(model.k - model.p) if interval == "wald-t" else np.inf
    components = _components(model, found)
    certificate = _certificate(found, components)
    return BlockFit(
        coefficients=coefficients(
            labels, beta, np.sqrt(np.diagonal(covariance)), np.full(model.p, df), level
        ),
        covariance=tuple(map(tuple, covariance.tolist())),
        components=components,
        residual=_residual(model),
        moderators=_test(beta, covariance, df, first=int((intercept or X is None) and model.p > 1)),
        ml=fit_criteria(model, white, len(found.best.theta), restricted=False),
        reml=fit_criteria(model, white, len(found.best.theta), restricted=True),
        k=model.k,
        n_blocks=model.n_blocks,
        level=check_level(level),
        method=method,
        ci_method=interval,
        df=None if np.isinf(df) else int(df),
        certificate=certificate,
        caveats=block_doubts(model, certificate, found.best.theta),
        model=model,
        theta=found.best.theta,
    )


def estimates(model: BlockModel, white: White) -> tuple[Array, Array]:
    """Coefficients and their model-based covariance in the reader's units."""
    back = np.linalg.inv(model.triangle)
    root = back @ np.linalg.inv(white.triangle).T * model.unit
    return model.least_squares + model.unit * (back @ white.beta), root @ root.T


def coefficients(
    labels: Sequence[str], beta: Array, se: Array, df: Array, level: float
) -> tuple[Coefficient, ...]:
    """Each coefficient with its test and interval: t with ``df``, (p,), or normal where that is inf."""
    statistic = beta / se
    half = quantile(level, df) * se
    columns = (
        x.tolist() for x in (beta, se, statistic, two_sided_p(statistic, df), beta - half, beta + half)
    )
    return tuple(
        Coefficient(name, b, s, t, p, (low, high))
        for name, b, s, t, p, low, high in zip(labels, *columns, strict=True)
    )


def _check_options(method: str, interval: str, starts: int | None) -> None:
    if method not in METHODS:
        raise ValueError(f"Unknown method {method!r}; give one of {', '.join(METHODS)}.")
    if interval not in INTERVALS:
        raise ValueError(f"Unknown interval {interval!r}; give one of {', '.join(INTERVALS)}.")
    if starts is not None and not 1 <= starts <= len(STARTS):
        raise ValueError(f"{starts} starts; give 1 to {len(STARTS)}.")


def _read(
    y: ArrayLike,
    v: ArrayLike | SamplingCovariance,
    X: ArrayLike | None,
    names: Sequence[str],
    random: Sequence[Term],
    *,
    intercept: bool,
) -> tuple[BlockModel, list[str]]:
    sampling = read_sampling(v)
    y, _ = check_studies(y, sampling.variances)
    columns = np.empty((len(y), 0)) if X is None else X
    design, labels = check_design(columns, len(y), names, intercept=intercept)
    return lay_out(y, design, sampling, groupings(random, len(y))), labels


def _components(model: BlockModel, found: Found) -> tuple[Component, ...]:
    own = split(model, found.best.theta)
    return tuple(
        Component(
            grouping.name,
            part.name,
            part.kind,
            part.value * (model.unit**2 if part.kind == "variance" else 1.0),
            _is_at_the_end(part),
        )
        for grouping, theta in zip(model.groupings, own, strict=True)
        for part in grouping.structure.parts(theta)
    )


def _is_at_the_end(part: Part) -> bool:
    if part.kind == "variance":
        return part.value <= NO_VARIANCE
    return part.value <= part.low + AT_THE_END or part.value >= part.high - AT_THE_END


def _certificate(found: Found, components: Sequence[Component]) -> BlockCertificate:
    best = found.best
    slope = np.abs(best.curves.gradient * (np.abs(best.theta) + 1.0))[best.free]
    return BlockCertificate(
        converged=best.converged,
        gradient=float(slope.max(initial=0.0)),
        gain=best.gain,
        curvature=best.curvature,
        starts=found.starts,
        iterations=found.steps,
        optima=found.optima,
        boundary=tuple(one.name for one in components if one.boundary),
    )


def _residual(model: BlockModel) -> Residual:
    plain = whiten(model, [])
    q, df = plain.misfit, model.k - model.p
    return Residual(q, df, float(chdtrc(df, q)))


def _test(beta: Array, covariance: Array, df: float, *, first: int) -> ModeratorTest:
    some, m = beta[first:], len(beta) - first
    wald = float(some @ np.linalg.solve(covariance[first:, first:], some))
    if np.isinf(df):
        return ModeratorTest(wald, m, None, float(chdtrc(m, wald)))
    return ModeratorTest(wald / m, m, int(df), float(fdtrc(m, df, wald / m)))
