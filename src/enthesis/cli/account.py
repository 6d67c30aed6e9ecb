"""``enthesis account``, ``site`` and ``audit``: people, places and the proof, from the machine itself."""

import typer

from enthesis.cli.manage import manage

__all__ = ["audit", "people", "sites"]

people = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
sites = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
audit = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

EMAIL = typer.Option(..., help="Address the person logs in with.")
ROLE = typer.Option(..., help="physician, coordinator, registry-lead, curator, auditor or administrator.")
SITE = typer.Option("", help="Name of the site; left out, the role holds for the whole installation.")
ADDRESS = typer.Option("http://127.0.0.1:8000", help="Where the installation is reached, for the link.")


@people.callback()
def _people() -> None:
    """People with an account."""


@sites.callback()
def _sites() -> None:
    """Clinics that keep their own patients."""


@audit.callback()
def _audit() -> None:
    """The audit trail."""


@people.command("create")
def create(
    email: str = EMAIL,
    name: str = typer.Option(..., help="Name as colleagues know it."),
    role: str = ROLE,
    site: str = SITE,
    address: str = ADDRESS,
) -> None:
    """Make an account and show the link by which the person chooses a password."""
    _prepared("make_account", email=email, name=name, role=role, site=site, address=address)


@people.command("link")
def link(email: str = EMAIL, address: str = ADDRESS) -> None:
    """Show a fresh link to choose a password, for somebody who forgot it."""
    _prepared("make_account", email=email, address=address)


@people.command("role")
def role(email: str = EMAIL, role: str = ROLE, site: str = SITE) -> None:
    """Give a person one more role."""
    _prepared("make_account", email=email, role=role, site=site)


@sites.command("create")
def create_site(
    name: str = typer.Option(..., help="Name of the clinic."),
    country: str = typer.Option(..., help="Two letters of ISO 3166, such as IN."),
    time_zone: str = typer.Option("UTC", help="Time zone of its days, such as Asia/Kolkata."),
) -> None:
    """Make a site."""
    _prepared("make_site", name=name, country=country, time_zone=time_zone)


@audit.command("verify")
def verify(
    noted: str = typer.Option("", help="An entry noted outside the database before, as NUMBER:HASH."),
) -> None:
    """Read every entry of the audit trail and say whether it holds; exit code 3 when it does not."""
    _prepared("verify_audit", noted=noted or None)


def _prepared(command: str, **options: str | None) -> None:
    manage("migrate", verbosity=0)
    manage(command, **options)
