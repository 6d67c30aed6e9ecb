"""The map as a plain object: rows of conditions, columns of treatments, two halves in each tile."""

from typing import Any

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.headlines import headline
from enthesis.domain.evidence.topics import Evidence, Topic
from enthesis.domain.vocabulary import Horizon
from enthesis.report.sentences import statement

__all__ = ["map_object"]


def map_object(
    evidence: Evidence, outcome: str | None = None, horizon: Horizon | None = None
) -> dict[str, Any]:
    """Every topic with its headline against placebo and against other treatments.

    Args:
        evidence: The body of evidence.
        outcome: Outcome domain; the headline's own choice when None.
        horizon: Horizon; the one most people answer when None.
    """
    return {
        "outcome": outcome,
        "horizon": [horizon.lo, horizon.hi] if horizon else None,
        "tiles": [_tile(topic, evidence, outcome, horizon) for topic in evidence.topics.values()],
    }


def _tile(topic: Topic, evidence: Evidence, outcome: str | None, horizon: Horizon | None) -> dict[str, Any]:
    condition = evidence.vocabulary.conditions[topic.condition]
    halves = {
        name: headline(
            [a for a in topic.answers if a.question.comparator_class.is_placebo is placebo], outcome, horizon
        )
        for name, placebo in (("placebo", True), ("active", False))
    }
    return {
        "condition": topic.condition,
        "condition_label": condition.label,
        "region": condition.region,
        "intervention": topic.intervention,
        "series": len(topic.series),
        "reviews": len({review.id for review, _ in topic.reviews} | {p.review.id for p in topic.published}),
        "guidelines": len({review.id for review, _ in topic.guidelines}),
    } | {name: _half(a, evidence) if a else None for name, a in halves.items()}


def _half(a: Answer, evidence: Evidence) -> dict[str, Any]:
    return {
        "comparator_class": str(a.question.comparator_class),
        "outcome": a.question.outcome,
        "horizon": list(a.question.span) if a.question.span else None,
        "verdict": str(a.verdict),
        "certainty": a.level.word,
        "basis": str(a.basis),
        "k": a.k,
        "n": a.n,
        "directions": len(a.directions),
        "statement": statement(a, evidence.vocabulary),
    }
