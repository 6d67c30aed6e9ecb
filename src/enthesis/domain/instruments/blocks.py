"""Scores of one block of responses, held with items as rows so that sums run over whole columns at once."""

import numpy as np
from numpy.typing import NDArray

from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.items import Item
from enthesis.domain.instruments.kernels import Answered, evaluate, points_of
from enthesis.domain.instruments.rules import ItemRule, OfScores, ScoreRule, ValueSetIndex
from enthesis.domain.instruments.value_sets import ValueSet

__all__ = ["BLOCK", "BlockScores", "block_scores"]

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
BlockScores = dict[str, tuple[Array, Counts]]

BLOCK = 8192
"""Responses per block: 42 items of 8 bytes then stay near a level-2 cache."""


def block_scores(instrument: Instrument, block: Array, chosen: ValueSet | None) -> BlockScores:
    """Value and number of answers of every score, each of shape (n,); NaN where too little was answered.

    Args:
        instrument: What was answered.
        block: Allowed answers, shape (items, n), NaN for none.
        chosen: The value set of an index, where one was chosen.
    """
    points = _points(instrument, block)
    scores: BlockScores = {}
    for score_rule in instrument.scores:
        rule = score_rule.rule
        if isinstance(rule, OfScores):
            scores[score_rule.name] = _of_scores(rule, scores)
        else:
            scores[score_rule.name] = _of_items(instrument, score_rule, rule, points, chosen)
    return scores


def _points(instrument: Instrument, block: Array) -> Array:
    responses = [item.response for item in instrument.items]
    if not any(r.points or r.reverse or r.blank is not None for r in responses):
        return block
    return np.stack([points_of(r, answers) for r, answers in zip(responses, block, strict=True)])


def _of_scores(rule: OfScores, earlier: BlockScores) -> tuple[Array, Counts]:
    values = np.stack([earlier[name][0] for name in rule.of])
    counts = np.stack([earlier[name][1] for name in rule.of]).sum(axis=0)
    return values.sum(axis=0) if rule.how == "sum" else values.mean(axis=0), counts


def _of_items(
    instrument: Instrument, score_rule: ScoreRule, rule: ItemRule, points: Array, chosen: ValueSet | None
) -> tuple[Array, Counts]:
    wanted = set(score_rule.items)
    items = tuple(item for item in instrument.items if item.id in wanted)
    answered = Answered(items, points[_rows(items)], instrument.expected(score_rule), chosen)
    enough = answered.count >= score_rule.min_answered
    if isinstance(rule, ValueSetIndex) and chosen is None:
        enough = np.zeros_like(enough)
    return np.where(enough, evaluate(rule, answered), np.nan), answered.count


def _rows(items: tuple[Item, ...]) -> slice | list[int]:
    rows = [item.number - 1 for item in items]
    neighbours = rows == list(range(rows[0], rows[-1] + 1))
    return slice(rows[0], rows[-1] + 1) if neighbours else rows
