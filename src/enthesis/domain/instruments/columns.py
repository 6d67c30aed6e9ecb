"""From block scores to the columns that leave the room, with range, direction and reasons."""

import numpy as np

from enthesis.domain.instruments.blocks import BlockScores
from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.results import Score, ScoreColumn
from enthesis.domain.instruments.rules import OfScores, ScoreRule, ValueSetIndex
from enthesis.domain.instruments.value_sets import ValueSet

__all__ = ["column_of", "single"]


def column_of(
    instrument: Instrument, rule: ScoreRule, blocks: list[BlockScores], chosen: ValueSet | None
) -> ScoreColumn:
    """One score over all blocks."""
    value = np.concatenate([block[rule.name][0] for block in blocks])
    answered = np.concatenate([block[rule.name][1] for block in blocks])
    low, high = _range(rule, chosen)
    normal = 100 * (value - low) / (high - low) if rule.normalised else np.full_like(value, np.nan)
    return ScoreColumn(
        name=rule.name,
        range=(low, high),
        better=rule.better,
        value=value,
        normal_0_100=normal,
        scored=~np.isnan(value),
        answered=answered,
        missing=_expected(instrument, rule) - answered,
        reason=_reason(instrument, rule, chosen),
    )


def single(column: ScoreColumn) -> Score:
    """The score of the first response of a column."""
    scored, normal = bool(column.scored[0]), float(column.normal_0_100[0])
    return Score(
        name=column.name,
        value=float(column.value[0]) if scored else None,
        range=column.range,
        better=column.better,
        normal_0_100=None if np.isnan(normal) else normal,
        answered=int(column.answered[0]),
        missing=int(column.missing[0]),
        reason="" if scored else column.reason,
    )


def _range(rule: ScoreRule, chosen: ValueSet | None) -> tuple[float, float]:
    if isinstance(rule.rule, ValueSetIndex) and chosen is not None:
        return (chosen.worst, 1.0)
    return rule.range


def _expected(instrument: Instrument, rule: ScoreRule) -> int:
    if isinstance(rule.rule, OfScores):
        return sum(_expected(instrument, instrument.score_rule(name)) for name in rule.rule.of)
    return instrument.expected(rule)


def _reason(instrument: Instrument, rule: ScoreRule, chosen: ValueSet | None) -> str:
    if isinstance(rule.rule, OfScores):
        return f"needs every one of: {', '.join(rule.rule.of)}"
    if isinstance(rule.rule, ValueSetIndex) and chosen is None:
        return f"no value set chosen; there are: {', '.join(instrument.value_sets)}"
    return f"needs at least {rule.min_answered} of {instrument.expected(rule)} answers"
