"""The pooled effect of every distinct analysis, many at a time."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling import pool_batch
from enthesis.statistics.pooling.data import Array, Flags

__all__ = ["Estimates", "estimate"]

#: Numbers per array in one batch: 0.5 MB, large enough that threads seldom wait, small enough to stay cached.
NUMBERS = 64_000


@dataclass(frozen=True, slots=True)
class Estimates:
    """D pooled effects; an analysis without a study is not valid and holds NaN.

    Attributes:
        mu: Pooled effects, (D,).
        se: Their standard errors, (D,).
        p: Two-sided p-values of no effect, (D,).
        ci: Confidence intervals, (D, 2).
        tau2: Between-study variances, (D,); NaN with one study.
        k: Studies, (D,).
        valid: There is an answer, (D,).
        converged: tau2 was found and proved, (D,).
    """

    mu: Array
    se: Array
    p: Array
    ci: Array
    tau2: Array
    k: NDArray[np.int64]
    valid: Flags
    converged: Flags

    @classmethod
    def blank(cls, k: NDArray[np.int64]) -> Self:
        """Nothing known yet about analyses of k studies, (D,)."""
        n = len(k)
        mu, se, p, tau2 = np.full((4, n), np.nan)
        no = np.zeros((2, n), dtype=np.bool_)
        return cls(mu, se, p, np.full((n, 2), np.nan), tau2, k, no[0], no[1])


def estimate(
    y: Array,
    v: Array,
    choice: NDArray[np.int32],
    row: NDArray[np.int64],
    analysis: NDArray[np.int64],
    options: Sequence[Mapping[str, Any]],
    workers: int,
) -> Estimates:
    """Pool the studies ``choice[row]`` with ``options[analysis]``, for D pairs of row and analysis.

    Analyses of the same options and number of studies share a batch, so that no batch holds an absent
    study; the arithmetic is then that of each analysis alone.
    """
    k = (choice >= 0).sum(axis=1)[row]
    found = Estimates.blank(k)

    def fill(some: NDArray[np.int64]) -> None:
        picked = choice[row[some]]
        at = picked[picked >= 0].reshape(len(some), -1)
        pooled = pool_batch(y[at], v[at], **options[analysis[some[0]]])
        for name in ("mu", "se", "p", "ci", "tau2", "valid"):
            getattr(found, name)[some] = getattr(pooled, name)
        found.converged[some] = pooled.converged | (pooled.k == 1)

    if workers == 1:
        for some in _portions(k, analysis):
            fill(some)
    else:
        with ThreadPoolExecutor(workers) as crew:
            list(crew.map(fill, _portions(k, analysis)))
    return found


def _portions(k: NDArray[np.int64], analysis: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Positions that can share a batch: same options, same number of studies, not too many."""
    order = np.lexsort((k, analysis))
    order = order[k[order] > 0]
    change = np.flatnonzero((np.diff(k[order]) != 0) | (np.diff(analysis[order]) != 0)) + 1
    for group in np.split(order, change):
        if len(group):
            rows = max(1, NUMBERS // int(k[group[0]]))
            for start in range(0, len(group), rows):
                yield group[start : start + rows]
