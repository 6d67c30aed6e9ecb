"""``enthesis catalogue check``: the data files against their laws."""

from pathlib import Path

import typer

from enthesis import catalogue
from enthesis.cli.printing import console

PATH = typer.Argument(None, help="Folder with studies/ and reviews/; the one that ships by default.")
app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _top() -> None:
    """The data files of the catalogue."""


@app.command()
def check(
    path: Path | None = PATH,
    quiet: bool = typer.Option(False, "--quiet", help="Print errors only."),
) -> None:
    """Check every data file: shape, words and meaning. Exit code 3 when a file has an error."""
    report = catalogue.check(path)
    out = console()
    for finding in report.errors:
        out.print(f"error: {finding}", markup=False)
    if not quiet:
        for finding in report.warnings:
            out.print(f"look at: {finding}", markup=False)
    out.print(f"{len(report.errors)} errors, {len(report.warnings)} things to look at.", markup=False)
    if report.errors:
        raise typer.Exit(3)
