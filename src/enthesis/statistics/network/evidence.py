"""A network of trials: what was compared with what, and which parts hang together."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import CannotEstimate, NotFound
from enthesis.statistics.conversions.rules import check_option
from enthesis.statistics.effects.mean_differences import MeanVariance
from enthesis.statistics.effects.two_by_two import DoubleZero, ZeroCells
from enthesis.statistics.network.arm_effects import arm_effects
from enthesis.statistics.network.arms import read_arms
from enthesis.statistics.network.connected import parts
from enthesis.statistics.network.equations import Equations, equations_of
from enthesis.statistics.network.trials import LeftOut, Trial, trials_of

__all__ = ["Component", "Network", "read_network"]


@dataclass(frozen=True, eq=False)
class Component:
    """Treatments that a chain of trials links, with those trials: comparisons stay inside it.

    Attributes:
        measure: MD, SMD, OR, RR or RD.
        treatments: In the network's order.
        trials: In the order given.
    """

    measure: str
    treatments: tuple[str, ...]
    trials: tuple[Trial, ...]

    @cached_property
    def equations(self) -> Equations:
        """The contrasts in independent coordinates."""
        return equations_of(self.trials, self.treatments)

    @cached_property
    def membership(self) -> NDArray[np.bool_]:
        """Which trial has which treatment, (k, T)."""
        return _membership(self.trials, self.treatments)

    @property
    def inconsistency_df(self) -> int:
        """In how many independent ways its designs could disagree; 0 where nothing can be checked."""
        return sum(len(d) - 1 for d in self.equations.designs) - (len(self.treatments) - 1)

    @property
    def hub(self) -> str | None:
        """The treatment that every trial has, if there is one: then the part is a star."""
        everywhere = self.membership.all(axis=0)
        return self.treatments[int(np.argmax(everywhere))] if everywhere.any() else None

    def place(self, treatment: str) -> int:
        """Position of a treatment.

        Raises:
            NotFound: It is not in this part of the network.
        """
        if treatment not in self.treatments:
            raise NotFound("treatment", treatment, self.treatments)
        return self.treatments.index(treatment)


@dataclass(frozen=True, eq=False)
class Network:
    """Trials put together by the treatments they share.

    Attributes:
        measure: MD, SMD, OR, RR or RD; effects of OR and RR are logarithms.
        treatments: Those compared in a trial that is kept.
        components: The parts that hang together, the one with most trials first.
        left_out: Trials that say nothing on this scale, with the reason.
        unlinked: Treatments of trials left out, in no part.
    """

    measure: str
    treatments: tuple[str, ...]
    components: tuple[Component, ...]
    left_out: tuple[LeftOut, ...]
    unlinked: tuple[str, ...]

    @property
    def is_ratio(self) -> bool:
        """exp(effect) is the ratio to report."""
        return self.measure in {"OR", "RR"}

    def component_of(self, treatment: str) -> Component:
        """The part a treatment belongs to.

        Raises:
            NotFound: No kept trial has it.
        """
        for component in self.components:
            if treatment in component.treatments:
                return component
        raise NotFound("treatment", treatment, self.treatments)


def read_network(
    study: Sequence[str],
    treatment: Sequence[str],
    measure: str,
    *,
    n: ArrayLike,
    mean: ArrayLike | None = None,
    sd: ArrayLike | None = None,
    events: ArrayLike | None = None,
    treatments: Sequence[str] | None = None,
    variance: MeanVariance = "separate",
    zero_cells: ZeroCells = "add-half-where-needed",
    double_zero: DoubleZero = "leave-out",
) -> Network:
    """The network of trials given by their arms, one row per arm.

    Only arms are read, so the variances of a multi-arm trial's comparisons always agree. Two arms with
    one treatment must be combined first (`conversions.combine_groups`, `combine_counts`).

    Args:
        study: The trial of each arm.
        treatment: The treatment of each arm.
        measure: "MD", "SMD" (Hedges' g with one SD per trial), "OR", "RR" or "RD".
        n: Patients of each arm.
        mean: Mean of each arm, for MD and SMD.
        sd: Standard deviation of each arm, above 0.
        events: Patients with the event, for OR, RR and RD.
        treatments: The order in which to list treatments; that of first appearance if left out.
        variance: Of MD: "separate" variances of the arms, or one "pooled" over the trial.
        zero_cells: What is added to every arm of a trial with an empty cell; see `two_by_two`.
        double_zero: Whether a ratio trial without any event, or with nothing but events, is left out.

    Raises:
        NotFound: Another measure.
        InvalidData: A missing column or label, an unknown treatment, a trial with one arm or with one
            treatment twice, a figure that is missing or impossible; every fault at once with its place.
        CannotEstimate: No trial says anything on this scale.
    """
    check_option("variance", variance, MeanVariance)
    check_option("zero_cells", zero_cells, ZeroCells)
    check_option("double_zero", double_zero, DoubleZero)
    columns = {"n": n, "mean": mean, "sd": sd, "events": events}
    arms = read_arms(study, treatment, measure, columns, treatments)
    effects = arm_effects(arms, measure, variance=variance, zero_cells=zero_cells, double_zero=double_zero)
    trials, left_out = trials_of(arms, effects)
    if not trials:
        raise CannotEstimate(f"No trial says anything on the scale {measure}: {left_out[0].reason}")
    present = {name for trial in trials for name in trial.treatments}
    kept = tuple(name for name in arms.treatments if name in present)
    lost = {name for trial in left_out for name in trial.treatments} - present
    unlinked = tuple(name for name in arms.treatments if name in lost)
    return Network(measure, kept, _components(measure, trials, kept), left_out, unlinked)


def _components(
    measure: str, trials: tuple[Trial, ...], treatments: tuple[str, ...]
) -> tuple[Component, ...]:
    part = dict(zip(treatments, parts(_membership(trials, treatments)).tolist(), strict=True))
    found = [
        Component(
            measure,
            tuple(name for name in treatments if part[name] == i),
            tuple(trial for trial in trials if part[trial.treatments[0]] == i),
        )
        for i in range(max(part.values()) + 1)
    ]
    return tuple(sorted(found, key=lambda component: -len(component.trials)))


def _membership(trials: Sequence[Trial], treatments: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([[name in trial.treatments for name in treatments] for trial in trials])
