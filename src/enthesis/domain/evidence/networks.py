"""All treatments tried for one condition, outcome and horizon, compared through the trials that link them.

Placebo-controlled and active-controlled trials meet here, and only here, as an indirect comparison; no
verdict rests on a network. Parts that no trial links are never compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enthesis.domain.evidence.network_trials import (
    NETWORK_OUTCOMES,
    PLACEBO,
    LeftOutOfNetwork,
    NetworkKey,
    NetworkTrial,
    read_trials,
)
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.scales import Scale, choose_scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.topics import Evidence
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass
from enthesis.errors import CannotEstimate
from enthesis.statistics import network as nma

__all__ = ["FittedNetwork", "FittedPart", "TrialNetwork", "fit_network", "read_networks"]

# With fewer trials a network can seldom be checked; the number is the Cochrane Handbook's for exploring
# differences between trials (10.11.5.1), used here as a convention.
FEW_TRIALS = 10

INDIRECT_ONLY = (
    "Trials against placebo and trials against other treatments are combined here as an indirect comparison "
    "only; no verdict of the map rests on it."
)
TRANSITIVITY = (
    "An indirect comparison holds only if the patients of any one trial could have been in any other: the "
    "same disease, severity and time of follow-up."
)
NOT_GRADED = (
    "Confidence in these comparisons is proposed by rule and confirmed by nobody; how far the trials are "
    "from the question was not judged. The answers of the map are graded."
)
MIXED_KINDS = (
    "Final values and changes from baseline are standardised together; their standard deviations differ."
)


@dataclass(frozen=True, eq=False)
class TrialNetwork:
    """The trials of one condition, outcome and horizon put together by the treatments they share.

    Attributes:
        key: What the trials share.
        scale: Points of 0-100 when every trial can be put there, else standard deviations.
        trials: Those in the network, each people once.
        left_out: Those that speak to the question and are not in it, with the reason.
        network: Treatments and connected parts, for the statistics.
    """

    key: NetworkKey
    scale: Scale
    trials: tuple[NetworkTrial, ...]
    left_out: tuple[LeftOutOfNetwork, ...]
    network: nma.Network

    @property
    def geometry(self) -> nma.Geometry:
        """Nodes with trials and people, links with trials."""
        return nma.geometry(self.network)

    @property
    def n(self) -> int:
        """People in all arms."""
        return sum(arm.n for trial in self.trials for arm in trial.arms)

    @property
    def is_connected(self) -> bool:
        """True when every treatment can be compared with every other."""
        return len(self.network.components) == 1


@dataclass(frozen=True, eq=False)
class FittedPart:
    """One connected part with its answers.

    Attributes:
        analysis: League table, heterogeneity, test of inconsistency.
        reference: Treatment that the others are shown against: placebo, else the one in most trials.
        ranking: P-scores, or None for two treatments, where they say nothing beyond the comparison.
        splits: Direct against indirect evidence, or None for two treatments.
    """

    analysis: nma.ComponentAnalysis
    reference: str
    ranking: nma.Ranking | None
    splits: nma.NodeSplits | None

    @property
    def treatments(self) -> tuple[str, ...]:
        """Treatments, placebo first and then in the order of the map."""
        return self.analysis.treatments

    @property
    def can_be_checked(self) -> bool:
        """True when direct and indirect evidence meet somewhere."""
        return self.analysis.inconsistency is not None


@dataclass(frozen=True, eq=False)
class FittedNetwork:
    """A network with the answer of each of its parts, and what the reader must know first."""

    trials: TrialNetwork
    parts: tuple[FittedPart, ...]
    caveats: tuple[str, ...]

    def compare(self, treatment: str, comparator: str) -> nma.Comparison:
        """One treatment against another; positive is better.

        Raises:
            NotFound: No trial of the network has one of them.
            CannotEstimate: No chain of trials links them, or they are the same.
        """
        for part in self.parts:
            if {treatment, comparator} <= set(part.treatments):
                return part.analysis.compare(treatment, comparator)
        for name in (treatment, comparator):
            self.trials.network.component_of(name)
        raise CannotEstimate(f"No chain of trials links {treatment!r} with {comparator!r}.")


def read_networks(evidence: Evidence) -> Mapping[NetworkKey, TrialNetwork]:
    """Every network that at least one sound randomised trial belongs to, in the order of the map."""
    found = read_trials(evidence.studies, evidence.rules, evidence.doubts)
    conditions = list(evidence.vocabulary.conditions)
    keys = sorted(
        (key for key, (trials, _) in found.items() if trials),
        key=lambda k: (
            conditions.index(k.condition),
            NETWORK_OUTCOMES.index(k.outcome),
            HORIZONS.index(k.horizon),
        ),
    )
    return {key: _network(key, *found[key], evidence) for key in keys}


def _network(
    key: NetworkKey, trials: list[NetworkTrial], left_out: list[LeftOutOfNetwork], evidence: Evidence
) -> TrialNetwork:
    held = tuple(sorted(trials, key=lambda t: (t.study.year or 0, t.study.id)))
    scale = _scale(key, held, evidence)
    rows = [(trial, arm) for trial in held for arm in trial.arms]
    factors = [_factor(trial, scale.kind) for trial, _ in rows]
    read = nma.read_network(
        [trial.study.id for trial, _ in rows],
        [arm.treatment for _, arm in rows],
        "MD" if scale.kind is ScaleKind.POINTS else "SMD",
        n=[arm.n for _, arm in rows],
        mean=[f * arm.mean for f, (_, arm) in zip(factors, rows, strict=True)],
        sd=[abs(f) * arm.sd for f, (_, arm) in zip(factors, rows, strict=True)],
        treatments=_order_of({arm.treatment for _, arm in rows}, evidence),
    )
    return TrialNetwork(key, scale, held, tuple(sorted(left_out, key=lambda x: x.study.id)), read)


def _factor(trial: NetworkTrial, kind: ScaleKind) -> float:
    """What turns a mean of this trial to the common scale, where higher is better."""
    return trial.sign * (trial.stretch or 1.0 if kind is ScaleKind.POINTS else 1.0)


def _order_of(treatments: set[str], evidence: Evidence) -> list[str]:
    columns, words = evidence.rules.interventions(), list(evidence.vocabulary.interventions)
    order = [PLACEBO, *columns, *(word for word in words if word not in columns)]
    return sorted(
        treatments, key=lambda t: [order.index(p) if p in order else len(order) for p in t.split("+")]
    )


def _scale(key: NetworkKey, trials: Sequence[NetworkTrial], evidence: Evidence) -> Scale:
    asked = Question(key.condition, "", ComparatorClass.PLACEBO, key.outcome, key.horizon)
    sd_points = evidence.sd_points
    chosen = choose_scale(
        asked,
        [c for trial in trials for c in trial.contrasts],
        evidence.rules,
        family=evidence.vocabulary.conditions[key.condition].family,
        sd_points=sd_points.get((key.condition, key.outcome)) or sd_points.get(("", key.outcome)),
    )
    if chosen is None or chosen.kind not in (ScaleKind.POINTS, ScaleKind.SMD):
        raise ValueError(f"trials with arm figures share no scale for {key}")
    return chosen


def fit_network(trials: TrialNetwork) -> FittedNetwork:
    """Every comparison of each part, by REML; positive is better.

    Hartung-Knapp intervals are never taken narrower than the classic ones: where few trials agree by chance
    they would be, and small differences would look certain.

    Source: see ``enthesis.statistics.network``; Jackson, Law, Rücker & Schwarzer 2017, doi:10.1002/sim.7411.
    """
    analysis = nma.network_meta_analysis(trials.network, interval="hartung-knapp-floor")
    parts = tuple(_part(part) for part in analysis.parts)
    said = [c.text for c in analysis.caveats if c.code != "disconnected"]
    return FittedNetwork(trials, parts, (*_caveats(trials), *said))


def _part(analysis: nma.ComponentAnalysis) -> FittedPart:
    names, count = analysis.treatments, analysis.component.membership.sum(axis=0)
    # Of treatments in as many trials the last of the map's order: usual treatments come after products.
    busiest = names[len(names) - 1 - int(count[::-1].argmax())]
    reference = PLACEBO if PLACEBO in names else busiest
    if len(names) < 3:
        return FittedPart(analysis, reference, None, None)
    ranking = nma.rank_treatments(analysis, better="higher")
    return FittedPart(
        analysis, reference, ranking, nma.split_nodes(analysis.component, interval="hartung-knapp-floor")
    )


def _caveats(trials: TrialNetwork) -> Iterator[str]:
    if any(len(part.treatments) > 2 for part in trials.network.components):
        yield INDIRECT_ONLY
        yield TRANSITIVITY
        yield NOT_GRADED
    parts = len(trials.network.components)
    if parts > 1:
        yield f"No trial links its {parts} parts: treatments of different parts cannot be compared."
    k = len(trials.trials)
    if k < FEW_TRIALS:
        yield f"Few trials: {k} for {len(trials.network.treatments)} treatments."
    kinds = {trial.pick.result.kind for trial in trials.trials}
    if trials.scale.kind is ScaleKind.SMD and len(kinds) > 1:
        yield MIXED_KINDS
