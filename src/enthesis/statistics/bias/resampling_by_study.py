"""Permutations and subsets of whole studies, where studies give several effects."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.gosh import Gosh, gosh
from enthesis.statistics.bias.permutation import PermutationTest, permutation_test
from enthesis.statistics.bias.permutation_of_moderators import (
    ModeratorPermutation,
    permutation_test_of_moderators,
)
from enthesis.statistics.bias.study_averages import study_averages
from enthesis.statistics.bias.working_model import RHO
from enthesis.statistics.pooling.data import Array

__all__ = ["gosh_by_study", "permutation_test_by_study", "permutation_test_of_moderators_by_study"]


def gosh_by_study(
    y: ArrayLike,
    v: ArrayLike,
    study: Sequence[Hashable],
    *,
    subsets: int = 2000,
    method: str = "REML",
    rho: float = RHO,
    seed: int | Generator = 0,
) -> Gosh:
    """Pooled effect of subsets of whole studies; ``members`` has one column per study, as they first appear.

    The variance within studies is estimated once, from all; given it, each subset is the three-level model.

    Args:
        y: Effects, (k,), on one additive scale.
        v: Sampling variances, (k,), in y's unit squared.
        study: Study of each effect, k labels.
        subsets: How many to draw; see `gosh`.
        method: Estimator of the variance between studies.
        rho: Correlation assumed between sampling errors of one study, in [0, 1).
        seed: Seed or generator of the draws; the same seed gives the same subsets.

    When it misleads: as for `gosh`. ``i2`` is the share between studies of the variance of study averages.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Fewer than three studies.

    Source: Olkin, Dahabreh & Trikalinos 2012, doi:10.1002/jrsm.1053, with `study_averages`.
    """
    averages = study_averages(y, v, study, rho=rho)
    cloud = gosh(averages.y, averages.v, subsets=subsets, method=method, seed=seed)
    return replace(cloud, caveats=cloud.caveats + averages.caveats)


def permutation_test_by_study(
    y: ArrayLike,
    v: ArrayLike,
    study: Sequence[Hashable],
    *,
    permutations: int = 1000,
    method: str = "REML",
    interval: str = "wald",
    rho: float = RHO,
    seed: int | Generator = 0,
) -> PermutationTest:
    """P-value of a mean effect of 0 from flipping the signs of whole studies; ``k`` counts studies.

    The variance within studies comes from contrasts within studies, which a flip leaves as they are: given
    symmetric true effects the test is exact.

    Args:
        y: Effects, (k,), on one additive scale with 0 as no effect.
        v: Sampling variances, (k,), in y's unit squared.
        study: Study of each effect, k labels.
        permutations: All sign patterns are taken when there are no more than this; else so many are drawn.
        method: Estimator of the variance between studies, used anew in every permutation.
        interval: Statistic to permute: "wald" or "hartung-knapp".
        rho: Correlation assumed between sampling errors of one study, in [0, 1).
        seed: Seed or generator of the draws; the same seed gives the same p-value.

    When it misleads: as for `permutation_test`, with the number of studies in place of k.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: One study, or averages that are all 0.

    Source: Follmann & Proschan 1999, doi:10.1111/j.0006-341X.1999.00732.x, with `study_averages`.
    """
    averages = study_averages(y, v, study, rho=rho, within="contrasts")
    found = permutation_test(
        averages.y, averages.v, permutations=permutations, method=method, interval=interval, seed=seed
    )
    return replace(found, caveats=found.caveats + averages.caveats)


def permutation_test_of_moderators_by_study(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike,
    names: Sequence[str],
    study: Sequence[Hashable],
    *,
    permutations: int = 1000,
    method: str = "REML",
    rho: float = RHO,
    seed: int | Generator = 0,
) -> ModeratorPermutation:
    """P-values of moderators of studies from dealing them out to whole studies anew; ``k`` counts studies.

    Args:
        y: Effects, (k,), on one additive scale.
        v: Sampling variances, (k,), in y's unit squared.
        X: Moderators without the intercept, (k, m), equal in all effects of a study.
        names: One name per column of X.
        study: Study of each effect, k labels.
        permutations: All orders are taken when there are no more than this; else so many are drawn.
        method: Estimator of the variance between studies, used anew in every permutation.
        rho: Correlation assumed between sampling errors of one study, in [0, 1).
        seed: Seed or generator of the draws; the same seed gives the same p-values.

    When it misleads: as for `permutation_test_of_moderators`.

    Raises:
        InvalidData: A value breaks a rule, or a moderator that differs within a study.
        CannotEstimate: Not more studies than coefficients, or moderators that say the same.

    Source: Higgins & Thompson 2004, doi:10.1002/sim.1752, with `study_averages`.
    """
    averages = study_averages(y, v, study, rho=rho, within="contrasts")
    each = _of_studies(np.asarray(X, dtype=np.float64), names, study, averages.study)
    found = permutation_test_of_moderators(
        averages.y, averages.v, each, names, permutations=permutations, method=method, seed=seed
    )
    return replace(found, caveats=found.caveats + averages.caveats)


def _of_studies(
    X: Array, names: Sequence[str], study: Sequence[Hashable], order: Sequence[Hashable]
) -> Array:
    """One row of moderators per study."""
    if X.ndim != 2 or len(X) != len(study):
        raise InvalidData(Fault(f"has the shape {X.shape};", "X", f"give {len(study)} rows, one per effect."))
    first = {name: row for row, name in reversed(list(enumerate(study)))}
    same = np.array([first[one] for one in study])
    faults = [
        Fault(f"{names[column]} differs within study {study[row]};", f"row {row + 1}", "give one per study.")
        for row, column in zip(*np.nonzero(X[same] != X), strict=True)
    ]
    if faults:
        raise InvalidData(faults)
    return X[[first[name] for name in order]]
