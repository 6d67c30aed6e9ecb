"""One pure function per scoring rule: points of many responses in, numbers out."""

import numpy as np
from numpy.typing import NDArray

from enthesis.domain.instruments.items import Item, Response
from enthesis.domain.instruments.rules import (
    Highest,
    ItemRule,
    Mean,
    Profile,
    ShareOfMaximum,
    Sum,
    Table,
    ValueSetIndex,
    Weighted,
)
from enthesis.domain.instruments.value_sets import ValueSet

__all__ = ["Answered", "evaluate", "points_of"]

Array = NDArray[np.float64]


class Answered:
    """Points of one score's items over a block of responses.

    Args:
        items: Items of the score.
        points: Points, shape (items, n), NaN where not answered.
        expected: Answers a complete response gives.
        value_set: The chosen value set, where the rule needs one.
    """

    def __init__(
        self, items: tuple[Item, ...], points: Array, expected: int, value_set: ValueSet | None = None
    ) -> None:
        """Count once what every rule needs."""
        self.items, self.points, self.expected, self.value_set = items, points, expected, value_set
        self.given = ~np.isnan(points)
        self.count = self.given.sum(axis=0)
        self.filled = np.where(self.given, points, 0.0)
        self.total = self.filled.sum(axis=0)

    def mean(self) -> Array:
        """Mean of the answered items; 0 where nothing was answered, never shown."""
        return self.total / np.maximum(self.count, 1)

    def gaps(self) -> NDArray[np.int64]:
        """Answers short of a complete response."""
        return self.expected - self.count


def points_of(response: Response, answers: Array) -> Array:
    """What answers are worth: recoded, reversed, or themselves; NaN stays NaN unless a blank counts.

    Args:
        answers: Allowed answers, shape (n,), NaN for none.
    """
    worth = answers
    if response.points:
        at = np.searchsorted(response.allowed, np.nan_to_num(answers, nan=response.allowed[0]))
        worth = np.where(np.isnan(answers), np.nan, np.asarray(response.points)[at])
    elif response.reverse:
        worth = response.minimum + response.maximum - answers
    return worth if response.blank is None else np.where(np.isnan(worth), response.blank, worth)


def evaluate(rule: ItemRule, answered: Answered) -> Array:
    """Number of each response by a rule, shape (n,); only rows with enough answers are meant to be read."""
    match rule:
        case Mean(slope=slope, intercept=intercept):
            return intercept + slope * answered.mean()
        case Sum(slope=slope, intercept=intercept):
            return intercept + slope * (answered.total + answered.gaps() * answered.mean())
        case ShareOfMaximum(top=top):
            most = np.array([item.response.most for item in answered.items])
            return top * answered.total / np.maximum(most @ answered.given, 1)
        case Weighted(weights=weights, intercept=intercept):
            return intercept + np.asarray(weights) @ answered.filled
        case Table(first=first, values=values):
            at = np.clip(answered.total - first, 0, len(values) - 1).astype(np.intp)
            return np.asarray(values)[at]
        case Highest(factor=factor, cap=cap):
            return np.clip(factor * answered.filled.max(axis=0), 0.0, cap)
        case Profile():
            return np.logspace(len(answered.items) - 1, 0, len(answered.items)) @ answered.filled
        case ValueSetIndex():
            return _index(answered)


def _index(answered: Answered) -> Array:
    if answered.value_set is None:
        return np.zeros_like(answered.total)
    return answered.value_set.index(np.where(answered.given, answered.points, 1.0))
