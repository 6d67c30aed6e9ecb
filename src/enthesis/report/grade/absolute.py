"""Absolute effects from relative ones, per 1000 people, and the scores of comparator groups.

The risk with the comparator is that of the trials pooled: events over people of all their comparator groups.
Source of the formulas: GRADE handbook; Cochrane Handbook version 6, chapter 15.4 (ratios to risks).
"""

from statistics import median

from enthesis.domain.evidence.risks import comparator_risk, risk_with
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.report.grade.table import Absolute, Scores, Span

__all__ = ["PER", "absolute_effect", "comparator_scores"]

PER = 1000


def absolute_effect(s: Synthesis) -> Absolute | None:
    """Events per 1000 with either treatment; None for scores and where no comparator risk is known."""
    p = comparator_risk(s.contrasts) if s.scale.is_ratio else None
    if p is None:
        return None
    ratios = [s.scale.shown(x) for x in (s.judged.mu, *s.judged.ci)]
    raw = [PER * risk_with(p, ratio, s.scale.unit) for ratio in ratios]
    with_it = [min(x, float(PER)) for x in raw]
    return Absolute(
        comparator=PER * p,
        intervention=Span(*with_it),
        difference=Span(*(x - PER * p for x in with_it)),
        capped=max(raw) > PER,
    )


def comparator_scores(s: Synthesis, rules: EvidenceRules) -> Scores | None:
    """Final means of the comparator groups on 0-100; None where none is known or directions are mixed."""
    found = [x for c in s.contrasts if (x := _score(c, rules)) is not None]
    directions = {c.pick.result.better for c in s.contrasts}
    if not found or len(directions) > 1:
        return None
    return Scores(median(found), min(found), max(found), directions.pop(), len(found))


def _score(c: Contrast, rules: EvidenceRules) -> float | None:
    row = c.pick.result
    limits = row.range or rules.fixed_ranges.get(row.instrument)
    if limits is None or row.kind != "final" or c.versus.mean is None:
        return None
    return 100 * (c.versus.mean - limits[0]) / (limits[1] - limits[0])
