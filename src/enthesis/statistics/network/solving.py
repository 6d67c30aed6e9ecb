"""The weighted regression behind every model of a network, one design matrix or many at once."""

from dataclasses import dataclass, replace

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.network.equations import Equations
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.estimators import METHODS, estimate_tau2
from enthesis.statistics.pooling.fit import Fit, Problem, fit_at
from enthesis.statistics.pooling.intervals import Scaling, scale_variance
from enthesis.statistics.pooling.likelihood import log_likelihood
from enthesis.statistics.pooling.solution import Solution

__all__ = [
    "NETWORK_METHODS",
    "Solved",
    "check_network_method",
    "log_likelihoods",
    "misfit",
    "problem_of",
    "solve",
]

#: Estimators that do not depend on which arm of a trial its contrasts are taken against. HE, HS and SJ
#: weigh contrasts evenly and would.
NETWORK_METHODS = ("REML", "ML", "DL", "PM", "EE")


def check_network_method(method: str) -> str:
    """The name, if networks have such an estimator.

    Raises:
        ValueError: They have not.
    """
    if method not in NETWORK_METHODS:
        why = " It depends on the baseline arm of multi-arm trials." if method in METHODS else ""
        raise ValueError(f"Unknown method {method!r}; give one of {', '.join(NETWORK_METHODS)}.{why}")
    return method


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A fit with its tau2; arrays have one row per design matrix.

    Attributes:
        problem: Data and designs in scaled units.
        solution: tau2 in scaled units, with its certificate.
        fit: Coefficients and their classic covariance, in y's unit.
        scaling: What the interval multiplies the covariance by, and its degrees of freedom.
        residual_df: N - p; with 0 the data cannot tell tau2, which then counts as 0.
    """

    problem: Problem
    solution: Solution
    fit: Fit
    scaling: Scaling
    residual_df: int

    @property
    def tau2(self) -> Array:
        """In y's unit squared, (n,)."""
        return self.solution.tau2 * self.problem.unit**2

    @property
    def covariance(self) -> Array:
        """Of the coefficients as the interval uses it, (n, p, p)."""
        return self.fit.covariance * self.scaling.factor[:, None, None]


def problem_of(equations: Equations, designs: Array) -> Problem:
    """The regression for n design matrices, (n, N, p), each of full rank."""
    there = np.ones((len(designs), len(equations.y)), dtype=np.bool_)
    one = Problem.of(equations.y, equations.v, designs[0], there, intercept=False)
    return replace(one, model=replace(one.model, X=designs))


def solve(equations: Equations, designs: Array, method: str, interval: str) -> Solved:
    """Fit n design matrices, (n, N, p), each with a tau2 of its own.

    Raises:
        CannotEstimate: Fewer equations than coefficients.
    """
    problem = problem_of(equations, designs)
    df = int(problem.model.k[0] - problem.model.p)
    if df < 0:
        raise CannotEstimate("There are fewer contrasts than effects to estimate.")
    blank = Solution.closed(np.zeros(len(designs)))
    solution = estimate_tau2(problem.model, method) if df else blank
    fit = fit_at(problem, solution.tau2)
    left = np.full(len(designs), df)
    return Solved(problem, solution, fit, scale_variance(interval, fit.q, fit.size, left), df)


def misfit(equations: Equations, X: Array, tau2: float) -> tuple[float, Array]:
    """Weighted residual sum of squares of one design at tau2, and each equation's part of it, (N,)."""
    problem = problem_of(equations, X[None])
    t = np.array([tau2 / problem.unit**2])
    w = 1.0 / (problem.model.v + t[:, None])
    q, u = problem.model.misfit(w, problem.model.factor(w))
    return float(q[0]), (u * u / w)[0]


def log_likelihoods(equations: Equations, solved: Solved) -> tuple[float, float]:
    """Log-likelihood of the contrasts at the fit, full and restricted, constants included.

    The restricted one is that of Harville 1977, doi:10.1080/01621459.1977.10480998, without the term of
    X'X, which depends on how the effects are written down.
    """
    model, t = solved.problem.model, solved.solution.tau2
    n, p, per_value = int(model.k[0]), model.p, np.log(solved.problem.unit) + 0.5 * np.log(2.0 * np.pi)
    full = log_likelihood(model, t, restricted=False)[0] - n * per_value + equations.log_jacobian
    restricted = log_likelihood(model, t, restricted=True)[0] - (n - p) * per_value + equations.log_jacobian
    return float(full), float(restricted)
