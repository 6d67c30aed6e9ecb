"""``enthesis backup drill FILE``: restore a backup beside the real database and compare."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from enthesis.web.registry.backup.drilling import drill_backup

SHOWN = 20


class Command(BaseCommand):
    """Try a backup before it is needed."""

    help = "Restore a backup into a scratch database and compare it with its manifest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--passphrase", help="Opens the keys inside the backup.")

    def handle(self, *_: Any, file: Path, passphrase: str | None, **__: Any) -> None:
        """Say what was compared and every difference."""
        done = drill_backup(file, passphrase, lambda told: self.stderr.write(f"... {told}"))
        if done.faults:
            for fault in done.faults[:SHOWN]:
                self.stderr.write(fault)
            raise CommandError(f"This backup cannot be relied on: {len(done.faults)} faults.")
        made = done.manifest
        self.stdout.write(
            f"The backup of {made.made_at} can be relied on: {made.rows} rows in {len(made.tables)} tables "
            f"are as they were, {done.entries} entries of the audit trail hold, {done.opened} sealed values "
            f"were opened. It took {done.seconds:.0f} s; nothing was left behind."
        )
