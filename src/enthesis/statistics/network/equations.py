"""The contrasts of one connected part as equations that are independent whatever tau2 is.

Trial i gives contrasts y with covariance ``S + tau2 P``, where P has 1 on its diagonal and 1/2 off it:
every comparison has the same between-trial variance, and the true effects of the arms of one trial
vary independently about theirs. With ``P = L L'`` and ``L^-1 S L^-T = U D U'``, the rows of
``U' L^-1 y`` have the diagonal covariance ``D + tau2 I``. In these coordinates the network is a
weighted regression like any other, and what is proved of the one holds for the other. A trial with
two arms stays as it is.

Source: Lu & Ades 2006, doi:10.1198/016214505000001302; Higgins & Whitehead 1996,
doi:10.1002/(SICI)1097-0258(19961230)15:24<2733::AID-SIM562>3.0.CO;2-0 (the correlation of 1/2); Rücker 2012,
doi:10.1002/jrsm.1058, and White et al. 2012, doi:10.1002/jrsm.1045 (weighted least squares of the network).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.network.trials import Trial
from enthesis.statistics.pooling.data import Array

__all__ = ["Equations", "equations_of", "half_correlated"]


@dataclass(frozen=True, slots=True, eq=False)
class Equations:
    """N independent equations in T treatments.

    Attributes:
        y: Effects in the new coordinates, (N,).
        v: Their sampling variances, (N,).
        X: What each takes of every treatment's effect, (N, T); rows sum to 0.
        apart: What each takes of the effects of its own design, (N, q): the model without consistency.
        deviations: What each takes of deviations of its design that are independent and of one variance,
            (N, q).
        trial: Position of its trial, (N,).
        design: Position of its design, (N,).
        designs: The sets of treatments that trials compared.
        log_jacobian: log |A| of the change of coordinates A.
    """

    y: Array
    v: Array
    X: Array
    apart: Array
    deviations: Array
    trial: NDArray[np.int64]
    design: NDArray[np.int64]
    designs: tuple[tuple[str, ...], ...]
    log_jacobian: float


def half_correlated(m: int) -> Array:
    """P of a trial with m contrasts, (m, m)."""
    return 0.5 * (np.eye(m) + 1.0)


def equations_of(trials: Sequence[Trial], treatments: Sequence[str]) -> Equations:
    """The equations of trials that are all linked with one another."""
    place = {name: i for i, name in enumerate(treatments)}
    designs = tuple(dict.fromkeys(t.treatments for t in trials))
    sizes = np.array([len(t.y) for t in trials])
    start = np.concatenate([[0], np.cumsum(sizes)])
    column = np.cumsum([0] + [len(d) - 1 for d in designs])
    at_design = {d: i for i, d in enumerate(designs)}
    n = int(start[-1])
    y, v, X = np.empty(n), np.empty(n), np.zeros((n, len(treatments)))
    apart, deviations = np.zeros((n, column[-1])), np.zeros((n, column[-1]))
    log_jacobian = 0.0
    for i, trial in enumerate(trials):
        rows = slice(start[i], start[i + 1])
        A, L, v[rows] = _diagonalise(trial.covariance)
        y[rows] = A @ trial.y
        labels = [place[name] for name in trial.treatments]
        X[rows, labels[1:]] = A
        X[rows, labels[0]] = -A.sum(axis=1)
        first = column[at_design[trial.treatments]]
        mine = slice(first, first + sizes[i])
        apart[rows, mine], deviations[rows, mine] = A, A @ L
        log_jacobian -= float(np.log(np.diagonal(L)).sum())
    design = np.array([at_design[t.treatments] for t in trials])
    at = np.repeat(np.arange(len(trials)), sizes)
    return Equations(y, v, X, apart, deviations, at, design[at], designs, log_jacobian)


def _diagonalise(S: Array) -> tuple[Array, Array, Array]:
    """A with A P A' = I and A S A' diagonal; L of P; that diagonal."""
    if len(S) == 1:
        return np.ones((1, 1)), np.ones((1, 1)), S[0]
    L = np.asarray(np.linalg.cholesky(half_correlated(len(S))), dtype=np.float64)
    inverse = np.linalg.inv(L)
    values, U = np.linalg.eigh(inverse @ S @ inverse.T)
    return np.asarray(U.T @ inverse, dtype=np.float64), L, values
