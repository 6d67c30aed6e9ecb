"""Arms of one trial made into fewer, or shared among comparisons, so that no patient counts twice."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.statistics.conversions.columns import number_or_array, read_columns
from enthesis.statistics.conversions.rules import above, at_least, complete, no_more_than, require

__all__ = [
    "CombinedCounts",
    "CombinedGroup",
    "combine_counts",
    "combine_groups",
    "split_shared_comparator",
]


@dataclass(frozen=True, slots=True)
class CombinedGroup:
    """Several arms as the one group their patients make."""

    n: float
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class CombinedCounts:
    """Events of several arms as those of the one group their patients make."""

    events: float
    n: float


def combine_groups(n: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> CombinedGroup:
    """Size, mean and standard deviation of several arms put together.

    Exactly what the raw data of all arms together would give: the spread between the arms' means is in it.

    Args:
        n: Patients of each arm, shape (arms,), each at least 1.
        mean: Mean of each arm.
        sd: Standard deviation of each arm, 0 or more (0 for one patient, or for arms already alike).

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 6.5.2.10, Table 6.5.a (for two arms at a time); any number at once.
    """
    n, mean, sd = (np.atleast_1d(column) for column in read_columns(n=n, mean=mean, sd=sd))
    require(*complete(n=n, mean=mean, sd=sd), at_least("n", n, 1), at_least("sd", sd, 0))
    total = n.sum()
    together = np.sum(n * mean) / total
    squares = np.sum((n - 1) * sd**2 + n * (mean - together) ** 2)
    spread = np.sqrt(squares / (total - 1)) if total > 1 else 0.0
    return CombinedGroup(float(total), float(together), float(spread))


def combine_counts(events: ArrayLike, n: ArrayLike) -> CombinedCounts:
    """Events and size of several arms put together.

    Args:
        events: Patients with the event in each arm, shape (arms,), from 0 to n.
        n: Patients of each arm.

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 23.3.4.
    """
    events, n = read_columns(events=events, n=n)
    require(
        *complete(events=events, n=n),
        at_least("events", events, 0),
        above("n", n, 0),
        no_more_than("events", events, "n", n),
    )
    return CombinedCounts(float(np.sum(events)), float(np.sum(n)))


def split_shared_comparator(count: ArrayLike, comparisons: ArrayLike) -> Any:
    """A comparator's patients (or events) shared out evenly among the comparisons that use it.

    Means and standard deviations stay as they are. Shares need not be whole numbers. Splitting keeps a
    patient from counting twice but leaves the comparisons correlated: combining arms or a block model is
    better.

    Args:
        count: Patients, or events, of the shared arm, 0 or more.
        comparisons: How many comparisons share it, at least 1.

    Raises:
        InvalidData: A figure missing or outside its range.

    Source: Cochrane Handbook 23.3.4.
    """
    count, comparisons = read_columns(count=count, comparisons=comparisons)
    require(
        *complete(count=count, comparisons=comparisons),
        at_least("count", count, 0),
        at_least("comparisons", comparisons, 1),
    )
    return number_or_array(count / comparisons)
