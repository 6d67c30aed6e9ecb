"""Any measure from the columns of a table, with faults told in the words of that table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import at_least, require
from enthesis.statistics.effects.effect_sizes import EffectSizes, RowNote
from enthesis.statistics.effects.measures import CELLS, Measure, find_measure, missing_columns

__all__ = ["compute"]

# How the columns of a table are called where a function has a word for them.
WORDS = {
    "ai": "events1",
    "ci": "events2",
    "x": "events",
    "x1": "events1",
    "x2": "events2",
    "t": "time",
    "t1": "time1",
    "t2": "time2",
}


def compute(measure: str, columns: Mapping[str, ArrayLike], **options: Any) -> EffectSizes:
    """Any measure from named columns, as the command line needs it.

    Args:
        measure: Code in ``MEASURES``, as "SMD".
        columns: Figures by column name; columns the measure does not need are left alone.
        options: ``variance``, ``zero_cells``, ``double_zero``, ``corrected``, where the measure knows them.

    Raises:
        NotFound: No measure has this code.
        InvalidData: A refused measure, a missing column, an option the measure has not, or a figure that
            breaks a rule.
    """
    found = find_measure(measure)
    if absent := missing_columns(measure, columns):
        needs = " or ".join(", ".join(layout) for layout in found.layouts)
        raise InvalidData([Fault(f"Column {c} is missing.", measure, f"It needs {needs}.") for c in absent])
    if unknown := [name for name in options if name not in found.options]:
        known = ", ".join(found.options) or "none"
        raise InvalidData([Fault(f"{measure} has no option {name}; it has {known}.") for name in unknown])
    named = {found.column(name): column for name, column in columns.items()}
    layout = min(found.layouts, key=lambda names: [c in named for c in names].count(False))
    figures = {column: named[column] for column in layout}
    cells = layout == CELLS
    return _in_words_of_the_table(found, _arms(figures) if cells else figures, options, cells=cells)


def _arms(cells: Mapping[str, ArrayLike]) -> dict[str, ArrayLike]:
    counts = dict(zip(CELLS, read_columns(**cells), strict=True))
    require(*(at_least(name, column, 0) for name, column in counts.items()))
    a, b, c, d = counts.values()
    return {"ai": a, "n1": a + b, "ci": c, "n2": c + d}


def _in_words_of_the_table(
    measure: Measure, figures: Mapping[str, ArrayLike], options: Mapping[str, Any], *, cells: bool
) -> EffectSizes:
    words = {WORDS.get(column, column): column for column in figures}
    given = {word: figures[column] for word, column in words.items()}
    if cells:
        words |= {"n1": "ai+bi", "n2": "ci+di"}
    try:
        result = measure.calculate(**given, **options)
    except InvalidData as error:
        raise InvalidData([replace(f, message=_translated(f.message, words)) for f in error.faults]) from None
    if cells:
        words |= {"n1": "bi", "n2": "di"}
    return replace(result, not_estimable=tuple(_note(note, words) for note in result.not_estimable))


def _note(note: RowNote, words: Mapping[str, str]) -> RowNote:
    return replace(note, message=_translated(note.message, words))


def _translated(message: str, words: Mapping[str, str]) -> str:
    return " ".join(words.get(part, part) for part in message.split(" "))
