"""Which choice moves the answer: the variance of the estimates, axis by axis."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from enthesis.errors import CannotEstimate
from enthesis.statistics.multiverse.axes import Axis
from enthesis.statistics.multiverse.specifications import Multiverse
from enthesis.statistics.pooling import Caveat
from enthesis.statistics.pooling.data import Array

__all__ = ["AxisEffect", "VarianceExplained", "variance_explained"]

#: A spread of estimates this small beside their size is rounding.
ROUNDING = 1e-24

Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AxisEffect:
    """How much one axis moves the estimates.

    Attributes:
        name: Name of the axis.
        eta2: Share of the variance between its levels, other axes ignored, 0-1.
        unique: Share that only this axis explains once all others are in; equal to ``eta2`` where every
            combination has an answer.
        levels: Its levels.
        means: Mean estimate at each level; None where no specification of it has an answer.
        counts: Answered specifications at each level.
    """

    name: str
    eta2: float
    unique: float
    levels: tuple[str, ...]
    means: tuple[float | None, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VarianceExplained:
    """Analysis of variance of the estimates on the axes.

    Attributes:
        axes: One entry per axis, in the order of the axes.
        joint: Share that all axes explain together, without interactions, 0-1.
        interactions: The rest: what hangs on combinations of choices.
        variance: Variance of the estimates over the specifications.
        specifications: How many had an answer.
        caveats: Doubts that the reader must see.
    """

    axes: tuple[AxisEffect, ...]
    joint: float
    interactions: float
    variance: float
    specifications: int
    caveats: tuple[Caveat, ...]


def variance_explained(found: Multiverse) -> VarianceExplained:
    """One-way and joint eta-squared of each axis, over the specifications that have an answer.

    It describes these axes with these levels: an axis with wilder levels explains more.

    Args:
        found: A multiverse.

    Raises:
        CannotEstimate: No specification has an answer.

    Source: analysis of variance, Fisher 1925; of a multiverse: Patel, Burford & Ioannidis 2015,
        doi:10.1016/j.jclinepi.2015.05.029.
    """
    answered = found.valid
    if not answered.any():
        raise CannotEstimate("No specification leaves a study to analyse.")
    mu = found.mu[answered]
    size = float(np.square(mu).mean())
    mu = mu - mu.mean()
    total = float(mu @ mu)
    flat = total <= ROUNDING * len(mu) * size
    table = np.ascontiguousarray(found.specifications[answered].T)
    counts = [
        np.bincount(column, minlength=len(axis.levels))
        for column, axis in zip(table, found.axes, strict=True)
    ]
    sums: list[Array] = [
        np.bincount(column, weights=mu, minlength=len(axis.levels)).astype(np.float64)
        for column, axis in zip(table, found.axes, strict=True)
    ]
    one_way = [0.0 if flat else _between(s, c) / total for s, c in zip(sums, counts, strict=True)]
    joint, without = (0.0, [0.0] * len(sums)) if flat else _joint(found.axes, table, counts, sums, total)
    centre = float(found.mu[answered].mean())
    effects = tuple(
        AxisEffect(
            name=axis.name,
            eta2=min(one_way[i], 1.0),
            unique=max(joint - without[i], 0.0),
            levels=axis.levels,
            means=_means(sums[i], counts[i], centre),
            counts=tuple(counts[i].tolist()),
        )
        for i, axis in enumerate(found.axes)
    )
    doubts = [caveat for caveat, holds in ((_SAME, flat), (_UNBALANCED, len(mu) < len(found))) if holds]
    return VarianceExplained(
        effects, joint, 0.0 if flat else 1.0 - joint, total / len(mu), len(mu), tuple(doubts)
    )


def _between(sums: Array, counts: Counts) -> float:
    return float(np.sum(np.divide(sums**2, counts, out=np.zeros(len(sums)), where=counts > 0)))


def _means(sums: Array, counts: Counts, centre: float) -> tuple[float | None, ...]:
    return tuple(centre + float(s) / int(c) if c else None for s, c in zip(sums, counts, strict=True))


def _joint(
    axes: tuple[Axis, ...],
    table: NDArray[np.int16],
    counts: list[Counts],
    sums: list[Array],
    total: float,
) -> tuple[float, list[float]]:
    """R2 of all main effects, and without each axis in turn; levels count as 0/1 columns."""
    sizes = [len(axis.levels) for axis in axes]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    gram = np.zeros((starts[-1], starts[-1]))
    for i, size in enumerate(sizes):
        here = slice(starts[i], starts[i + 1])
        gram[here, here] = np.diag(counts[i])
        for j in range(i + 1, len(sizes)):
            pair = np.bincount(table[i].astype(np.int64) * sizes[j] + table[j], minlength=size * sizes[j])
            there = slice(starts[j], starts[j + 1])
            gram[here, there] = pair.reshape(size, sizes[j])
            gram[there, here] = gram[here, there].T
    moment = np.concatenate(sums)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    without = [_explained(gram, moment, owner != i) / total for i in range(len(sizes))]
    return min(_explained(gram, moment, owner >= 0) / total, 1.0), without


def _explained(gram: Array, moment: Array, kept: NDArray[np.bool_]) -> float:
    """Sum of squares of the projection on the kept columns, whatever their rank."""
    columns = np.flatnonzero(kept & (np.diagonal(gram) > 0.0))
    if not len(columns):
        return 0.0
    scale = np.sqrt(np.diagonal(gram)[columns])
    b = moment[columns] / scale
    solution = np.linalg.lstsq(gram[np.ix_(columns, columns)] / np.outer(scale, scale), b, rcond=1e-12)[0]
    return float(b @ solution)


_SAME = Caveat("no-variance", "Every specification gives the same estimate; there is nothing to explain.")
_UNBALANCED = Caveat(
    "unbalanced",
    "Some combinations have no answer, so that axes overlap and their single shares do not add up.",
)
