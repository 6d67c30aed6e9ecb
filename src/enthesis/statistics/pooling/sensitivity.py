"""How the answer depends on single studies: leave one out, and study by study as they came.

Both hold k analyses of k studies at once: memory grows with the square of k (80 MB per array at 3000).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.pooling.batch import PooledBatch, pool_batch
from enthesis.statistics.pooling.data import check_studies

__all__ = ["cumulative", "leave_one_out"]


def leave_one_out(y: ArrayLike, v: ArrayLike, **options: Any) -> PooledBatch:
    """k pooled effects; row i is without study i.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        options: As for `pool`.

    Raises:
        InvalidData: As for `pool`.
    """
    y, v = check_studies(y, v)
    return _with(y, v, ~np.eye(len(y), dtype=np.bool_), options)


def cumulative(y: ArrayLike, v: ArrayLike, **options: Any) -> PooledBatch:
    """k pooled effects; row i is what studies 0 to i, in the order given, said together.

    Args:
        y: Effects in the order in which they became known, (k,).
        v: Sampling variances, (k,).
        options: As for `pool`.

    Raises:
        InvalidData: As for `pool`.
    """
    y, v = check_studies(y, v)
    return _with(y, v, np.tri(len(y), dtype=np.bool_), options)


def _with(y: np.ndarray, v: np.ndarray, mask: np.ndarray, options: dict[str, Any]) -> PooledBatch:
    return pool_batch(np.broadcast_to(y, mask.shape), np.broadcast_to(v, mask.shape), mask, **options)
