"""``enthesis demo``: the synthetic demo clinic."""

import typer

from enthesis.cli.manage import manage

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _top() -> None:
    """Invented clinics with invented patients, for a first look and for load tests."""


@app.command("load")
def load(
    patients: int = typer.Option(600, min=3, help="How many invented patients."),
    seed: int = typer.Option(1, min=0, help="Another seed invents other people."),
    today: str = typer.Option("", help="Day the data end at, such as 2026-11-22; today when left out."),
    if_empty: bool = typer.Option(False, "--if-empty", help="Do nothing when there is a clinic already."),
) -> None:
    """Make three invented clinics with accounts and patients in an empty installation."""
    manage("migrate", verbosity=0)
    ending = [f"--today={today}"] if today else []
    manage("load_demo", *ending, patients=patients, seed=seed, if_empty=if_empty)
