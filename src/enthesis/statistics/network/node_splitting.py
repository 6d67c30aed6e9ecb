"""Direct against indirect evidence of one comparison, by fitting a parameter for their difference."""

from dataclasses import dataclass

import numpy as np

from enthesis.statistics.network.connected import has_other_path
from enthesis.statistics.network.evidence import Component
from enthesis.statistics.network.solving import Solved, check_network_method, solve
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.intervals import check_interval, quantile, two_sided_p
from enthesis.statistics.pooling.results import Caveat, Certificate

__all__ = ["Estimate", "NodeSplit", "NodeSplits", "Unsplit", "split_nodes"]

NOTHING_TO_SPLIT = Caveat(
    "nothing-to-split",
    "No comparison has both direct and independent indirect evidence: their agreement cannot be checked.",
)
NO_HETEROGENEITY = Caveat(
    "no-replication",
    "A split leaves nothing to estimate heterogeneity from; it counts as 0 and p is too small.",
)
#: Source: Veroniki et al. 2014, doi:10.1186/1471-2288-14-106; White 2015, doi:10.1177/1536867X1501500403.
MANY_TESTS = (
    Caveat(
        "many-tests",
        "Splits share trials and each is a test of its own: some small p-values are expected by chance.",
    ),
    Caveat("low-power", "A large p-value does not show that direct and indirect evidence agree."),
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect with its doubt; a logarithm for OR and RR."""

    estimate: float
    se: float
    p: float
    ci: tuple[float, float]


@dataclass(frozen=True, slots=True)
class NodeSplit:
    """One comparison, from its own trials and from all others.

    Attributes:
        treatment: What is looked at.
        comparator: What it is compared with; effects are treatment less comparator.
        k: Trials that compare the two directly.
        k_multi_arm: How many of them have further arms: their other comparisons share the difference.
        direct: From those trials.
        indirect: From the other trials.
        difference: Direct less indirect; its p-value tests their agreement.
        tau2: Between-trial variance with the difference allowed; None where it cannot be estimated.
        certificate: How it was found.
    """

    treatment: str
    comparator: str
    k: int
    k_multi_arm: int
    direct: Estimate
    indirect: Estimate
    difference: Estimate
    tau2: float | None
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Unsplit:
    """A direct comparison that cannot be split, and why."""

    treatment: str
    comparator: str
    reason: str


@dataclass(frozen=True, slots=True)
class NodeSplits:
    """Every direct comparison of a part, split where independent indirect evidence exists.

    Attributes:
        splits: The splits.
        unsplit: The direct comparisons without independent indirect evidence.
        level: Coverage of every interval.
        method: Estimator of tau2.
        caveats: Doubts that the reader must see.
    """

    splits: tuple[NodeSplit, ...]
    unsplit: tuple[Unsplit, ...]
    level: float
    method: str
    caveats: tuple[Caveat, ...]


def split_nodes(
    component: Component, *, method: str = "REML", interval: str = "hartung-knapp", level: float = 0.95
) -> NodeSplits:
    """Direct and indirect evidence side by side, with a tau2 for each split.

    Trials that have both treatments give the direct evidence. Their arms move apart by half of the
    difference each, so that neither treatment is singled out; in a two-arm trial this is the plain
    split. Indirect evidence counts only if trials without one of the two link them. Many splits are many
    tests, and none of them has much power.

    Args:
        component: A part of a network.
        method: Estimator of tau2: REML, ML, DL, PM, or EE.
        interval: See `network_meta_analysis`.
        level: Coverage.

    Raises:
        InvalidData: A level outside (0, 1).
        ValueError: An unknown method or interval.

    Source: Dias et al. 2010, doi:10.1002/sim.3767; White 2015, doi:10.1177/1536867X1501500403 (multi-arm
        trials); van Valkenhoef et al. 2016, doi:10.1002/jrsm.1167 (what can be split).
    """
    check_network_method(method)
    check_interval(interval)
    check_level(level)
    open_, closed = _pairs(component)
    if not open_:
        return NodeSplits((), closed, level, method, (NOTHING_TO_SPLIT,))
    solved = solve(component.equations, _designs(component, open_), method, interval)
    caveats = MANY_TESTS if solved.residual_df or method == "EE" else (*MANY_TESTS, NO_HETEROGENEITY)
    return NodeSplits(_read(component, open_, solved, level), closed, level, method, caveats)


def _pairs(component: Component) -> tuple[list[tuple[int, int]], tuple[Unsplit, ...]]:
    """Direct comparisons with and without independent indirect evidence; the later treatment first."""
    member = component.membership
    direct = np.argwhere(np.triu(member.T.astype(np.int64) @ member, 1))
    pairs = [(int(b), int(a)) for a, b in direct]
    other = [has_other_path(member, *pair) for pair in pairs]
    why = "No trials without one of the two link them."
    names = component.treatments
    closed = (
        Unsplit(names[a], names[b], why) for (a, b), found in zip(pairs, other, strict=True) if not found
    )
    return [pair for pair, found in zip(pairs, other, strict=True) if found], tuple(closed)


def _designs(component: Component, pairs: list[tuple[int, int]]) -> Array:
    """The consistency model with one more column, the difference, for each pair, (n, N, T)."""
    equations, member = component.equations, component.membership
    a, b = np.array(pairs).T
    has_both = (member[:, a] & member[:, b])[equations.trial]
    difference = 0.5 * (equations.X[:, a] - equations.X[:, b]) * has_both
    shared = np.broadcast_to(equations.X[:, 1:], (len(pairs), *equations.X[:, 1:].shape))
    return np.concatenate([shared, difference.T[:, :, None]], axis=2)


def _read(
    component: Component, pairs: list[tuple[int, int]], solved: Solved, level: float
) -> tuple[NodeSplit, ...]:
    """Each split in words; the last coefficient is the difference."""
    n, p = solved.fit.beta.shape
    a, b = np.array(pairs).T
    contrast = np.zeros((3, n, p + 1))
    for which in (0, 1):
        contrast[which, np.arange(n), a] = 1.0
        contrast[which, np.arange(n), b] = -1.0
    contrast[[0, 2], :, p] = 1.0
    contrast = contrast[:, :, 1:]
    value = np.einsum("cnp,np->nc", contrast, solved.fit.beta)
    se = np.sqrt(np.einsum("cnp,npq,cnq->nc", contrast, solved.covariance, contrast))
    df = np.broadcast_to(solved.scaling.df[:, None], se.shape)
    p_value, half = two_sided_p(value / se, df), quantile(level, df) * se
    member, names = component.membership, component.treatments
    found = []
    for i, (x, y) in enumerate(pairs):
        both = member[:, x] & member[:, y]
        direct, indirect, difference = (
            Estimate(m, s, q, (m - h, m + h))
            for m, s, q, h in zip(*(t[i].tolist() for t in (value, se, p_value, half)), strict=True)
        )
        found.append(
            NodeSplit(
                treatment=names[x],
                comparator=names[y],
                k=int(both.sum()),
                k_multi_arm=int((both & (member.sum(axis=1) > 2)).sum()),
                direct=direct,
                indirect=indirect,
                difference=difference,
                tau2=float(solved.tau2[i]) if solved.residual_df else None,
                certificate=solved.solution.certificate(i),
            )
        )
    return tuple(found)
