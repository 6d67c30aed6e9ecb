"""``enthesis site create``: a site, from the machine the installation runs on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from enthesis.web.accounts.actions.sites import make_site
from enthesis.web.accounts.scope import acting_as_system


class Command(BaseCommand):
    """Make a site."""

    help = "Make a site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The site."""
        for name in ("name", "country", "time_zone"):
            parser.add_argument(f"--{name}", required=True)

    def handle(self, *_: Any, name: str, country: str, time_zone: str, **__: Any) -> None:
        """Store it and say so."""
        with acting_as_system("command-line"):
            site = make_site(name=name, country=country, time_zone=time_zone)
        self.stdout.write(f"The site '{site.name}' is made.")
