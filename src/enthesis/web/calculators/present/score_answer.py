"""A scored response in the words of the page: number, range, direction, rule, thresholds."""

from dataclasses import dataclass

from enthesis.domain.instruments import Instrument, Score, ScoredResponse, missing_in_words, rule_in_words
from enthesis.web.calculators.present.thresholds import ThresholdGroup, threshold_groups

__all__ = ["ScoreLine", "rounded", "score_lines"]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score as it is read out."""

    label: str
    value: str
    scale: str
    better: str
    normal: str
    counted: str
    reason: str
    rule: str
    needs: str
    missing: str
    thresholds: tuple[ThresholdGroup, ...]


def score_lines(instrument: Instrument, scored: ScoredResponse) -> tuple[ScoreLine, ...]:
    """Every score of one response."""
    return tuple(_line(instrument, score) for score in scored.scores)


def _line(instrument: Instrument, score: Score) -> ScoreLine:
    rule = instrument.score_rule(score.name)
    low, high = score.range
    normal = score.normal_0_100
    # A score that runs from 0 to 100 is its own normal form.
    shown = normal is not None and (low, high) != (0, 100)
    return ScoreLine(
        label=rule.label,
        value="" if score.value is None else rounded(score.value),
        scale=f"{rounded(low)} to {rounded(high)}",
        better=f"{score.better} is better" if score.better != "none" else "",
        normal=rounded(normal) if shown and normal is not None else "",
        counted=f"{score.answered} of {score.answered + score.missing} answered",
        reason=score.reason,
        rule=rule_in_words(rule.rule),
        needs=missing_in_words(instrument, rule),
        missing=rule.missing,
        thresholds=threshold_groups(instrument, score.name),
    )


def rounded(value: float) -> str:
    """A score with at most two digits after the point, and a real minus sign."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")
