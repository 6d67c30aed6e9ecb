"""``enthesis keys rotate``: a fresh sealing key, and everything sealed again under it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from enthesis.web.registry.actions.resealing import reseal_all, rotate_keys


class Command(BaseCommand):
    """Rotate the sealing key."""

    help = "Make a fresh sealing key and seal every name again; stopped, it goes on with --resume."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Go on after a stop."""
        parser.add_argument("--resume", action="store_true")

    def handle(self, *_: Any, resume: bool, **__: Any) -> None:
        """Say how many rows were sealed again and what to do with the key file."""
        work = reseal_all if resume else rotate_keys
        done = work(lambda told: self.stderr.write(f"... {told}"))
        self.stdout.write(f"{done.rows} rows are sealed under the key {done.key}; nothing waits for another.")
        self.stdout.write(f"COPY THE KEY FILE AGAIN to its other safe place: {settings.KEY_FILE}")
        self.stdout.write("Older keys stay in it, because older backups need them.")
