"""``enthesis database``: make its tables, or bring them up to this version."""

import typer

from enthesis.cli.manage import manage

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _top() -> None:
    """The database of accounts and patients."""


@app.command("prepare")
def prepare() -> None:
    """Make the tables, or change them to what this version needs; safe to run again."""
    manage("migrate", verbosity=0)
    typer.echo("The database is ready.")
