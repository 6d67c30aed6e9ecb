"""Scores from item answers, for one response or a million."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.domain.instruments.answers import MOST_FAULTS, Given, check_block, read_answers
from enthesis.domain.instruments.blocks import BLOCK, block_scores
from enthesis.domain.instruments.caveats import caveats_of
from enthesis.domain.instruments.columns import column_of, single
from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.results import ScoredResponse, Scores
from enthesis.domain.instruments.value_sets import ValueSet
from enthesis.errors import CannotEstimate, Fault, InvalidData, NotFound

__all__ = ["score", "score_response"]

Array = NDArray[np.float64]


def score(instrument: Instrument, answers: ArrayLike, *, value_set: str = "") -> Scores:
    """Every score of many responses.

    Args:
        instrument: What was answered.
        answers: One row per response, one column per item in item order, shape (n, items); NaN for none.
        value_set: Id of the value set for an index, where the instrument has one.

    Raises:
        CannotEstimate: The instrument is switched off.
        InvalidData: Wrong shape, or answers no item allows; names row, item and allowed range.
        NotFound: No such value set.
    """
    _refuse_switched_off(instrument)
    chosen = _value_set(instrument, value_set)
    table = _table(instrument, answers)
    blocks, faults = [], list[Fault]()
    for start in range(0, max(len(table), 1), BLOCK):
        block = np.ascontiguousarray(table[start : start + BLOCK].T)
        faults += check_block(instrument, block, start)
        if len(faults) >= MOST_FAULTS:
            break
        if not faults:
            blocks.append(block_scores(instrument, block, chosen))
    if faults:
        raise InvalidData(faults)
    columns = tuple(column_of(instrument, rule, blocks, chosen) for rule in instrument.scores)
    return Scores(
        instrument.id, instrument.version, columns, caveats_of(instrument, columns, table), value_set
    )


def score_response(
    instrument: Instrument,
    answers: Given,
    *,
    version: str = "",
    language: str = "",
    value_set: str = "",
) -> ScoredResponse:
    """Every score of one response.

    Args:
        instrument: What was answered.
        answers: Answers by item id or 1-based number, or one per item in order; None for no answer.
        version: Version of the form that was answered; must be the instrument's when given.
        language: Language of the form, kept beside the scores.
        value_set: Id of the value set for an index, where the instrument has one.

    Raises:
        CannotEstimate: The instrument is switched off.
        InvalidData: Wrong version, count or items, or answers no item allows; names them all.
        NotFound: No such value set.
    """
    _refuse_switched_off(instrument)
    row = read_answers(instrument, answers, version)
    scores = score(instrument, row[None, :], value_set=value_set)
    pairs = zip(instrument.items, row, strict=True)
    return ScoredResponse(
        instrument=instrument.id,
        version=instrument.version,
        answers=tuple((item.id, None if np.isnan(v) else float(v)) for item, v in pairs),
        scores=tuple(single(column) for column in scores.columns),
        caveats=scores.caveats,
        language=language,
        value_set=value_set,
    )


def _refuse_switched_off(instrument: Instrument) -> None:
    if instrument.switched_off:
        raise CannotEstimate(f"{instrument.short_name} is switched off: {instrument.switched_off}")


def _value_set(instrument: Instrument, name: str) -> ValueSet | None:
    if name and name not in instrument.value_sets:
        raise NotFound(f"value set of {instrument.id}", name, instrument.value_sets)
    return instrument.value_sets.get(name)


def _table(instrument: Instrument, answers: ArrayLike) -> Array:
    table = np.asarray(answers, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(instrument.items):
        wanted = f"(n, {len(instrument.items)})"
        raise InvalidData(f"{instrument.id}: answers of shape {table.shape}; must be {wanted}, one per item.")
    return table
