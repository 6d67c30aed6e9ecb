"""Invented answers to real instruments, scored by the instruments' own rules."""

from typing import Any

import numpy as np

from enthesis.domain.instruments import Instrument, Item, score

__all__ = ["answers_and_scores"]


def answers_and_scores(
    instrument: Instrument, severity: np.ndarray, value_set: str, rng: np.random.Generator
) -> list[tuple[dict[str, Any], dict[str, float], float | None]]:
    """Answers, scores by scale, and the first scale's score for each severity in 0-1, shape (n,)."""
    table = np.column_stack([_item(item, severity, rng) for item in instrument.items])
    names = [item.id for item in instrument.items]
    table[:, [names.index(i) for branch in instrument.branches for i in branch[1:]]] = np.nan
    known = value_set if value_set in instrument.value_sets else ""
    columns = score(instrument, table, value_set=known).columns
    return [
        (
            {name: int(v) for name, v in zip(names, row, strict=True) if not np.isnan(v)},
            scales := {c.name: round(float(c.value[i]), 4) for c in columns if c.scored[i]},
            next(iter(scales.values()), None),
        )
        for i, row in enumerate(table)
    ]


def _item(item: Item, severity: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One whole answer a person; three in a hundred items are left out."""
    response = item.response
    noisy = np.clip(severity + rng.normal(0, 0.10, len(severity)), 0, 1)
    share = noisy if response.better == "lower" else 1 - noisy
    value = np.rint(response.minimum + share * (response.maximum - response.minimum))
    if response.levels:
        levels = np.array(response.levels, float)
        value = levels[np.abs(value[:, None] - levels).argmin(axis=1)]
    return np.where(rng.random(len(severity)) < 0.03, np.nan, value)
