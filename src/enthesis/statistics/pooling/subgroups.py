"""Subgroups: each pooled for itself, and the question whether they differ."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.pooling.data import check_studies
from enthesis.statistics.pooling.regression import meta_regression
from enthesis.statistics.pooling.regression_results import MetaRegression
from enthesis.statistics.pooling.results import Caveat, PooledEffect
from enthesis.statistics.pooling.single import pool

__all__ = ["Subgroup", "Subgroups", "subgroups"]


@dataclass(frozen=True, slots=True)
class Subgroup:
    """The studies of one group, pooled with a tau2 of their own."""

    name: Hashable
    pooled: PooledEffect


@dataclass(frozen=True, slots=True)
class Subgroups:
    """Groups side by side; a difference between them is an observation, not a randomised comparison.

    Attributes:
        groups: One per group, in the order of first appearance.
        q_between: Differences between the group means, each with its own tau2 and classic variance.
        df: Its degrees of freedom, groups - 1.
        p_between: Its chi-square p-value.
        common_tau2: The same groups as a meta-regression with one tau2 for all, the first group as
            reference; None where there are too few studies for it.
        caveats: Doubts that the reader must see.
    """

    groups: tuple[Subgroup, ...]
    q_between: float
    df: int
    p_between: float
    common_tau2: MetaRegression | None
    caveats: tuple[Caveat, ...]


def subgroups(
    y: ArrayLike,
    v: ArrayLike,
    group: Sequence[Hashable],
    *,
    method: str = "REML",
    interval: str = "hartung-knapp",
    level: float = 0.95,
    prediction: str = "t-k-minus-1",
) -> Subgroups:
    """Each group pooled for itself, with the test between groups.

    Args:
        y: Effects, (k,).
        v: Sampling variances, (k,).
        group: The group of each study, (k,).
        method: See `pool`.
        interval: See `pool`.
        level: See `pool`.
        prediction: See `pool`.

    Raises:
        InvalidData: As for `pool`, or not one group per study.
        CannotEstimate: Only one group.

    Source: Borenstein & Higgins 2013, doi:10.1007/s11121-013-0377-7.
    """
    y, v = check_studies(y, v)
    if len(group) != len(y):
        raise InvalidData(f"There are {len(y)} studies and {len(group)} group labels; give one per study.")
    names = list(dict.fromkeys(group))
    if len(names) < 2:
        raise CannotEstimate("All studies are in one group; subgroups need at least two.")
    member = np.array([[g == name for g in group] for name in names])
    options: dict[str, Any] = {"method": method, "interval": interval, "level": level}
    pooled = [pool(y[m], v[m], prediction=prediction, **options) for m in member]
    plain = [pool(y[m], v[m], method=method, interval="wald", level=level) for m in member]
    q = _between(plain)
    return Subgroups(
        groups=tuple(map(Subgroup, names, pooled)),
        q_between=q,
        df=len(names) - 1,
        p_between=float(chdtrc(len(names) - 1, q)),
        common_tau2=_together(y, v, member, names, options),
        caveats=_doubts(pooled),
    )


def _between(pooled: list[PooledEffect]) -> float:
    mu, w = np.array([x.mu for x in pooled]), np.array([1.0 / x.se**2 for x in pooled])
    return float(w @ (mu - w @ mu / w.sum()) ** 2)


def _together(
    y: np.ndarray, v: np.ndarray, member: np.ndarray, names: list[Hashable], options: dict[str, Any]
) -> MetaRegression | None:
    if len(y) <= len(names):
        return None
    return meta_regression(y, v, member[1:].T.astype(np.float64), [str(n) for n in names[1:]], **options)


def _doubts(pooled: list[PooledEffect]) -> tuple[Caveat, ...]:
    alone = sum(x.k == 1 for x in pooled)
    if not alone:
        return ()
    text = (
        f"{alone} of {len(pooled)} groups hold a single study, whose heterogeneity counts as 0 in the test."
    )
    return (Caveat("single-study-group", text),)
