"""``enthesis evidence diff``: which answers moved between two states of the catalogue, by what, and why."""

from contextlib import ExitStack
from pathlib import Path

import typer
from rich.console import Console
from rich.padding import Padding
from rich.progress import Progress
from rich.text import Text

from enthesis.catalogue.edition import CatalogueEdition, read_edition
from enthesis.catalogue.files import SHIPPED
from enthesis.catalogue.revisions import catalogue_at
from enthesis.cli.printing import console, print_json
from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.attribution import attribute
from enthesis.domain.evidence.changes import AnswerChange, ReportChange, compare, reports_changed
from enthesis.errors import InvalidData
from enthesis.report.change_words import asked_words, because, change_sentence, movers_words
from enthesis.report.changes_json import changes_object

__all__ = ["run"]

BEFORE = typer.Option(None, "--before", help="Folder with the older studies, or a whole older catalogue.")
AFTER = typer.Option(None, "--after", help="Folder with the newer ones; the catalogue that ships by default.")
WITHOUT = typer.Option(None, "--without", help="A study that the older state lacks; may be given again.")
REVISION = typer.Option(None, "--revision", help="The older state as a revision of git, inside a checkout.")


def run(
    before: Path = BEFORE,
    after: Path = AFTER,
    without: list[str] = WITHOUT,
    revision: str = REVISION,
    verdicts: bool = typer.Option(False, "--verdicts", help="Only answers whose verdict moved."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Which answers moved between two states of the catalogue, by which report, and why."""
    if sum(map(bool, (before, without, revision))) != 1:
        raise InvalidData("Say what the older state is: one of --before, --without or --revision.")
    with ExitStack() as opened:
        new = read_edition(after or SHIPPED)
        if revision:
            before = opened.enter_context(catalogue_at(revision))
        old = read_edition(before) if before else None
        start = old.evidence() if old else new.evidence(new.without(frozenset(without)))
        changed, moved = _compared(old or new, start, new.evidence())
    if verdicts:
        moved = tuple(c for c in moved if c.kind == "verdict")
    if as_json:
        print_json(changes_object(changed, moved))
    else:
        _print(console(), changed, moved, start)


def _compared(
    base: CatalogueEdition, before: Evidence, after: Evidence
) -> tuple[tuple[ReportChange, ...], tuple[AnswerChange, ...]]:
    changed, moved = reports_changed(before, after), compare(before, after)
    # On the error stream, so that JSON on the other stays JSON.
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("building again with one change at a time", total=len(changed))
        found = attribute(moved, before, after, changed, base.evidence, done=lambda _: progress.advance(task))
    return changed, found


def _print(
    out: Console, changed: tuple[ReportChange, ...], moved: tuple[AnswerChange, ...], held: Evidence
) -> None:
    verdicts = sum(c.kind == "verdict" for c in moved)
    told = f"Reports that differ: {len(changed)}. Answers that moved: {len(moved)}"
    out.print(Text(f"{told}, {verdicts} of them in their verdict.", style="bold"))
    for c in moved:
        out.print(Text(f"\n{asked_words(c, held.vocabulary)}", style="bold"))
        for words in (change_sentence(c), because(c)):
            out.print(Padding(Text(words), (0, 0, 0, 2)))
        out.print(Padding(Text(f"by: {movers_words(c)}"), (0, 0, 0, 2)))
