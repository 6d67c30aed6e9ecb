"""``enthesis backup FILE``: a copy of the database that proves what it holds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from enthesis.web.registry.backup.making import make_backup


class Command(BaseCommand):
    """Back the database up while the application runs."""

    help = "Write a backup; the keys stay out unless a passphrase locks them in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and the passphrase."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--passphrase", help="Locks the keys into the backup.")

    def handle(self, *_: Any, file: Path, passphrase: str | None, **__: Any) -> None:
        """Say what is in it and, loudly, what is not."""
        made = make_backup(file, passphrase, lambda told: self.stderr.write(f"... {told}"))
        self.stdout.write(f"{file}: {made.rows} rows in {len(made.tables)} tables ({made.engine}).")
        self.stdout.write(f"The audit trail ended with {made.noted_head}; noted beside the keys.")
        if made.keys_inside:
            self.stdout.write(
                "The keys are inside, locked by the passphrase. Without it they stay shut for ever."
            )
        else:
            self.stdout.write(
                "THE KEYS ARE NOT IN THIS BACKUP. Without them no name in it can be read again."
            )
            self.stdout.write(f"Copy this file to another safe place: {settings.KEY_FILE}")
        self.stdout.write("Answers and injections in it are not encrypted: keep it as safe as the records.")
        self.stdout.write(f"Try it: enthesis backup drill {file}")
