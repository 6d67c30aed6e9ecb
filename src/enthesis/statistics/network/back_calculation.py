"""What the direct evidence of a comparison says, and what the rest of the network must have said."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from enthesis.statistics.network.analysis import ComponentAnalysis
from enthesis.statistics.network.node_splitting import Estimate
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.intervals import quantile, two_sided_p

__all__ = ["DirectIndirect", "direct_and_indirect"]

#: Direct evidence that carries all but this share of the weight leaves nothing indirect to speak of.
NEGLIGIBLE = 1e-8


@dataclass(frozen=True, slots=True)
class DirectIndirect:
    """A network estimate as the mean of direct and indirect evidence, weighted by their precision.

    Attributes:
        treatment: What is looked at.
        comparator: What it is compared with; effects are treatment less comparator.
        k: Trials that compare the two directly.
        direct_share: Weight of the direct evidence in the network estimate, 0-1.
        network: Both together.
        direct: From the trials that have both; None without such trials.
        indirect: From the rest; None where there is no rest.
        difference: Direct less indirect; None unless there are both.
    """

    treatment: str
    comparator: str
    k: int
    direct_share: float
    network: Estimate
    direct: Estimate | None
    indirect: Estimate | None
    difference: Estimate | None


def direct_and_indirect(analysis: ComponentAnalysis) -> tuple[DirectIndirect, ...]:
    """Every comparison parted into direct and indirect evidence at the network's tau2.

    Consistent with the network by construction, and quick, but one tau2 serves all. A multi-arm trial
    counts with its comparison of the two, taken alone, as direct; what its further arms add is indirect.
    `split_nodes` tests agreement with a tau2 of its own.

    Args:
        analysis: One part of a network meta-analysis.

    Source: Dias et al. 2010, doi:10.1002/sim.3767 (back-calculation); König, Krahn & Binder 2013,
        doi:10.1002/sim.6001 (weight of the direct evidence).
    """
    precision, weighted, count = _direct_evidence(analysis)
    table, factor = analysis.league, float(analysis.solved.scaling.factor[0])
    found = []
    for j, i in combinations(range(len(analysis.treatments)), 2):
        variance = float(table.se[i, j]) ** 2 / factor
        pieces = _part(float(table.estimate[i, j]), variance, float(precision[i, j]), float(weighted[i, j]))
        share = min(float(precision[i, j]) * variance, 1.0)
        estimates = [None if x is None else _estimate(analysis, x[0], factor * x[1]) for x in pieces]
        names = analysis.treatments[i], analysis.treatments[j]
        whole = _estimate(analysis, float(table.estimate[i, j]), factor * variance)
        found.append(DirectIndirect(*names, int(count[i, j]), share, whole, *estimates))
    return tuple(found)


Piece = tuple[float, float] | None


def _part(estimate: float, variance: float, precision: float, weighted: float) -> tuple[Piece, Piece, Piece]:
    """Direct, indirect and their difference, each with its classic variance."""
    if precision == 0.0:
        return None, (estimate, variance), None
    direct = weighted / precision, 1.0 / precision
    rest = 1.0 / variance - precision
    if rest * variance <= NEGLIGIBLE:
        return direct, None, None
    indirect = (estimate / variance - weighted) / rest, 1.0 / rest
    return direct, indirect, (direct[0] - indirect[0], direct[1] + indirect[1])


def _direct_evidence(analysis: ComponentAnalysis) -> tuple[Array, Array, Array]:
    """Total weight, weighted sum and number of the direct contrasts, each (T, T), row less column."""
    component, tau2 = analysis.component, float(analysis.solved.tau2[0])
    size = len(component.treatments)
    precision, weighted, count = np.zeros((3, size, size))
    for trial in component.trials:
        at = np.array([component.place(name) for name in trial.treatments])
        y = np.concatenate([[0.0], trial.y])
        S = np.pad(trial.covariance, ((1, 0), (1, 0)))
        own = np.diagonal(S)
        variance = own[:, None] + own[None, :] - 2.0 * S + tau2
        w = np.where(np.eye(len(at), dtype=np.bool_), 0.0, 1.0 / np.where(variance > 0.0, variance, 1.0))
        here = np.ix_(at, at)
        precision[here] += w
        weighted[here] += w * (y[:, None] - y[None, :])
        count[here] += w > 0.0
    return precision, weighted, count


def _estimate(analysis: ComponentAnalysis, value: float, variance: float) -> Estimate:
    se = float(np.sqrt(variance))
    df = np.array([np.inf if analysis.df is None else float(analysis.df)])
    p = float(two_sided_p(np.array([value / se]), df)[0])
    half = float(quantile(analysis.level, df)[0]) * se
    return Estimate(value, se, p, (value - half, value + half))
