"""Candidate effects: every effect of every study that some specification may use."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import InvalidData
from enthesis.statistics.pooling.data import Array, check_studies

__all__ = ["Candidates", "read_candidates"]


@dataclass(frozen=True, slots=True)
class Candidates:
    """n effects of S studies.

    Attributes:
        y: Effects, (n,).
        v: Sampling variances, (n,).
        study: Study of each, as a number from 0 in order of first appearance, (n,).
        names: What the studies are called, (S,).
    """

    y: Array = field(repr=False)
    v: Array = field(repr=False)
    study: NDArray[np.int64] = field(repr=False)
    names: tuple[str, ...]


def read_candidates(y: ArrayLike, v: ArrayLike, study: ArrayLike) -> Candidates:
    """The candidates, checked.

    Raises:
        InvalidData: As for `pool`, or not one study for each effect.
    """
    y, v = check_studies(y, v)
    labels = np.asarray(study)
    if labels.shape != y.shape:
        raise InvalidData(f"{len(y)} effects need as many studies; got {labels.shape}.")
    _, first, code = np.unique(labels, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return Candidates(y, v, place[code], tuple(str(labels[i]) for i in first[order]))
