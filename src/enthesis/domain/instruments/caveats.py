"""Doubts that travel with scores: what the instrument warns of, gaps that were filled, empty forms."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.results import Caveat, ScoreColumn

__all__ = ["caveats_of"]


def caveats_of(
    instrument: Instrument, columns: tuple[ScoreColumn, ...], answers: NDArray[np.float64]
) -> tuple[Caveat, ...]:
    """Every caveat of a set of scores.

    Args:
        answers: The answers behind them, shape (n, items).
    """
    return (
        *(Caveat("instrument", text) for text in instrument.caveats),
        *_filled_gaps(columns),
        *_all_blank(instrument, answers),
    )


def _filled_gaps(columns: tuple[ScoreColumn, ...]) -> Iterator[Caveat]:
    for column in columns:
        gaps = column.scored & (column.missing > 0)
        if not gaps.any():
            continue
        if len(gaps) == 1:
            total = column.answered[0] + column.missing[0]
            text = f"{column.name}: scored from {column.answered[0]} of {total} answers, as its rule allows."
        else:
            text = f"{column.name}: {gaps.sum()} of {len(gaps)} responses scored with answers missing."
        yield Caveat("missing-answers", text)


def _all_blank(instrument: Instrument, answers: NDArray[np.float64]) -> Iterator[Caveat]:
    if any(item.response.blank is None for item in instrument.items):
        return
    blank = int(np.isnan(answers).all(axis=1).sum())
    if blank:
        text = f"{blank} of {len(answers)} responses tick nothing: the best state, or an empty form."
        yield Caveat("all-blank", text)
