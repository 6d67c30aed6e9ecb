"""When a test for funnel-plot asymmetry may be run at all, and what to say when it is doubtful."""

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.distributions import ndtri
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["MINIMUM_K", "asymmetry_caveats", "check_enough_studies"]

# Sterne et al. 2011, doi:10.1136/bmj.d4002, recommendation 2: with fewer than 10 studies the power
# is too low to tell chance from real asymmetry.
MINIMUM_K = 10

# Ioannidis & Trikalinos 2007, doi:10.1503/cmaj.060410: asymmetry tests are inappropriate when the
# extreme variances differ less than fourfold, I2 is 50% or more, or no study is significant.
_SMALLEST_VARIANCE_RATIO, _LARGEST_I2 = 4.0, 0.5


def check_enough_studies(k: int, minimum_k: int, test: str) -> None:
    """Refuse a test for asymmetry when there are too few studies.

    Raises:
        CannotEstimate: k is below ``minimum_k``; the message gives the reason.
    """
    if k < minimum_k:
        raise CannotEstimate(
            f"{test} needs at least {minimum_k} studies; {k} given. With fewer, chance and real asymmetry "
            "cannot be told apart (Sterne et al. 2011, doi:10.1136/bmj.d4002)."
        )


def asymmetry_caveats(y: Array, v: Array) -> tuple[Caveat, ...]:
    """The published doubts about testing these studies for asymmetry.

    Args:
        y: Effects, shape (k,).
        v: Sampling variances, shape (k,), in y's unit squared.

    Source: Ioannidis & Trikalinos 2007, doi:10.1503/cmaj.060410; Sterne et al. 2011, doi:10.1136/bmj.d4002.
    """
    always = Caveat(
        "asymmetry-has-many-causes",
        "Asymmetry of a funnel plot shows small-study effects; reporting bias is only one of their causes.",
    )
    w = 1 / v
    q = w @ (y - w @ y / w.sum()) ** 2
    found = [always]
    if v.max() / v.min() <= _SMALLEST_VARIANCE_RATIO:
        found.append(
            Caveat("similar-precision", "The studies are of similar size; the test has little to see.")
        )
    if q > 0 and (q - (len(y) - 1)) / q >= _LARGEST_I2:
        found.append(
            Caveat("heterogeneous", "Heterogeneity is large (I2 of 50% or more); the test is unreliable.")
        )
    if not (np.abs(y) / np.sqrt(v) >= -ndtri(0.025)).any():
        found.append(
            Caveat("none-significant", "No study is significant; selection by significance cannot be seen.")
        )
    return tuple(found)
