"""The program ``enthesis``: its commands, and what an error becomes."""

import sys

import typer
from rich.console import Console

from enthesis import __version__
from enthesis.cli import (
    account,
    backup,
    catalogue,
    claims,
    consult,
    counsel,
    database,
    demo,
    diff,
    evidence,
    follow_up,
    fragility,
    grade,
    instruments,
    keys,
    moderators,
    monitor,
    network,
    pool,
    product,
    questionnaire,
    score,
    serve,
)
from enthesis.errors import CannotEstimate, EnthesisError, InvalidData, NotAllowed, NotFound

__all__ = ["EXIT_CODES", "app", "main"]

# Documented in docs/reference/cli.md; 1 is left for a defect of ours, 2 for wrong usage of the program.
EXIT_CODES: dict[type[EnthesisError], int] = {InvalidData: 3, CannotEstimate: 4, NotFound: 5, NotAllowed: 6}

app = typer.Typer(
    name="enthesis",
    help="What works in regenerative injections, what does not, and how sure we are. Not a medical device.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
evidence.app.command("diff")(diff.run)
evidence.app.command("grade")(grade.run)
evidence.app.command("monitor")(monitor.run)
evidence.app.command("network")(network.show)
evidence.app.command("fragility")(fragility.show)
evidence.app.command("moderators")(moderators.show)
app.add_typer(evidence.app, name="evidence", help="Answers from the trials: the map and one topic.")
app.add_typer(account.people, name="account", help="People with an account: make one, a role, a link.")
app.add_typer(account.sites, name="site", help="Clinics that keep their own patients: make one.")
app.add_typer(account.audit, name="audit", help="The audit trail: check that it holds.")
app.add_typer(backup.app, name="backup", help="Copies of the database: make one, try one.")
app.add_typer(catalogue.app, name="catalogue", help="The data files: check them.")
app.add_typer(database.app, name="database", help="The database of accounts and patients: make its tables.")
app.add_typer(demo.app, name="demo", help="The synthetic demo clinic: load it.")
app.add_typer(follow_up.app, name="follow-up", help="Reminders to patients: one round of them.")
app.add_typer(instruments.app, name="instruments", help="Questionnaires and tests: list them, show one.")
app.add_typer(keys.app, name="keys", help="The keys that seal identities: rotate them.")
app.command("claims")(claims.show)
app.command("counsel")(counsel.run)
app.command("consult")(consult.run)
app.command("pool")(pool.run)
app.command("product")(product.run)
app.command("questionnaire")(questionnaire.run)
app.command("restore")(backup.restore)
app.command("score")(score.run)
app.command("serve")(serve.run)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"enthesis {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Options before any command."""


def main() -> None:
    """Run the program; a mistake in the input ends in one sentence and a documented exit code."""
    try:
        app()
    except EnthesisError as error:
        faults = error.faults if isinstance(error, InvalidData) else (error,)
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        for fault in faults[:20]:
            console.print(f"Error: {fault}", markup=False)
        if len(faults) > 20:
            console.print(f"... and {len(faults) - 20} more.", markup=False)
        sys.exit(EXIT_CODES[type(error)])
