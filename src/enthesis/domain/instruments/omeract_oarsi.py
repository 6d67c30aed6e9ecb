"""OMERACT-OARSI responder criteria for trials in knee and hip osteoarthritis."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.domain.instruments.change import change
from enthesis.errors import Fault, InvalidData

__all__ = ["OmeractOarsi", "omeract_oarsi_responder"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Pair = tuple[ArrayLike, ArrayLike]

HIGH: Final = (50.0, 20.0)
"""Percent of baseline and points of 100 for a high improvement."""
MODERATE: Final = (20.0, 10.0)
"""Percent of baseline and points of 100 for an improvement that needs company."""
NEEDED: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class OmeractOarsi:
    """Who responded, and by which road.

    ``responder`` counts a response nobody can assess as none; ``assessable`` marks the complete cases, so
    that both rates can be shown. ``zero_baseline`` marks domains without a percentage, which never improve.
    """

    responder: Mask
    by_high_improvement: Mask
    by_two_of_three: Mask
    assessable: Mask
    zero_baseline: Mask


def omeract_oarsi_responder(*, pain: Pair, function: Pair, patient_global: Pair) -> OmeractOarsi:
    """Responders by the OMERACT-OARSI criteria.

    High improvement in pain or function (at least 50 % and 20 of 100 points), or improvement in two of
    pain, function and patient global (at least 20 % and 10 of 100 points each).

    Args:
        pain: Baseline and follow-up, each of shape (n,), on 0-100 with higher worse; NaN for none.
        function: As pain.
        patient_global: As pain.

    Raises:
        InvalidData: Values outside 0 to 100, or shapes that differ.

    Source: Pham et al. 2004, doi:10.1016/j.joca.2004.02.006.
    """
    domains = {"pain": pain, "function": function, "patient_global": patient_global}
    arrays = {name: (_array(pair[0]), _array(pair[1])) for name, pair in domains.items()}
    _check(arrays)
    high = _improved(arrays["pain"], *HIGH) | _improved(arrays["function"], *HIGH)
    moderate = np.stack([_improved(pair, *MODERATE) for pair in arrays.values()])
    two_of_three = moderate.sum(axis=0) >= NEEDED
    every = np.stack([v for pair in arrays.values() for v in pair])
    return OmeractOarsi(
        responder=high | two_of_three,
        by_high_improvement=high,
        by_two_of_three=two_of_three,
        assessable=np.asarray(~np.isnan(every).any(axis=0)),
        zero_baseline=np.stack([pair[0] == 0 for pair in arrays.values()]),
    )


def _array(values: ArrayLike) -> Array:
    return np.asarray(values, dtype=np.float64)


def _improved(pair: tuple[Array, Array], percent: float, points: float) -> Mask:
    moved = change(*pair, "lower")
    enough = (np.nan_to_num(moved.percent) >= percent) & (np.nan_to_num(moved.improvement) >= points)
    return enough & moved.percent_computable


def _check(arrays: dict[str, tuple[Array, Array]]) -> None:
    faults = []
    shapes = {v.shape for pair in arrays.values() for v in pair}
    if len(shapes) > 1:
        faults.append(Fault(f"Shapes {sorted(shapes)} differ; must be one."))
    for name, pair in arrays.items():
        for when, values in zip(("baseline", "follow-up"), pair, strict=True):
            outside = values[(values < 0) | (values > 100)]
            if outside.size:
                faults.append(Fault(f"{outside.flat[0]:g}; must lie in 0 to 100.", f"{name} {when}"))
    if faults:
        raise InvalidData(faults)
