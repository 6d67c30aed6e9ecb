"""The design matrix of a meta-regression, checked."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.pooling.data import EFFECT, LARGEST, Array

__all__ = ["check_design", "is_full_rank"]

#: A column whose part outside the others is this small beside it is a copy of them: rounding.
COLLINEAR = 1e-10


def check_design(X: ArrayLike, k: int, names: Sequence[str], *, intercept: bool) -> tuple[Array, list[str]]:
    """The design with its intercept in front, (k, p), and a name per column.

    Raises:
        InvalidData: Rows, names or values that do not fit.
        CannotEstimate: Too few studies, or moderators that say the same.
    """
    columns = _columns(X, k, names)
    labels = list(names)
    if intercept:
        columns, labels = np.column_stack([np.ones(k), columns]), ["intercept", *labels]
    p = columns.shape[1]
    if k <= p:
        raise CannotEstimate(f"{k} studies cannot carry {p} coefficients; at least {p + 1} are needed.")
    if not is_full_rank(columns[None])[0]:
        raise CannotEstimate(
            f"The moderators ({', '.join(labels)}) say the same in these studies: one is a sum of the others."
        )
    return columns, labels


def is_full_rank(X: Array) -> np.ndarray:
    """No column is a combination of the others, (n,), for designs (n, k, p)."""
    size = np.linalg.norm(X, axis=1)
    scaled = X / np.where(size > 0.0, size, 1.0)[:, None, :]
    triangle = np.linalg.qr(scaled, mode="r")
    diagonal = np.abs(np.diagonal(triangle, axis1=1, axis2=2))
    return (diagonal > COLLINEAR).all(axis=1) & (X.shape[1] >= X.shape[2])


def _columns(X: ArrayLike, k: int, names: Sequence[str]) -> Array:
    try:
        columns = np.asarray(X, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidData(Fault("hold something that is not a number.", "moderators")) from error
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or columns.shape != (k, len(names)):
        raise InvalidData(
            f"Moderators of shape {columns.shape} do not fit {k} studies and {len(names)} names."
        )
    bad = [
        Fault(f"{names[j]} is {columns[i, j]}; {EFFECT}", f"row {i + 1}")
        for i, j in np.argwhere(~(np.abs(columns) <= LARGEST))
    ]
    if bad:
        raise InvalidData(bad)
    return columns
