"""Permutation test of moderators."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations as all_orders
from math import factorial

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from enthesis.statistics.bias.permutation import EQUAL, batches, check_permutations, coarse_p_value
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.design import check_design
from enthesis.statistics.pooling.estimators import check_method, estimate_tau2
from enthesis.statistics.pooling.fit import Problem, fit_at
from enthesis.statistics.pooling.moderated import Moderated
from enthesis.statistics.pooling.results import Caveat

__all__ = ["ModeratorPermutation", "permutation_test_of_moderators"]


@dataclass(frozen=True, slots=True)
class ModeratorPermutation:
    """P-values of moderators that need no normal distribution.

    Attributes:
        names: Moderators, in the order given.
        statistics: Observed estimate / se of each.
        p: Two-sided p-value of each.
        omnibus: Observed Wald statistic of all together.
        omnibus_p: Its p-value.
        permutations: Number of permutations behind the p-values, the observed one among them.
        exact: All permutations were taken; otherwise a random sample.
        method: Estimator of tau2, used anew in every permutation.
        k: Number of studies.
        caveats: Doubts that the reader must see.
    """

    names: tuple[str, ...]
    statistics: tuple[float, ...]
    p: tuple[float, ...]
    omnibus: float
    omnibus_p: float
    permutations: int
    exact: bool
    method: str
    k: int
    caveats: tuple[Caveat, ...]


def permutation_test_of_moderators(
    y: ArrayLike,
    v: ArrayLike,
    X: ArrayLike,
    names: Sequence[str],
    *,
    permutations: int = 1000,
    method: str = "REML",
    seed: int | Generator = 0,
) -> ModeratorPermutation:
    """P-values of moderators from dealing their rows out to the studies anew.

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        X: Moderators without the intercept, shape (k, m).
        names: One name per column of X.
        permutations: All orders are taken when there are no more than this; else so many are drawn.
        method: Estimator of tau2, used anew in every permutation.
        seed: Seed or generator of the draws; the same seed gives the same p-values.

    When it misleads: it tests "no moderator matters"; the p-value of one moderator beside another that does
    matter is approximate; association between studies is not cause.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Not more studies than coefficients, or moderators that say the same.

    Source: Higgins & Thompson 2004, doi:10.1002/sim.1752.
    """
    y, v = check_effects(y, v)
    check_permutations(permutations)
    check_method(method)
    k = len(y)
    design, _ = check_design(X, k, names, intercept=True)
    problem = Problem.of(y, v, design)
    single, omnibus = _moderator_statistics(problem, design[None], method)
    exact = factorial(min(k, 20)) <= permutations
    orders = _all_orders(k) if exact else _random_orders(k, permutations, np.random.default_rng(seed))
    extreme = np.zeros(design.shape[1], dtype=np.int64)
    taken = 0
    for order in orders:
        some, together = _moderator_statistics(problem, design[order], method)
        extreme[:-1] += np.count_nonzero(np.abs(some) >= np.abs(single) * (1 - EQUAL), axis=0)
        extreme[-1] += np.count_nonzero(together >= omnibus * (1 - EQUAL))
        taken += len(order)
    if not exact:
        extreme, taken = extreme + 1, taken + 1
    p = (extreme / taken).tolist()
    return ModeratorPermutation(
        names=tuple(names),
        statistics=tuple(single[0].tolist()),
        p=tuple(p[:-1]),
        omnibus=float(omnibus[0]),
        omnibus_p=p[-1],
        permutations=taken,
        exact=exact,
        method=method,
        k=k,
        caveats=coarse_p_value(1 / taken),
    )


def _moderator_statistics(problem: Problem, designs: Array, method: str) -> tuple[Array, Array]:
    """Estimate / se of each moderator, (n, m), and the Wald statistic of all, (n,), for designs (n, k, p)."""
    n, one = len(designs), problem.model
    model = Moderated(np.repeat(one.z, n, axis=0), np.repeat(one.v, n, axis=0), np.repeat(one.k, n), designs)
    fit = fit_at(Problem(model, problem.unit, problem.origin), estimate_tau2(model, method).tau2)
    beta, covariance = fit.beta[:, 1:], fit.covariance[:, 1:, 1:]
    solved = np.linalg.solve(covariance, beta[:, :, None])[:, :, 0]
    se = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    return beta / se, np.einsum("nm,nm->n", beta, solved)


def _all_orders(k: int) -> Iterator[NDArray[np.int64]]:
    yield np.array(list(all_orders(range(k))))


def _random_orders(k: int, n: int, rng: Generator) -> Iterator[NDArray[np.int64]]:
    for _, size in batches(n):
        rows = np.tile(np.arange(k), (size, 1))
        yield rng.permuted(rows, axis=1)
