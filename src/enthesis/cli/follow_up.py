"""``enthesis follow-up``: reminders of what is due."""

import typer

from enthesis.cli.manage import manage

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _top() -> None:
    """Reminders to patients."""


@app.command("tick")
def tick() -> None:
    """One round: plan reminders that are due, drop those without reason, send what may be sent now."""
    manage("follow_up_tick")
