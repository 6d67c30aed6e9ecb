"""``enthesis evidence grade``: summary of findings and evidence profile of one topic."""

from pathlib import Path

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enthesis.cli.printing import console, dots, print_json
from enthesis.cli.state import evidence, provenance
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.errors import InvalidData, NotAllowed
from enthesis.report.grade import (
    GradeRow,
    GradeSection,
    GradeTable,
    grade_csv,
    grade_object,
    grade_pdf,
    grade_table,
)
from enthesis.report.grade.cells import difference_words, relative_words, trials_words

__all__ = ["run"]

CSV = typer.Option(None, "--csv", help="Write the table to this file.")
PDF = typer.Option(None, "--pdf", help="Write both tables to this file, to print or hand on.")


def run(
    condition: str = typer.Argument(help="A condition, as knee-osteoarthritis."),
    intervention: str = typer.Argument(help="A treatment, as prp; combinations as prp+hyaluronic-acid."),
    comparator: str = typer.Option(None, "--comparator", help=f"One of: {', '.join(ComparatorClass)}."),
    csv: Path = CSV,
    pdf: Path = PDF,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """GRADE tables: every outcome at its headline horizon, its certainty, and the reasons."""
    held = evidence()
    table = grade_table(held.topic(condition, intervention), held, provenance(), _class(comparator))
    if csv:
        _write(csv, grade_csv(table).encode())
    if pdf:
        _write(pdf, grade_pdf(table))
    if as_json:
        print_json(grade_object(table))
    elif not (csv or pdf):
        _print(table)


def _class(name: str | None) -> ComparatorClass | None:
    if name is not None and name not in list(ComparatorClass):
        raise InvalidData(f"Unknown comparator '{name}'; it is one of {', '.join(ComparatorClass)}.")
    return ComparatorClass(name) if name else None


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise NotAllowed(f"{file} cannot be written ({error.strerror}).") from None


def _print(table: GradeTable) -> None:
    out = console()
    out.print(Text(table.title, style="bold"))
    if not table.sections:
        out.print("No trial with a control group was found: nothing to grade.")
    for section in table.sections:
        out.print(Text(f"\nAgainst {section.against}", style="bold underline"))
        out.print(_rows(section))
        out.print(Padding(Text(section.bias), (1, 0, 0, 0)))
        for note in section.notes:
            out.print(Padding(Text(f"{note.letter}  {note.text}"), (0, 0, 0, 2)))
    for remark in (*table.remarks, f"{table.provenance}. Not a medical device."):
        out.print(Padding(Text(remark), (1, 0, 0, 0)))


def _rows(section: GradeSection) -> Table:
    shown = Table(box=None, pad_edge=False)
    for name in ("outcome", "trials", "effect (95 % interval)", "certainty"):
        shown.add_column(name, overflow="fold")
    for row in section.rows:
        people = f", {row.n} people" if row.n else ""
        marks = " ".join(dict.fromkeys((*row.notes, *row.effect_notes)))
        certainty = f"{dots(row.level)} {row.level.word} [{marks}]"
        cells = (f"{row.outcome}, {row.time}", trials_words(row) + people, _effect(row), certainty)
        shown.add_row(*map(Text, cells))
    return shown


def _effect(row: GradeRow) -> str:
    difference, notice = difference_words(row)
    parts = [
        relative_words(row) if row.relative else "",
        difference if row.absolute or not row.relative else "",
        notice,
    ]
    return "; ".join(part for part in parts if part)
