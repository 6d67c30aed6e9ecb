"""Confidence in the comparisons of a network, in the manner of CINeMA: proposals for a person to confirm.

Risk of bias comes from the assessments that people made; a trial nobody assessed counts as some concerns, or
as high risk when its patients knew their treatment, as it does in the answers.
"""

from collections.abc import Iterable

from enthesis.domain.evidence.appraisal import Assessment, Band
from enthesis.domain.evidence.assessed import attach, band_of
from enthesis.domain.evidence.network_trials import NetworkTrial
from enthesis.domain.evidence.networks import FittedNetwork, FittedPart
from enthesis.statistics import network as nma

__all__ = ["assessed_trials", "confidence_of", "risk_levels"]

_WORDS = {Band.LOW: "low", Band.SOME: "some concerns", Band.HIGH: "high"}


def risk_levels(trials: Iterable[NetworkTrial], assessments: Iterable[Assessment]) -> dict[str, str]:
    """What each trial counts as: "low", "some concerns" or "high"."""
    held = tuple(assessments)
    return {t.study.id: _WORDS[band_of(attach(t.contrasts[:1], held)[0])] for t in trials}


def assessed_trials(trials: Iterable[NetworkTrial], assessments: Iterable[Assessment]) -> frozenset[str]:
    """Trials whose row somebody assessed."""
    held = tuple(assessments)
    return frozenset(t.study.id for t in trials if attach(t.contrasts[:1], held)[0].assessment)


def confidence_of(
    part: FittedPart, fitted: FittedNetwork, assessments: Iterable[Assessment]
) -> tuple[nma.ComparisonConfidence, ...]:
    """Concerns and confidence of every comparison of one part, indirectness left to a person.

    Empty where no important difference is set on the scale, or where only two treatments are compared, which
    an answer of the map grades.

    Source: see ``enthesis.statistics.network.propose_confidence``.
    """
    mcid = fitted.trials.scale.mcid
    if mcid is None or len(part.treatments) < 3:
        return ()
    levels = risk_levels(fitted.trials.trials, assessments)
    inside = {trial.study for trial in part.analysis.component.trials}
    return nma.propose_confidence(
        part.analysis,
        important=mcid.value,
        risk_of_bias={study: level for study, level in levels.items() if study in inside},
    )
