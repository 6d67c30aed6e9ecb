"""How a score changed in a group of people seen twice; a description without a control group."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from enthesis.errors import CannotEstimate

__all__ = ["FEWEST_SHOWN", "MeanChange", "mean_change"]

# Below this many people a mean says more about single persons than about a treatment, and may name them.
FEWEST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class MeanChange:
    """Mean change in units of the score with its interval, standard deviation and people."""

    n: int
    mean: float
    ci: tuple[float, float]
    sd: float
    level: float


def mean_change(before: Sequence[float], after: Sequence[float], level: float = 0.95) -> MeanChange:
    """Mean of the paired differences, after minus before, with the interval of Student's t.

    Args:
        before: Score of each person before, shape (n,).
        after: Score of the same person after, shape (n,).
        level: Level of the two-sided interval.

    Raises:
        CannotEstimate: Fewer than ``FEWEST_SHOWN`` people.

    Source: Student 1908, doi:10.1093/biomet/6.1.1.
    """
    n = len(before)
    if n < FEWEST_SHOWN:
        raise CannotEstimate(f"{n} people with both scores; at least {FEWEST_SHOWN} are needed.")
    difference = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    mean, sd = float(difference.mean()), float(difference.std(ddof=1))
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * sd / sqrt(n)
    return MeanChange(n, mean, (mean - half, mean + half), sd, level)
