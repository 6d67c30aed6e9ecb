"""Answers as they come in: checked against the items, and every fault named."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.items import Item
from enthesis.errors import Fault, InvalidData

__all__ = ["check_block", "read_answers"]

Array = NDArray[np.float64]
Given = Mapping[Any, Any] | Sequence[Any]

LARGEST = 10**15
"""No answer comes near it; a whole number may be too large for a float."""
MOST_FAULTS = 1000
"""A batch with more faults than this is one broken export, not a list to mend by hand."""


def read_answers(instrument: Instrument, given: Given, version: str = "") -> Array:
    """Row of answers in item order, NaN where none was given.

    Args:
        given: Answers by item id or 1-based number, or one per item in order; None for no answer.
        version: Version of the form that was answered, where it is known.

    Raises:
        InvalidData: Wrong version or count, unknown or doubled items, or answers no item allows; names
            them all.
    """
    found, faults = _place(instrument, given)
    faults += _version_faults(instrument, version)
    row = np.full(len(instrument.items), np.nan)
    for item, answer in found.items():
        fault = _answer_fault(item, answer)
        if fault:
            faults.append(fault)
        elif answer is not None:
            row[item.number - 1] = answer
    faults += _branch_faults(instrument, row[:, None], 0)
    if faults:
        raise InvalidData(faults)
    return row


def _version_faults(instrument: Instrument, version: str) -> Iterator[Fault]:
    if version and version != instrument.version:
        yield Fault(f"is '{version}'; this scorer is for '{instrument.version}' and no other.", "version")


def _place(instrument: Instrument, given: Given) -> tuple[dict[Item, Any], list[Fault]]:
    if not isinstance(given, Mapping):
        if isinstance(given, str) or len(given) != len(instrument.items):
            raise InvalidData(f"{instrument.id}: {_count(instrument)}, got {len(given)}.")
        return dict(zip(instrument.items, given, strict=True)), []
    names = {str(item.number): item for item in instrument.items} | {i.id: i for i in instrument.items}
    found: dict[Item, Any] = {}
    faults = []
    for key, answer in given.items():
        item = names.get(str(key))
        if item is None:
            faults.append(Fault(f"is no item of {instrument.id}; {_count(instrument)}.", str(key)))
        elif item in found:
            faults.append(Fault("is answered twice, by id and by number.", item.id))
        else:
            found[item] = answer
    return found, faults


def _count(instrument: Instrument) -> str:
    ids = [item.id for item in instrument.items]
    span = ids[0] if len(ids) == 1 else f"{ids[0]} to {ids[-1]} or 1 to {len(ids)}"
    return f"it has {len(ids)} item{'s' if len(ids) > 1 else ''} ({span})"


def _answer_fault(item: Item, answer: Any) -> Fault | None:
    if answer is None:
        return None
    words = item.response.words()
    if isinstance(answer, bool) or not isinstance(answer, int | float | np.integer | np.floating):
        return Fault(f"answer {answer!r} is no number; must be {words}.", item.id)
    if isinstance(answer, int) and abs(answer) > LARGEST:
        return Fault(f"answer {str(answer)[:12]}…; must be {words}.", item.id)
    if not isfinite(answer) or not _allows(item, np.array([float(answer)])).all():
        return Fault(f"answer {answer:g}; must be {words}.", item.id)
    return None


def _allows(item: Item, answers: Array) -> NDArray[np.bool_]:
    response = item.response
    if response.levels:
        return np.isin(answers, response.levels)
    inside = (answers >= response.minimum) & (answers <= response.maximum)
    return inside & (answers == np.rint(answers)) if response.whole else inside


def check_block(instrument: Instrument, block: Array, first_row: int) -> list[Fault]:
    """Every answer of a block that its item does not allow, with its row counted from 1.

    Args:
        block: Answers, shape (items, n), NaN for none.
        first_row: Rows before this block.
    """
    low, high, whole = _bounds(instrument)
    with np.errstate(invalid="ignore"):
        wrong = (block < low) | (block > high) | (np.abs(block - np.rint(block)) > whole)
    for item in instrument.items:
        if item.response.levels:
            answers = block[item.number - 1]
            wrong[item.number - 1] |= ~(_allows(item, answers) | np.isnan(answers))
    return [
        *_block_faults(instrument, block, wrong, first_row),
        *_branch_faults(instrument, block, first_row),
    ]


def _bounds(instrument: Instrument) -> tuple[Array, Array, Array]:
    responses = [item.response for item in instrument.items]
    low = np.array([[r.minimum] for r in responses])
    high = np.array([[r.maximum] for r in responses])
    return low, high, np.array([[0.0 if r.whole else np.inf] for r in responses])


def _block_faults(
    instrument: Instrument, block: Array, wrong: NDArray[np.bool_], first_row: int
) -> Iterator[Fault]:
    if not wrong.any():
        return
    for at, row in np.argwhere(wrong)[:MOST_FAULTS]:
        item = instrument.items[at]
        where = f"row {first_row + row + 1}, {item.id}"
        yield Fault(f"answer {block[at, row]:g}; must be {item.response.words()}.", where)


def _branch_faults(instrument: Instrument, block: Array, first_row: int) -> list[Fault]:
    rows = {item.id: item.number - 1 for item in instrument.items}
    faults = []
    for branch in instrument.branches:
        given = (~np.isnan(block[[rows[i] for i in branch]])).sum(axis=0)
        for row in np.flatnonzero(given > 1):
            where = branch[0] if block.shape[1] == 1 else f"row {first_row + row + 1}"
            faults.append(Fault(f"{given[row]} of {', '.join(branch)} are answered; must be one.", where))
    return faults
