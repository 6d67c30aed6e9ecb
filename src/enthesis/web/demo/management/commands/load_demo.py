"""``enthesis demo load``: fill an empty installation with the synthetic demo clinic."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from enthesis.web.accounts.models import Site
from enthesis.web.demo.load import accounts_file, load_demo
from enthesis.web.registry.actions.upkeep import refresh_statistics

DEFAULT_PATIENTS = 600


class Command(BaseCommand):
    """Make three invented clinics with invented patients."""

    help = "Load the synthetic demo clinic: three sites, invented patients, accounts to try."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size and seed."""
        parser.add_argument("--patients", type=int, default=DEFAULT_PATIENTS)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="Day the data end at.")
        parser.add_argument("--if-empty", action="store_true", help="Do nothing when there is a clinic.")

    def handle(
        self, *_: Any, patients: int, seed: int, today: date | None, if_empty: bool, **__: Any
    ) -> None:
        """Load, and say where the password is."""
        if patients < 3:
            raise CommandError(f"{patients} patients; at least 3, one for each clinic.")
        if Site.objects.exists():
            if if_empty:
                return
            raise CommandError("There is a clinic already; the demo needs an empty installation.")
        done = load_demo(
            patients=patients,
            seed=seed,
            today=today or timezone.now().date(),
            progress=lambda n, of: self.stdout.write(f"{n} of {of} invented patients ...", ending="\r"),
        )
        refresh_statistics()
        self.stdout.write(
            f"Synthetic demo clinic: {done.patients} invented patients, {done.responses} forms answered."
        )
        self.stdout.write("Log in at /clinic/ as physician.kolkata@demo.example; the password is in")
        self.stdout.write(str(accounts_file()))
