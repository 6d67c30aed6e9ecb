"""``enthesis restore FILE``: the database as it was backed up."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from enthesis.web.registry.backup.restoring import restore_backup


class Command(BaseCommand):
    """Put a backup back."""

    help = "Put a backup back; what is there is replaced only when --replace says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and over what."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true")
        parser.add_argument("--passphrase", help="Opens the keys inside the backup.")

    def handle(self, *_: Any, file: Path, replace: bool, passphrase: str | None, **__: Any) -> None:
        """Say what was put back and what was kept."""
        done = restore_backup(
            file,
            replace=replace,
            passphrase=passphrase,
            progress=lambda told: self.stderr.write(f"... {told}"),
        )
        made = done.manifest
        self.stdout.write(f"Restored: {made.rows} rows, as they were on {made.made_at}. Every table agrees.")
        self.stdout.write(f"The audit trail holds, up to entry {made.audit[0]}.")
        if done.kept:
            self.stdout.write(f"What was there before is kept in {done.kept}")
        if done.set_aside:
            self.stdout.write(
                f"{done.set_aside} later notes of the audit trail were set aside beside the keys."
            )
        if done.to_erase:
            self.stdout.write(
                f"{len(done.to_erase)} PEOPLE WHO WERE ERASED ARE IN IT AGAIN. Erase them again:"
            )
            self.stdout.writelines(f"/clinic/patients/{key}/erase/\n" for key in done.to_erase)
