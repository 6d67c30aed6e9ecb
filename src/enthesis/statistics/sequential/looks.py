"""When a living meta-analysis was looked at, and which direction is benefit."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import Fault, InvalidData

__all__ = ["FAVOURS", "check_favours", "last_of_each"]

FAVOURS = {"greater": 1.0, "less": -1.0}


def check_favours(favours: str) -> float:
    """1 where a positive effect is benefit, -1 where a negative one is.

    Raises:
        ValueError: Neither word.
    """
    if favours not in FAVOURS:
        raise ValueError(f"Unknown direction {favours!r}; give one of {', '.join(FAVOURS)}.")
    return FAVOURS[favours]


def last_of_each(stage: ArrayLike | None, k: int) -> NDArray[np.int64]:
    """Position of the last study of each look, (K,).

    Args:
        stage: Look that each study belongs to, (k,), never falling; None for a look after every study.
        k: Number of studies.

    Raises:
        InvalidData: Not one stage per study, or a stage that falls.
    """
    if stage is None:
        return np.arange(k)
    at = np.asarray(stage)
    if at.shape != (k,):
        raise InvalidData(Fault(f"{at.shape} stages do not fit {k} studies.", "stage"))
    if (falls := np.flatnonzero(at[1:] < at[:-1])).size:
        raise InvalidData(
            Fault(
                f"{at[falls[0] + 1]} comes after {at[falls[0]]};", f"stage, row {falls[0] + 2}", "sort them."
            )
        )
    return np.append(np.flatnonzero(at[1:] != at[:-1]), k - 1)
