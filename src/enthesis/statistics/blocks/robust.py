"""Cluster-robust standard errors: valid whatever the true covariances within studies are."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.blocks.fit import coefficients, estimates
from enthesis.statistics.blocks.layout import Ints, check_length, number
from enthesis.statistics.blocks.likelihood import White, split, whiten
from enthesis.statistics.blocks.model import BlockModel
from enthesis.statistics.blocks.results import BlockFit
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.regression_results import Coefficient
from enthesis.statistics.pooling.results import Caveat

__all__ = ["RobustBlocks", "robust"]

KINDS = ("CR2", "CR1")

#: Eigenvalues this small beside the largest are 0: the cluster decides a coefficient alone.
NO_RESIDUAL = 1e-10

#: A robust variance this small beside the model's is rounding of an exact fit.
EXACT = 1e-20

#: Below it the t distribution is a poor description of the test. Source: Tipton 2015, doi:10.1037/met0000011.
FEW_DF = 4.0

#: Source: Tipton 2015, doi:10.1037/met0000011: with fewer clusters CR1 rejects too often.
FEW_CLUSTERS = 40


@dataclass(frozen=True, slots=True)
class RobustBlocks:
    """Coefficients with errors from the residuals of whole clusters.

    Attributes:
        coefficients: Estimates as in the model; errors, tests and intervals robust, t distributed.
        covariance: Of the coefficients, (p, p).
        df: Degrees of freedom of each coefficient; Satterthwaite's under CR2, clusters less p under CR1.
        clusters: Number of clusters.
        kind: "CR2" or "CR1".
        level: Coverage of the intervals.
        caveats: Doubts that the reader must see.
    """

    coefficients: tuple[Coefficient, ...]
    covariance: tuple[tuple[float, ...], ...]
    df: tuple[float, ...]
    clusters: int
    kind: str
    level: float
    caveats: tuple[Caveat, ...]


def robust(
    fitted: BlockFit,
    cluster: Sequence[Hashable] | None = None,
    *,
    kind: str = "CR2",
    level: float | None = None,
) -> RobustBlocks:
    """Cluster-robust tests and intervals of the coefficients of a block model.

    Args:
        fitted: What `fit` gave.
        cluster: Study of each effect, k labels; the model's independent blocks if left out.
        kind: "CR2" (bias-reduced under the fitted model, Satterthwaite's df) or "CR1" (n / (n - p) times the
            plain sandwich, n - p df), which is too optimistic with few clusters.
        level: Coverage of the intervals; the model's if left out.

    Raises:
        InvalidData: Not one label per effect, or clusters that tear effects apart which the model ties.
        CannotEstimate: Not more clusters than coefficients (CR1), or a residual of 0.
        ValueError: An unknown kind.

    Source: Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004; Tipton 2015, doi:10.1037/met0000011.
    """
    if kind not in KINDS:
        raise ValueError(f"Unknown kind {kind!r}; give one of {', '.join(KINDS)}.")
    level = check_level(fitted.level if level is None else level)
    model, codes = _clusters(fitted.model, cluster)
    clusters = int(codes.max()) + 1
    G = [s.covariance(t) for s, t in zip(model.structures, split(model, fitted.theta), strict=True)]
    white = whiten(model, G)
    beta, working = estimates(model, white)
    covariance, df = _sandwich(model, white, clusters, kind)
    variance = np.diagonal(covariance)
    if (variance <= EXACT * np.diagonal(working)).any() or np.isnan(df).any():
        raise CannotEstimate("The fit leaves no residual; a robust standard error cannot be estimated.")
    labels = [one.name for one in fitted.coefficients]
    return RobustBlocks(
        coefficients=coefficients(labels, beta, np.sqrt(variance), df, level),
        covariance=tuple(map(tuple, covariance.tolist())),
        df=tuple(df.tolist()),
        clusters=clusters,
        kind=kind,
        level=level,
        caveats=_caveats(labels, df, clusters, kind),
    )


def _sandwich(model: BlockModel, white: White, clusters: int, kind: str) -> tuple[Array, Array]:
    """Covariance of the coefficients, (p, p), and degrees of freedom of each, (p,)."""
    p, left = model.p, clusters - model.p
    if kind == "CR1" and left < 1:
        raise CannotEstimate(f"{clusters} clusters cannot carry {p} coefficients under CR1.")
    root = np.linalg.inv(model.triangle) @ np.linalg.inv(white.triangle).T * model.unit
    influence = _influence(white, bias_reduced=kind == "CR2")
    pairs = zip(influence, white.residual, strict=True)
    scores = np.concatenate([np.einsum("bnp,bn->bp", a, r) for a, r in pairs]) @ root.T
    if kind == "CR1":
        return scores.T @ scores * clusters / left, np.full(p, float(left))
    return scores.T @ scores, _satterthwaite(white, influence, root)


def _clusters(model: BlockModel, cluster: Sequence[Hashable] | None) -> tuple[BlockModel, Ints]:
    """The data laid out by cluster, and the number of each row's cluster."""
    blocks = model.block_of_rows()
    if cluster is None:
        return model, blocks
    check_length("cluster", cluster, model.k)
    codes, names = number(cluster)
    pairs = np.unique(np.column_stack([blocks, codes]), axis=0)
    torn = np.flatnonzero(np.bincount(pairs[:, 0]) > 1)
    if len(torn):
        faults = [_torn(int(block), pairs, names) for block in torn]
        raise InvalidData(faults)
    return model.clustered(codes), codes


