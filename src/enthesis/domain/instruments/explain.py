"""Scoring rules in words, for whoever wants to check one by hand."""

from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.rules import (
    Highest,
    Mean,
    OfScores,
    Profile,
    Rule,
    ScoreRule,
    ShareOfMaximum,
    Sum,
    Table,
    ValueSetIndex,
    Weighted,
)

__all__ = ["missing_in_words", "rule_in_words"]


def rule_in_words(rule: Rule) -> str:
    """A scoring rule as one sentence without its full stop."""
    match rule:
        case Mean(slope=slope, intercept=intercept):
            return _line("mean of the answered items", slope, intercept)
        case Sum(slope=slope, intercept=intercept):
            return _line("sum of the items", slope, intercept)
        case ShareOfMaximum(top=top):
            return f"{top:g} × sum / highest possible sum of the answered items"
        case Weighted(weights=weights, intercept=intercept):
            return f"{intercept:g} + sum of the {len(weights)} items, each times its own weight"
        case Table(first=first, values=values):
            return f"printed value for each sum from {first} to {first + len(values) - 1}"
        case Highest(factor=factor, cap=cap):
            return f"highest answer × {factor:g}, at most {cap:g}"
        case Profile():
            return "the answers side by side; no quantity"
        case ValueSetIndex():
            return "index by the chosen value set"
        case OfScores(of=of, how=how):
            return f"{how} of {', '.join(of)}"


def missing_in_words(instrument: Instrument, score: ScoreRule) -> str:
    """How many answers a score needs."""
    if isinstance(score.rule, OfScores):
        return f"all {len(score.rule.of)} scores"
    expected = instrument.expected(score)
    return f"all {expected}" if score.min_answered == expected else f"{score.min_answered} of {expected}"


def _line(what: str, slope: float, intercept: float) -> str:
    if slope == 1:
        return f"{what} + {intercept:g}" if intercept else what
    scaled = f"{abs(slope):g} × {what}"
    if not intercept:
        return scaled if slope > 0 else f"-{scaled}"
    return f"{intercept:g} {'+' if slope > 0 else '-'} {scaled}"
