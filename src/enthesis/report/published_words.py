"""A published synthesis in words: who wrote it, and what it found on the scale it can stand on."""

from enthesis.domain.evidence.published import PublishedRow
from enthesis.domain.evidence.scales import RATIO_WORDS
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.report import numbers
from enthesis.report.effect_words import better_or_worse

__all__ = ["published_name", "published_sentence"]


def published_sentence(p: PublishedRow) -> str:
    """What a verdict rests on when it rests on a published synthesis."""
    return f"This rests on a published synthesis ({published_name(p)}){_published_effect(p)}."


def published_name(p: PublishedRow) -> str:
    """Author and year of a synthesis, or its title where no author was seen."""
    known = p.review.first_author or f"‘{p.review.title}’"
    return f"{known}, {p.review.year}" if p.review.year else known


def _published_effect(p: PublishedRow) -> str:
    row = p.row
    if p.kind is ScaleKind.RATIO and row.estimate is not None and row.ci is not None:
        lo, hi = (numbers.ratio(x) for x in row.ci)
        return f": {RATIO_WORDS[row.measure]} {numbers.ratio(row.estimate)} (95 % interval {lo} to {hi})"
    verdict = ", which calls neither side better" if row.favours == "neither" else ""
    if p.benefit is None or p.kind is ScaleKind.RATIO:
        return verdict
    unit = "points on 0–100" if p.kind is ScaleKind.POINTS else "standard deviations"
    size = better_or_worse(p.benefit, unit)
    if p.ci is None:
        return f"{verdict}: {size}, interval not seen"
    lo, hi = (better_or_worse(x) for x in p.ci)
    return f": {size} (95 % interval {lo} to {hi})"