def _torn(block: int, pairs: Ints, names: tuple[Hashable, ...]) -> Fault:
    which = ", ".join(str(names[code]) for code in pairs[pairs[:, 0] == block, 1])
    return Fault(
        f"the model ties effects of clusters {which};",
        "cluster",
        "Clusters must hold whole blocks of the model.",
    )


def _influence(white: White, *, bias_reduced: bool) -> list[Array]:
    """What multiplies each cluster's whitened residual in its score, (clusters, size, p)."""
    if not bias_reduced:
        return list(white.Q)
    return [_adjusted(inverse, Q) for inverse, Q in zip(white.inverse, white.Q, strict=True)]


def _adjusted(inverse: Array, Q: Array) -> Array:
    """The bias-reduced form of Q.

    With M = L L' and T = L'L the published adjustment A = L B^(+1/2) L', B = L'(M - X (X'WX)^-1 X')L reads
    T B^(+1/2) Q with B = T (I - QQ') T in whitened rows.
    """
    factor = np.linalg.inv(inverse)
    T = factor.swapaxes(1, 2) @ factor
    design, whole = T @ Q, T @ T
    values, vectors = np.linalg.eigh(whole - design @ design.swapaxes(1, 2))
    kept = values > NO_RESIDUAL * np.diagonal(whole, axis1=1, axis2=2).max(axis=1)[:, None]
    powers = np.where(kept, 1.0 / np.sqrt(np.where(kept, values, 1.0)), 0.0)
    return T @ (vectors * powers[:, None, :]) @ (vectors.swapaxes(1, 2) @ Q)


def _satterthwaite(white: White, influence: Sequence[Array], root: Array) -> Array:
    """Degrees of freedom of each coefficient's variance under the fitted model, (p,); nan without residual.

    The variance is a quadratic form in whitened residuals with covariance I - QQ'; its mean and variance
    need, per cluster, the squared length of a vector and its part in the design.
    """
    lengths, inside = [], []
    for a, Q in zip(influence, white.Q, strict=True):
        vectors = a @ root.T
        lengths.append(np.einsum("bnc,bnc->bc", vectors, vectors))
        inside.append(np.einsum("bnp,bnc->bpc", Q, vectors))
    length, part = np.concatenate(lengths), np.concatenate(inside)
    short = np.einsum("bpc,bpc->bc", part, part)
    overlap = np.einsum("bpc,bqc->pqc", part, part)
    square = (length * (length - 2.0 * short)).sum(axis=0) + np.einsum("pqc,pqc->c", overlap, overlap)
    mean = (length - short).sum(axis=0)
    return np.divide(mean**2, square, out=np.full(len(mean), np.nan), where=square > 0.0)


def _caveats(labels: Sequence[str], df: Array, clusters: int, kind: str) -> tuple[Caveat, ...]:
    if kind == "CR1" and clusters < FEW_CLUSTERS:
        return (Caveat("few-clusters", f"{clusters} clusters: these intervals are too short; use CR2."),)
    low = ", ".join(label for label, one in zip(labels, df.tolist(), strict=True) if one < FEW_DF)
    if kind == "CR2" and low:
        text = f"Fewer than {FEW_DF:g} degrees of freedom: p-values of {low} cannot be trusted."
        return (Caveat("few-degrees-of-freedom", text),)
    return ()
