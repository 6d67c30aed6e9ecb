"""Sampling covariances of the correlations of one sample."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.blocks.covariances import pairs_within
from enthesis.statistics.blocks.layout import Ints, check_length, number
from enthesis.statistics.blocks.sampling import SamplingCovariance
from enthesis.statistics.pooling.data import Array

__all__ = ["correlation_covariance"]


def correlation_covariance(
    r: ArrayLike,
    n: ArrayLike,
    study: Sequence[Hashable],
    first: Sequence[Hashable],
    second: Sequence[Hashable],
) -> SamplingCovariance:
    """Large-sample variances and covariances of all correlations of each study, with n - 1 below.

    Args:
        r: Correlation of two variables, (k,), strictly between -1 and 1.
        n: Participants behind it, (k,); the same within a study.
        study: Study of each correlation, k labels.
        first: One variable, k labels.
        second: The other, k labels.

    Raises:
        InvalidData: Numbers out of range, a pair given twice or with itself, a study that lacks a correlation
            which the covariance of two others needs, or a correlation matrix that cannot be.

    Source: Olkin & Siotani 1976; Steiger 1980, doi:10.1037/0033-2909.87.2.245.
    """
    values, sizes = np.array(r, dtype=np.float64), np.array(n, dtype=np.float64)
    k = len(values)
    for name, column in {"n": sizes.tolist(), "study": study, "first": first, "second": second}.items():
        check_length(name, column, k)
    _check_numbers(values, sizes)
    studies, names = number(study)
    variables, _ = number([*first, *second])
    table = _Table.of(values, studies, variables[:k], variables[k:])
    if table.faults:
        raise InvalidData(table.faults)
    i, j = pairs_within(studies)
    covariance = table.covariance(i, j, names) / (sizes[i] - 1.0)
    return SamplingCovariance((1.0 - values**2) ** 2 / (sizes - 1.0), i, j, covariance)


@dataclass(frozen=True, eq=False, slots=True)
class _Table:
    """The correlation matrix of each study, (studies, variables, variables); nan where not given."""

    R: Array
    study: Ints
    a: Ints
    b: Ints
    faults: tuple[Fault, ...]

    @classmethod
    def of(cls, r: Array, study: Ints, a: Ints, b: Ints) -> "_Table":
        """Fill the matrices, noting pairs that are twice there or with themselves."""
        m = int(max(a.max(), b.max())) + 1
        R = np.full((int(study.max()) + 1, m, m), np.nan)
        R[:, np.arange(m), np.arange(m)] = 1.0
        R[study, a, b] = R[study, b, a] = r
        low, high = np.minimum(a, b), np.maximum(a, b)
        _, whose, times = np.unique(
            np.column_stack([study, low, high]), axis=0, return_inverse=True, return_counts=True
        )
        bad = np.flatnonzero((times[whose.ravel()] > 1) | (a == b))
        rule = "a pair of different variables stands once in each study."
        return cls(R, study, a, b, tuple(Fault(rule, f"row {i + 1}") for i in bad))

    def covariance(self, i: Ints, j: Ints, names: tuple[Hashable, ...]) -> Array:
        """Asymptotic covariance of correlations i and j, times the sample size."""
        h, s, t, u, v = self.study[i], self.a[i], self.b[i], self.a[j], self.b[j]
        st, uv = self.R[h, s, t], self.R[h, u, v]
        su, sv, tu, tv = self.R[h, s, u], self.R[h, s, v], self.R[h, t, u], self.R[h, t, v]
        found = 0.5 * st * uv * (su**2 + sv**2 + tu**2 + tv**2) + su * tv + sv * tu
        found -= st * su * sv + st * tu * tv + su * tu * uv + sv * tv * uv
        missing = np.unique(h[np.isnan(found)])
        if len(missing):
            rule = "lacks a correlation that the covariance of two others needs."
            raise InvalidData([Fault(rule, f"study {names[x]}") for x in missing])
        return found


def _check_numbers(r: Array, n: Array) -> None:
    faults = [
        Fault(f"r is {r[i]}; a correlation lies strictly between -1 and 1.", f"row {i + 1}")
        for i in np.flatnonzero(~(np.abs(r) < 1.0))
    ]
    faults += [
        Fault(f"n is {n[i]}; at least 4 participants are needed.", f"row {i + 1}")
        for i in np.flatnonzero(~((n >= 4.0) & np.isfinite(n)))
    ]
    if faults:
        raise InvalidData(faults)
