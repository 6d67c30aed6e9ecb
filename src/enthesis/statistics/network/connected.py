"""Which treatments are linked by trials: the parts of a network, and the paths round a comparison."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["adjacency", "has_other_path", "parts"]

Flags = NDArray[np.bool_]


def adjacency(membership: Flags) -> Flags:
    """Whether some trial has both treatments, (T, T), from who is in which trial, (k, T)."""
    count = membership.astype(np.int64)
    return (count.T @ count) > 0


def parts(membership: Flags) -> NDArray[np.int64]:
    """The part of the network that each treatment belongs to, numbered from 0 in order, (T,)."""
    reach = _reach(adjacency(membership))
    first = reach.argmax(axis=1)
    return np.unique(first, return_inverse=True)[1]


def has_other_path(membership: Flags, a: int, b: int) -> bool:
    """Whether a and b stay linked without the trials that have both: independent indirect evidence.

    Source: van Valkenhoef et al. 2016, doi:10.1002/jrsm.1167.
    """
    others = membership[~(membership[:, a] & membership[:, b])]
    return bool(_reach(adjacency(others))[a, b])


def _reach(linked: Flags) -> Flags:
    """Whether any chain of links joins two treatments, by squaring."""
    reach = linked | np.eye(len(linked), dtype=np.bool_)
    for _ in range(max(len(reach) - 1, 1).bit_length()):
        step = reach.astype(np.int64)
        reach = (step @ step) > 0
    return reach
