"""Sampling covariances from stated correlations: what trials hardly ever report and analyses must assume."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.blocks.layout import Ints, check_length, number
from enthesis.statistics.blocks.sampling import SamplingCovariance
from enthesis.statistics.pooling.data import Array

__all__ = ["pairs_within", "read_variances", "sampling_covariance"]


def sampling_covariance(
    v: ArrayLike,
    cluster: Sequence[Hashable],
    *,
    rho: float | None = None,
    outcome: Sequence[Hashable] | None = None,
    phi: float | None = None,
    weeks: Sequence[float] | None = None,
) -> SamplingCovariance:
    """Covariances of effects measured on the same patients, from correlations that are stated.

    Two effects of a cluster correlate by rho if their outcomes differ, times phi to the power of the weeks
    between them. rho alone is compound symmetry (every pair correlates by it), phi alone autoregression.
    What is assumed here moves standard errors and components: repeat the analysis over `over_correlations`.

    Args:
        v: Sampling variances, (k,).
        cluster: Trial of each effect, k labels.
        rho: Correlation of two outcomes at one time, strictly between -1 and 1.
        outcome: Outcome of each effect, k labels; needed when rho and phi are both given.
        phi: Correlation of one outcome one week (or one unit of ``weeks``) apart, in [0, 1).
        weeks: Time of each effect, k numbers; needed with phi.

    Raises:
        InvalidData: A correlation out of range, labels that are not one per effect, two effects of one
            outcome and time, or covariances that no set of effects can have.

    Source: Wei & Higgins 2013, doi:10.1002/sim.5679; Ishak et al. 2007, doi:10.1177/1740774507083567.
    """
    variances = read_variances(v)
    _check_request(rho, outcome, phi, weeks)
    check_length("cluster", cluster, len(variances))
    first, second = pairs_within(number(cluster)[0])
    correlation = np.ones(len(first))
    if rho is not None:
        correlation *= _of_outcomes(rho, outcome, first, second, len(variances))
    if phi is not None and weeks is not None:
        correlation *= np.power(phi, _apart(weeks, first, second, len(variances)))
    _check_repeats(correlation, first, second)
    covariance = correlation * np.sqrt(variances[first] * variances[second])
    return SamplingCovariance(variances, first, second, covariance)


def pairs_within(codes: Ints) -> tuple[Ints, Ints]:
    """Every pair of rows with one code, smaller row first."""
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], codes[order], side="right")
    count = ends - np.arange(len(codes)) - 1
    first = np.repeat(np.arange(len(codes)), count)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
    return order[first], order[second]


def read_variances(v: ArrayLike) -> Array:
    """Variances as a column; their values are checked when the covariance is built.

    Raises:
        InvalidData: Not one column of numbers.
    """
    try:
        variances = np.array(v, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidData(Fault("holds something that is not a number.", "v")) from error
    if variances.ndim != 1:
        raise InvalidData(Fault(f"has {variances.ndim} dimensions; give one variance per effect.", "v"))
    bad = np.flatnonzero(~(variances > 0.0))
    if len(bad):
        raise InvalidData([Fault(f"v is {variances[i]}; it must lie above 0.", f"row {i + 1}") for i in bad])
    return variances


def _check_request(
    rho: float | None,
    outcome: Sequence[Hashable] | None,
    phi: float | None,
    weeks: Sequence[float] | None,
) -> None:
    faults = []
    if rho is None and phi is None:
        faults.append(Fault("neither rho nor phi was given;", "rho", "state at least one correlation."))
    if rho is not None and not -1.0 < rho < 1.0:
        faults.append(
            Fault(f"{rho} is out of range;", "rho", "a correlation lies strictly between -1 and 1.")
        )
    if phi is not None and not 0.0 <= phi < 1.0:
        faults.append(
            Fault(f"{phi} is out of range;", "phi", "a correlation per unit of time lies in [0, 1).")
        )
    if (phi is None) != (weeks is None):
        faults.append(Fault("phi and weeks belong together; one of them is missing.", "phi"))
    if rho is not None and phi is not None and outcome is None:
        faults.append(Fault("rho and phi together need the outcome of each effect.", "outcome"))
    if faults:
        raise InvalidData(faults)


def _of_outcomes(rho: float, outcome: Sequence[Hashable] | None, first: Ints, second: Ints, k: int) -> Array:
    if outcome is None:
        return np.full(len(first), rho)
    check_length("outcome", outcome, k)
    codes, _ = number(outcome)
    return np.where(codes[first] == codes[second], 1.0, rho)


def _apart(weeks: Sequence[float], first: Ints, second: Ints, k: int) -> Array:
    check_length("weeks", weeks, k)
    times = np.asarray(weeks, dtype=np.float64)
    bad = np.flatnonzero(~np.isfinite(times))
    if len(bad):
        raise InvalidData([Fault(f"weeks is {times[i]}; it must be finite.", f"row {i + 1}") for i in bad])
    return np.abs(times[first] - times[second])


def _check_repeats(correlation: Array, first: Ints, second: Ints) -> None:
    same = np.flatnonzero(correlation == 1.0)
    if len(same):
        raise InvalidData(
            [
                Fault("one outcome at one time was given twice.", f"rows {first[i] + 1} and {second[i] + 1}")
                for i in same
            ]
        )
