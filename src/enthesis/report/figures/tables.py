"""The numbers behind a figure as a table, and that table as CSV that says where it comes from."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from math import isfinite

from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.figures.question_words import question_title, question_words, scale_words

__all__ = ["Provenance", "Table", "notes_for", "to_csv"]

Cell = str | float | int | bool | None

# A spreadsheet runs a cell that begins so as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which state of the catalogue and of the declared rules a figure was drawn from."""

    catalogue_hash: str
    rules_version: str

    def __str__(self) -> str:
        """As printed under a figure."""
        return f"Enthesis catalogue {self.catalogue_hash[:12]}, rules {self.rules_version}"


@dataclass(frozen=True, slots=True)
class Table:
    """Data twin of a figure: notes that stand above, names of the columns, rows in full precision."""

    notes: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def to_csv(table: Table) -> str:
    """The table as CSV (RFC 4180), its notes as lines that begin with '#'."""
    out = StringIO()
    for name, said in table.notes:
        out.write(f"# {name}: {' '.join(said.split())}\r\n")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    if not isfinite(cell):
        raise ValueError(f"{cell} is no number to hand on")
    return repr(float(cell)) if isinstance(cell, float) else str(cell)


def notes_for(
    question: Question,
    scale: Scale,
    vocabulary: Vocabulary,
    provenance: Provenance,
    more: Iterable[tuple[str, str]] = (),
) -> tuple[tuple[str, str], ...]:
    """What every data twin says first: question, scale, important difference, where the numbers come from."""
    notes = [
        ("question", f"{question_title(question, vocabulary)}; {question_words(question, vocabulary)}"),
        ("scale", scale_words(scale, question, vocabulary)),
    ]
    if scale.mcid:
        shown = f"{scale.shown(scale.mcid.value):.4g}"
        notes.append(("important difference", f"{shown} ({'; '.join(scale.mcid.sources)})"))
    return (*notes, *more, ("source", f"{provenance}; rows name their own source"))
