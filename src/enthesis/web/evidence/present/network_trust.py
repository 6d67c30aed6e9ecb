"""How far a network can be relied on, as its page shows it: confidence, contributions, ranks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.network_confidence import assessed_trials, confidence_of
from enthesis.domain.evidence.networks import FittedNetwork, FittedPart
from enthesis.report import numbers
from enthesis.report.confidence_words import RANKS_CANNOT_TELL, confidence_level, reason_words
from enthesis.statistics.network import ComparisonConfidence, Contributions, contributions

__all__ = ["TrustView", "trust_view"]


@dataclass(frozen=True, slots=True)
class ConcernView:
    """One domain: how much concern, and what was seen."""

    domain: str
    concern: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConfidenceView:
    """One comparison with the reference: level, or the span of levels, and its concerns."""

    name: str
    level: str
    concerns: tuple[ConcernView, ...]


@dataclass(frozen=True, slots=True)
class TrustView:
    """What one part of a network can be trusted with; shares and chances in percent."""

    confidence: tuple[ConfidenceView, ...]
    domains: tuple[str, ...]
    assessed: str
    links: tuple[str, ...]
    shares: tuple[tuple[str, tuple[str, ...]], ...]
    ranks: tuple[tuple[str, tuple[str, ...]], ...]
    places: tuple[int, ...]
    error: str
    cannot_tell: tuple[str, ...]


def trust_view(
    part: FittedPart, fitted: FittedNetwork, names: Mapping[str, str], assessments: Sequence[Assessment]
) -> TrustView | None:
    """Confidence, contributions and ranks of a part; None for two treatments, where they say nothing more."""
    if part.ranking is None:
        return None
    found = [
        c for c in confidence_of(part, fitted, assessments) if part.reference in (c.treatment, c.comparator)
    ]
    shares = contributions(part.analysis)
    held = {trial.study for trial in part.analysis.component.trials}
    judged = len(assessed_trials(fitted.trials.trials, assessments) & held)
    return TrustView(
        confidence=tuple(_confidence(c, part.reference, names) for c in found),
        domains=tuple(concern.domain for concern in found[0].concerns) if found else (),
        assessed=f"{judged} of {len(held)} trials",
        links=tuple(f"{names[a]} – {names[b]}" for a, b in shares.links),
        shares=tuple(_shares(shares, part, names)),
        ranks=tuple(_ranks(part, names)),
        places=tuple(range(1, len(part.treatments) + 1)),
        error=f"{100 * part.ranking.error:.1g}",
        cannot_tell=RANKS_CANNOT_TELL,
    )


def _confidence(c: ComparisonConfidence, reference: str, names: Mapping[str, str]) -> ConfidenceView:
    other = c.treatment if c.comparator == reference else c.comparator
    concerns = tuple(ConcernView(x.domain, x.concern, reason_words(x.reason)) for x in c.concerns)
    return ConfidenceView(names[other], confidence_level(c), concerns)


def _shares(
    shares: Contributions, part: FittedPart, names: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for treatment in part.treatments:
        if treatment != part.reference:
            row = shares.by_link[shares.row(treatment, part.reference)]
            yield names[treatment], tuple(numbers.percent(min(float(x), 1.0)) if x > 0 else "" for x in row)


def _ranks(part: FittedPart, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    ranking = part.ranking
    if ranking is None:
        return
    order = sorted(range(len(ranking.treatments)), key=lambda i: float(ranking.mean_rank[i]))
    for i in order:
        chances = (float(p) for p in ranking.rank_probability[i])
        yield (
            names[ranking.treatments[i]],
            tuple(numbers.percent(min(p, 1.0)) if p > 0 else "" for p in chances),
        )
