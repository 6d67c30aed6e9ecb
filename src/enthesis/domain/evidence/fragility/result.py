"""How fragile an answer is: every defensible way to analyse its trials, and what they say together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import prod

import numpy as np

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.fragility.axes import (
    IdleAxis,
    analysis_axes,
    reading_axes,
    trait_axes,
)
from enthesis.domain.evidence.fragility.reading import Asked
from enthesis.domain.evidence.fragility.tables import Candidate, candidates, moving, tabulate
from enthesis.domain.evidence.fragility.trials import Trial
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.risk_of_bias import RANDOMISED
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.scales import Scale
from enthesis.errors import CannotEstimate
from enthesis.statistics import multiverse as mv

__all__ = ["MOST", "Fragility", "fragility", "why_none"]

# More ways than this are not all taken: so many are drawn from them, the declared one among them.
MOST = 1_000_000
# One trial is no pool: what it says alone is no other way to analyse the question.
FEWEST = 2
CURVE_POINTS = 200
SEED = 20261122


@dataclass(frozen=True)
class Fragility:
    """A multiverse of one question.

    Attributes:
        question: The question asked.
        scale: Scale of the answer, on which every specification stands.
        held: The effects chosen from, in the order of the multiverse's candidates.
        whole: Every specification, also those without a pool.
        pools: The specifications that pool at least two trials; shares, curve and variance are theirs.
        declared: Number of the declared specification in ``pools``.
        possible: Number of all combinations of levels; more than were analysed when some were drawn.
        data_sets: Distinct sets of effects behind the pools.
        empty: Specifications that leave no trial.
        single: Specifications that leave one trial.
        shares: What the pools say; without an agreed difference the threshold is 0.
        curve: The specification curve at 200 points or fewer.
        variance: Which axis moves the estimates.
        idle: Declared choices that change nothing here.
        caveats: Doubts that the reader must see.
    """

    question: Question
    scale: Scale
    held: tuple[Candidate, ...] = field(repr=False)
    whole: mv.Multiverse = field(repr=False)
    pools: mv.Multiverse = field(repr=False)
    declared: int
    possible: int
    data_sets: int
    empty: int
    single: int
    shares: mv.Shares
    curve: mv.SpecificationCurve = field(repr=False)
    variance: mv.VarianceExplained
    idle: tuple[IdleAxis, ...]
    caveats: tuple[str, ...]

    @property
    def declared_mu(self) -> float:
        """Estimate of the declared specification, on the scale of the answer."""
        return float(self.pools.mu[self.declared])

    @property
    def declared_ci(self) -> tuple[float, float]:
        """Its interval."""
        lo, hi = self.pools.ci[self.declared].tolist()
        return lo, hi

    @property
    def less_favourable(self) -> float:
        """Share of the pools whose estimate is less in favour than the declared one, 0-1."""
        sign = self.scale.sign
        return float(np.mean(sign * self.pools.mu < sign * self.declared_mu - 1e-12))

    @property
    def beyond_harm(self) -> float:
        """Share of the pools whose estimate is worse by more than the important difference, 0-1."""
        threshold = self.scale.mcid.value if self.scale.mcid else 0.0
        return float(np.mean(self.scale.sign * self.pools.mu < -threshold))

    @property
    def strongest(self) -> mv.AxisEffect | None:
        """The axis that moves the estimate most; None where all pools say the same."""
        if self.variance.variance == 0.0 or not any(axis.eta2 > 0.0 for axis in self.variance.axes):
            return None
        return max(self.variance.axes, key=lambda axis: axis.eta2)


def why_none(answer: Answer) -> str | None:
    """Why an answer has no multiverse; None when it has one."""
    if answer.k == 0:
        return "No trial of this question gives a figure that can be pooled: nothing can be analysed anew."
    if answer.k < FEWEST:
        return (
            "One trial answers this: what else could be done with its figures is no other pool of trials. "
            "A second trial would tell more than any number of analyses of the first."
        )
    return None


def fragility(answer: Answer, trials: Sequence[Trial], rules: EvidenceRules) -> Fragility:
    """The answer under every combination of the declared choices.

    Args:
        answer: An answer with at least two trials in its pool.
        trials: All trials of the question at any horizon, as `gather` gives them.
        rules: The declared rules that the answer was made with.

    Raises:
        CannotEstimate: Fewer than two trials are pooled; says why that makes no multiverse.

    Source: Voracek, Kossmeier & Tran 2019, doi:10.1027/2151-2604/a000357.
    """
    if (why := why_none(answer)) or answer.synthesis is None:
        raise CannotEstimate(why or "")
    asked = Asked(answer.question, answer.synthesis.scale, rules)
    held, axes, idle = _declared_axes(answer, trials, asked)
    possible = prod(len(axis.levels) for axis in axes)
    whole = mv.multiverse(
        [c.read.effect.y for c in held],
        [c.read.effect.v for c in held],
        [c.trial.id for c in held],
        axes,
        specifications=_drawn(axes) if possible > MOST else None,
    )
    return _told(asked, held, whole, tuple(idle), possible)


def _declared_axes(
    answer: Answer, trials: Sequence[Trial], asked: Asked
) -> tuple[tuple[Candidate, ...], list[mv.Axis], list[IdleAxis]]:
    tables = [tabulate(trial, asked) for trial in trials]
    held = tuple(c for table in tables for c in candidates(table))
    if not _is_randomised(answer):
        held = tuple(c for c in held if c.read.contrast.pick.study.design not in RANDOMISED)
    readings, idle = reading_axes(held, moving(tables))
    traits, idle_too = trait_axes(held, asked.rules)
    return held, [*readings, *traits, *analysis_axes()], [*idle, *idle_too]


def _is_randomised(answer: Answer) -> bool:
    pool = answer.synthesis.contrasts if answer.synthesis else ()
    return any(c.pick.study.design in RANDOMISED for c in pool)


def _drawn(axes: Sequence[mv.Axis]) -> np.ndarray:
    drawn = mv.sample_specifications(axes, MOST - 1, seed=SEED)
    return np.concatenate([np.zeros((1, len(axes)), dtype=drawn.dtype), drawn])


def _told(
    asked: Asked,
    held: tuple[Candidate, ...],
    whole: mv.Multiverse,
    idle: tuple[IdleAxis, ...],
    possible: int,
) -> Fragility:
    k = whole.k
    kept = k >= FEWEST
    pools = replace(whole, specifications=whole.specifications[kept], row=whole.row[kept])
    scale = asked.scale
    told = mv.shares(
        pools,
        threshold=scale.mcid.value if scale.mcid else 0.0,
        favours="greater" if scale.sign > 0 else "less",
    )
    return Fragility(
        question=asked.question,
        scale=scale,
        held=held,
        whole=whole,
        pools=pools,
        declared=0,
        possible=possible,
        data_sets=len(np.unique(pools.selection[np.unique(pools.row)])),
        empty=int((k == 0).sum()),
        single=int((k == 1).sum()),
        shares=told,
        curve=mv.specification_curve(pools, points=CURVE_POINTS),
        variance=mv.variance_explained(pools),
        idle=idle,
        caveats=tuple(_caveats(whole, possible)),
    )


def _caveats(whole: mv.Multiverse, possible: int) -> list[str]:
    said = [
        "All specifications analyse the same few trials: shares of them show how fragile the answer is, "
        "not how probable it is.",
        "Shares count ways of analysing, each as much as any other; who finds a choice indefensible should "
        "read the axis that holds it.",
    ]
    if possible > len(whole):
        said.append(f"{len(whole)} of {possible} combinations were drawn at random.")
    return said
