"""``enthesis keys``: the keys that seal identities."""

import typer

from enthesis.cli.manage import manage

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _top() -> None:
    """The keys that seal names, birth dates and telephone numbers."""


@app.command("rotate")
def rotate(
    resume: bool = typer.Option(False, "--resume", help="Go on after a stop, without another key."),
) -> None:
    """Make a fresh key and seal everything again; restart the application afterwards, then run --resume."""
    manage("migrate", verbosity=0)
    manage("rotate_keys", resume=resume)
