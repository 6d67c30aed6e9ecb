"""Effects and variances as every method of this room takes them: checked, and fit to be squared."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.pooling.data import Array, check_studies

__all__ = ["check_effects"]

# Any unit of medicine lies well inside; beyond, squares and ratios of squares leave the range of a double.
_LARGEST, _SMALLEST_V = 1e30, 1e-30
# Information grows with participants: no study has a million million times those of another.
_LARGEST_RATIO = 1e12


def check_effects(y: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
    """Both columns as float arrays of one length, shape (k,).

    Raises:
        InvalidData: Empty, of different lengths, not finite, a variance that is not above 0, or a number
            so large or small (or variances so far apart) that a unit must be wrong.
    """
    y, v = check_studies(y, v)
    large, odd = np.abs(y) > _LARGEST, (v < _SMALLEST_V) | (v > _LARGEST)
    faults = [_fault("y", y[i], i) for i in np.flatnonzero(large).tolist()]
    faults += [_fault("v", v[i], i) for i in np.flatnonzero(odd).tolist()]
    if v.max() / _LARGEST_RATIO > v.min():
        faults.append(Fault(f"runs from {v.min():g} to {v.max():g};", "v", "one study's unit must be wrong."))
    if faults:
        raise InvalidData(faults)
    return y, v


def _fault(name: str, value: float, row: int) -> Fault:
    message = f"{name} is {value:g}, too far from 1 to compute with;"
    return Fault(message, f"row {row + 1}", "choose another unit.")
