"""Sampling covariances of the contrasts of a multi-arm trial that share a control group."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.blocks.covariances import pairs_within, read_variances
from enthesis.statistics.blocks.layout import check_length, number
from enthesis.statistics.blocks.sampling import SamplingCovariance
from enthesis.statistics.pooling.data import Array

__all__ = ["shared_control_covariance", "shared_control_smd_covariance"]


def shared_control_covariance(
    v: ArrayLike, control: Sequence[Hashable], control_variance: ArrayLike
) -> SamplingCovariance:
    """Two contrasts with one control covary by that control's own variance.

    Args:
        v: Sampling variance of each contrast, (k,).
        control: Control arm of each contrast, k labels; contrasts of one label share it.
        control_variance: The part of v that comes from the control arm, (k,): sd2 / n for a mean
            difference, sd2 / (n mean2) for a log ratio of means, 1 / events - 1 / n for a log risk ratio,
            1 / events + 1 / non-events for a log odds ratio, p (1 - p) / n for a risk difference.

    Raises:
        InvalidData: Numbers that do not fit, or a control's variance that is not below its contrast's.

    Source: Gleser & Olkin 2009, in Cooper, Hedges & Valentine, Handbook of Research Synthesis, ch. 19;
        Franchini et al. 2012, doi:10.1002/jrsm.1049.
    """
    variances = read_variances(v)
    check_length("control", control, len(variances))
    own = np.array(control_variance, dtype=np.float64)
    check_length("control_variance", own.tolist(), len(variances))
    bad = np.flatnonzero(~((own > 0.0) & (own < variances)))
    if len(bad):
        rule = "must lie between 0 and the variance of its contrast,"
        raise InvalidData(
            [Fault(f"control_variance is {own[i]}; it {rule} {variances[i]}.", f"row {i + 1}") for i in bad]
        )
    first, second = pairs_within(number(control)[0])
    return SamplingCovariance(variances, first, second, _one_value(own, first, second))


def shared_control_smd_covariance(
    v: ArrayLike, d: ArrayLike, control: Sequence[Hashable], n_control: ArrayLike, n_trial: ArrayLike
) -> SamplingCovariance:
    """Two standardised mean differences with one control covary by 1 / n_control + d1 d2 / (2 n_trial).

    Args:
        v: Sampling variance of each d, (k,).
        d: Standardised mean differences against the shared control, (k,).
        control: Control arm of each, k labels.
        n_control: Participants of that control arm, (k,).
        n_trial: Participants of all arms whose pooled SD standardised the difference, (k,).

    Raises:
        InvalidData: Numbers that do not fit, or covariances that no set of effects can have.

    Source: Gleser & Olkin 2009, in Cooper, Hedges & Valentine, Handbook of Research Synthesis, ch. 19.
    """
    variances = read_variances(v)
    k = len(variances)
    check_length("control", control, k)
    columns = {"d": d, "n_control": n_control, "n_trial": n_trial}
    numbers = {name: np.array(column, dtype=np.float64) for name, column in columns.items()}
    for name, column in numbers.items():
        check_length(name, column.tolist(), k)
    _check_sizes(numbers["n_control"], numbers["n_trial"])
    first, second = pairs_within(number(control)[0])
    inverse = _one_value(1.0 / numbers["n_control"], first, second)
    product = numbers["d"][first] * numbers["d"][second]
    total = _one_value(numbers["n_trial"], first, second)
    return SamplingCovariance(variances, first, second, inverse + product / (2.0 * total))


def _check_sizes(n_control: Array, n_trial: Array) -> None:
    bad = np.flatnonzero(~((n_control >= 1.0) & (n_trial > n_control) & np.isfinite(n_trial)))
    if len(bad):
        rule = "a control arm has at least 1 participant and fewer than the trial."
        raise InvalidData(
            [Fault(f"n_control is {n_control[i]}, n_trial {n_trial[i]}; {rule}", f"row {i + 1}") for i in bad]
        )


def _one_value(column: Array, first: np.ndarray, second: np.ndarray) -> Array:
    """What the rows that share a control say about it; they must say the same."""
    apart = np.flatnonzero(~np.isclose(column[first], column[second], rtol=1e-6))
    if len(apart):
        raise InvalidData(
            [
                Fault(
                    f"contrasts of one control give it {column[first[i]]} and {column[second[i]]}.",
                    f"rows {first[i] + 1} and {second[i] + 1}",
                )
                for i in apart
            ]
        )
    return column[first]
