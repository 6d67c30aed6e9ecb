"""How much error may have been spent by the time a share of the information has come in.

Lan-DeMets spending functions: the number and timing of looks need not be known in advance, only the
function. Of a two-sided alpha each side spends alpha / 2 by the same function.
"""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.distributions import ndtr, ndtri
from enthesis.statistics.pooling.data import Array

__all__ = ["SPENDINGS", "check_probability", "check_spending", "spent"]

#: obrien-fleming: hardly anything early. pocock: about as much at every look. power: t to the power rho.
SPENDINGS = ("obrien-fleming", "pocock", "power")


def spent(
    information: ArrayLike, total: float, spending: str = "obrien-fleming", *, rho: float = 3.0
) -> Array:
    """Error spent by each share of the required information, of the shape of ``information``.

    Args:
        information: Shares of the required information, 0 or more; beyond 1 all is spent.
        total: Error to spend in all on one side, 0-1: alpha / 2, or beta.
        spending: "obrien-fleming" 2 - 2 Phi(z / sqrt(t)) with z the upper total / 2 point, "pocock"
            total log(1 + (e - 1) t), or "power" total t^rho.
        rho: Power of the power family, above 0: 1 is near Pocock's shape, 3 near O'Brien-Fleming's.

    Raises:
        InvalidData: A negative share, a total outside (0, 1) or a rho that is not above 0.
        ValueError: An unknown spending function.

    Source: Lan & DeMets 1983, doi:10.1093/biomet/70.3.659; Kim & DeMets 1987, doi:10.1093/biomet/74.1.149.
    """
    check_spending(spending, rho)
    check_probability("total", total)
    t = np.asarray(information, dtype=np.float64)
    if not (t >= 0.0).all():
        raise InvalidData(Fault("a share of the information is below 0 or missing.", "information"))
    t = np.minimum(t, 1.0)
    if spending == "pocock":
        return np.asarray(total * np.log1p((np.e - 1.0) * t))
    if spending == "power":
        return np.asarray(total * t**rho)
    root = np.sqrt(np.maximum(t, np.finfo(np.float64).tiny))
    return np.asarray(2.0 * ndtr(ndtri(total / 2.0) / root))


def check_spending(spending: str, rho: float) -> None:
    """Refuse an unknown spending function.

    Raises:
        ValueError: There is none of that name.
        InvalidData: rho is not a finite number above 0.
    """
    if spending not in SPENDINGS:
        raise ValueError(f"Unknown spending function {spending!r}; give one of {', '.join(SPENDINGS)}.")
    if not 0.0 < rho < np.inf:
        raise InvalidData(
            Fault(f"{rho!r} is not a power of the information;", "rho", "give a number above 0.")
        )


def check_probability(name: str, value: float) -> None:
    """Refuse what is not strictly between 0 and 1.

    Raises:
        InvalidData: It is not; the fault carries the name.
    """
    if not 0.0 < value < 1.0:
        raise InvalidData(Fault(f"{value!r} is not a probability;", name, "give a number between 0 and 1."))
