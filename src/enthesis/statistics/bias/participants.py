"""Numbers of participants, one for each study, checked."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.pooling.data import Array

__all__ = ["check_participants"]


def check_participants(name: str, values: ArrayLike, k: int) -> Array:
    """The column as floats, shape (k,), all finite and above 0.

    Raises:
        InvalidData: Another length, or a value that is not a number of participants.
    """
    sizes = np.atleast_1d(np.asarray(values, dtype=float))
    if sizes.shape != (k,):
        raise InvalidData(Fault(f"has {sizes.size} values for {k} studies.", name))
    bad = np.flatnonzero(~(np.isfinite(sizes) & (sizes > 0)))
    if len(bad):
        text = "{} is {:g}; it must be finite and above 0."
        raise InvalidData([Fault(text.format(name, sizes[i]), f"row {i + 1}") for i in bad])
    return sizes
