"""Confidence in each comparison of a network, in the manner of CINeMA: proposals with their reasons.

A person decides. Reporting bias cannot be read off the numbers and is not proposed.

Source: Nikolakopoulou et al. 2020, doi:10.1371/journal.pmed.1003082 (CINeMA); Salanti et al. 2014,
doi:10.1371/journal.pone.0099682 (judgements weighted by contributions). Limits are ours, of its kind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.network.analysis import ComponentAnalysis
from enthesis.statistics.network.confidence_rules import (
    Concern,
    heterogeneity_concern,
    imprecision_concern,
    incoherence_concern,
)
from enthesis.statistics.network.contributions import contributions
from enthesis.statistics.network.node_splitting import NodeSplit, split_nodes
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["INDIRECTNESS", "RISK_OF_BIAS", "ComparisonConfidence", "propose_confidence"]

#: Levels of risk of bias of a trial (RoB 2), and of how far it is from the question.
RISK_OF_BIAS = ("low", "some concerns", "high")
INDIRECTNESS = ("none", "some", "major")

LEVELS = ("very low", "low", "moderate", "high")

#: Mean level at which a proposal turns from none to some and from some to major: rounding of the mean.
TURNS = (0.5, 1.5)

PROPOSAL = Caveat(
    "proposal",
    "Proposed by rule for a named person to confirm or change; reporting bias has not been judged.",
)
NOT_INDIRECTNESS = Caveat(
    "indirectness-not-judged", "How far the trials are from the question was not given."
)


@dataclass(frozen=True, slots=True)
class ComparisonConfidence:
    """Proposed concerns about one comparison and where they leave it.

    Attributes:
        treatment: What is looked at.
        comparator: What it is compared with.
        concerns: One per domain, with the reason.
        at_least: Confidence if every concern counts: "high", "moderate", "low" or "very low".
        at_most: Confidence if imprecision, heterogeneity and incoherence, which overlap, count once: by the
            worst of them.
        caveats: Doubts that the reader must see.
    """

    treatment: str
    comparator: str
    concerns: tuple[Concern, ...]
    at_least: str
    at_most: str
    caveats: tuple[Caveat, ...]


def propose_confidence(
    analysis: ComponentAnalysis,
    *,
    important: float,
    risk_of_bias: Mapping[str, str],
    indirectness: Mapping[str, str] | None = None,
) -> tuple[ComparisonConfidence, ...]:
    """Concerns and confidence for every comparison of one part.

    Args:
        analysis: One part of a network meta-analysis.
        important: Smallest effect that matters to patients, above 0, on the scale of the effects (for a
            ratio its logarithm, as log 1.25).
        risk_of_bias: "low", "some concerns" or "high" for every trial.
        indirectness: "none", "some" or "major" for every trial, if it was judged.

    Raises:
        InvalidData: An ``important`` that is not above 0, a trial without a level, or another word.
    """
    if not (np.isfinite(important) and important > 0.0):
        raise InvalidData(Fault(f"Invalid important {important!r}; must be a number above 0.", "important"))
    studies = tuple(trial.study for trial in analysis.component.trials)
    judged = {"within-study bias": (risk_of_bias, RISK_OF_BIAS)}
    if indirectness is not None:
        judged["indirectness"] = (indirectness, INDIRECTNESS)
    faults = [fault for name, given in judged.items() for fault in _faults(name, *given, studies)]
    if faults:
        raise InvalidData(faults)
    shares = contributions(analysis)
    splits = {(s.treatment, s.comparator): s for s in _splits(analysis)}
    found = []
    for row, pair in enumerate(shares.comparisons):
        weighed = [
            _weighed(name, words, [words.index(levels[study]) for study in studies], shares.by_study[row])
            for name, (levels, words) in judged.items()
        ]
        found.append(_confidence(analysis, pair, weighed, splits.get(pair), important))
    return tuple(found)


def _splits(analysis: ComponentAnalysis) -> tuple[NodeSplit, ...]:
    return split_nodes(
        analysis.component, method=analysis.method, interval=analysis.ci_method, level=analysis.level
    ).splits


def _confidence(
    analysis: ComponentAnalysis,
    pair: tuple[str, str],
    weighed: list[Concern],
    split: NodeSplit | None,
    important: float,
) -> ComparisonConfidence:
    comparison = analysis.compare(*pair)
    overlapping = [
        imprecision_concern(comparison, important),
        heterogeneity_concern(comparison, important),
        incoherence_concern(comparison, split, analysis.inconsistency, important),
    ]
    alone = sum(concern.steps for concern in weighed)
    steps = [concern.steps for concern in overlapping]
    caveats = (PROPOSAL,) if len(weighed) > 1 else (PROPOSAL, NOT_INDIRECTNESS)
    return ComparisonConfidence(
        *pair, (*weighed, *overlapping), _level(alone + sum(steps)), _level(alone + max(steps)), caveats
    )


def _level(steps: int) -> str:
    return LEVELS[max(len(LEVELS) - 1 - steps, 0)]


def _weighed(domain: str, words: tuple[str, ...], levels: list[int], share: Array) -> Concern:
    """Concern from the mean level of the trials, each weighted by what it contributes."""
    of_level = np.bincount(levels, share, minlength=len(words))
    mean = float(of_level @ np.arange(len(words)))
    listed = ", ".join(f"{100 * s:.0f} % {w}" for s, w in zip(of_level, words, strict=True))
    steps = sum(mean >= turn for turn in TURNS)
    return Concern.of(domain, steps, f"Evidence by level: {listed}; mean {mean:.2f} of 2.")


def _faults(
    domain: str, levels: Mapping[str, str], words: tuple[str, ...], studies: tuple[str, ...]
) -> Iterator[Fault]:
    allowed = ", ".join(words)
    for study in studies:
        where = f"{domain}, study {study!r}"
        if study not in levels:
            yield Fault("No level is given.", where, f"Give one of {allowed}.")
        elif levels[study] not in words:
            yield Fault(f"Invalid level {levels[study]!r}; must be one of {allowed}.", where)
