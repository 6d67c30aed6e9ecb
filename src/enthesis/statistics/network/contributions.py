"""How much each direct comparison and each trial contributes to each comparison of a network.

Evidence flows from a treatment to its comparator like current through a net of conductors: a direct
comparison conducts in proportion to its precision, and a multi-arm trial is replaced by conductors
between its arms that together have its precision. A walker who follows that flow takes each path with
a probability; the share of a path is divided evenly among the comparisons along it.

Source: Rücker 2012, doi:10.1002/jrsm.1058, and Rücker & Schwarzer 2014, doi:10.1002/sim.6236 (networks as
electrical circuits, multi-arm trials); Papakonstantinou et al. 2018, doi:10.12688/f1000research.14770.3
(paths and streams); Davies et al. 2022, doi:10.1002/sim.9346 (the random walk, free of the order of paths).
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from enthesis.statistics.network.analysis import ComponentAnalysis
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["Contributions", "contributions"]

#: A flow this small beside the whole is rounding.
NO_FLOW = 1e-12

NEGATIVE = Caveat(
    "approximate-contributions",
    "A multi-arm trial has standardised differences so large that one of its conductors would be negative; "
    "it counts as 0, and contributions are approximate.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """Shares of evidence; every row sums to 1.

    Attributes:
        comparisons: Treatment and comparator of each row, (c,).
        links: The direct comparisons, (m,).
        studies: The trials, (k,).
        by_link: What each direct comparison contributes, (c, m).
        by_study: What each trial contributes, (c, k).
        path_length: Mean number of direct comparisons on a path, (c,); 1 is direct evidence alone.
        caveats: Doubts that the reader must see.
    """

    comparisons: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    studies: tuple[str, ...]
    by_link: Array
    by_study: Array
    path_length: Array
    caveats: tuple[Caveat, ...]

    def row(self, treatment: str, comparator: str) -> int:
        """The row of a comparison, whichever of the two is named first."""
        pair = (treatment, comparator)
        return self.comparisons.index(pair if pair in self.comparisons else pair[::-1])


def contributions(analysis: ComponentAnalysis) -> Contributions:
    """The contribution matrix at the analysis's tau2.

    A contribution is a share of information on the way, not a weight of the estimate: a trial can
    contribute much and yet, on a long path, move the estimate little.

    Args:
        analysis: One part of a network meta-analysis.
    """
    component = analysis.component
    conductance, is_negative = _conductances(analysis)
    total = conductance.sum(axis=0)
    a, b = np.array(list(combinations(range(len(component.treatments)), 2))).T
    # The covariance of the effects is the inverse of the circuit's Laplacian with the first node grounded.
    potential = np.pad(analysis.solved.fit.covariance[0], ((1, 0), (1, 0)))
    share, length = _walk(_steps(total, potential[a] - potential[b]), a, b)
    u, v = np.nonzero(np.triu(total))
    by_link = share[:, u, v] + share[:, v, u]
    by_link /= by_link.sum(axis=1, keepdims=True)
    split = conductance[:, u, v] / total[u, v]
    names = component.treatments
    return Contributions(
        comparisons=tuple((names[j], names[i]) for i, j in zip(a, b, strict=True)),
        links=tuple((names[j], names[i]) for i, j in zip(u, v, strict=True)),
        studies=tuple(trial.study for trial in component.trials),
        by_link=by_link,
        by_study=by_link @ split.T,
        path_length=length,
        caveats=(NEGATIVE,) if is_negative else (),
    )


def _conductances(analysis: ComponentAnalysis) -> tuple[Array, bool]:
    """What each trial conducts between each two treatments, (k, T, T), and whether one was negative."""
    component, tau2 = analysis.component, float(analysis.solved.tau2[0])
    size = len(component.treatments)
    found = np.zeros((len(component.trials), size, size))
    for i, trial in enumerate(component.trials):
        m = len(trial.y)
        C = np.column_stack([-np.ones(m), np.eye(m)])
        V = trial.covariance + 0.5 * tau2 * (np.eye(m) + 1.0)
        at = [component.place(name) for name in trial.treatments]
        found[i][np.ix_(at, at)] = -C.T @ np.linalg.solve(V, C)
    found[:, np.arange(size), np.arange(size)] = 0.0
    rounding = NO_FLOW * np.abs(found).max(axis=(1, 2), keepdims=True)
    return np.where(found > rounding, found, 0.0), bool((found < -rounding).any())


def _steps(conductance: Array, height: Array) -> Array:
    """Probability of each step of a walk that follows the flow, (c, T, T), from the potentials, (c, T)."""
    flow = conductance * (height[:, :, None] - height[:, None, :])
    flow = np.where(flow > NO_FLOW, flow, 0.0)
    out = flow.sum(axis=2, keepdims=True)
    return np.divide(flow, out, out=np.zeros_like(flow), where=out > 0.0)


def _walk(steps: Array, a: Array, b: Array) -> tuple[Array, Array]:
    """Share of each step when a path's probability is spread evenly along it, and mean path length."""
    n, size = steps.shape[:2]
    rows = np.arange(n)
    reach, remain = np.zeros((size, n, size)), np.zeros((size, n, size))
    reach[0, rows, a] = remain[0, rows, b] = 1.0
    for i in range(1, size):
        reach[i] = np.einsum("cu,cuv->cv", reach[i - 1], steps)
        remain[i] = np.einsum("cuv,cv->cu", steps, remain[i - 1])
    lengths = np.arange(size)[:, None] + np.arange(size)[None, :] + 1.0
    after = np.einsum("lm,mcv->lcv", 1.0 / lengths, remain)
    share = steps * np.einsum("lcu,lcv->cuv", reach, after)
    length = np.einsum("l,lc->c", np.arange(size), reach[:, rows, b])
    return share, length
