"""``enthesis audit verify``: read the chain and say whether it holds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from enthesis.web.audit.noting import noted_heads
from enthesis.web.audit.verifying import verify_chain

SHOWN = 20


class Command(BaseCommand):
    """Read every entry of the audit trail and its links."""

    help = "Check that no entry of the audit trail was edited, deleted or put in another order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A head that was noted before."""
        parser.add_argument(
            "--noted", metavar="NUMBER:HASH", help="An entry noted outside the database before."
        )

    def handle(self, *_: Any, noted: str | None, **__: Any) -> None:
        """Say the number of entries and every break; ends noted by backups are looked for too."""
        known = (*noted_heads(), *_known(noted))
        done = verify_chain(lambda n: self.stdout.write(f"{n} entries read ...", ending="\r"), known)
        if not done.holds:
            for found in done.breaks[:SHOWN]:
                self.stderr.write(f"Entry {found.number}: {found.what}.")
            raise CommandError(
                f"The audit trail does not hold: {len(done.breaks)} breaks in {done.entries} entries."
            )
        self.stdout.write(f"The audit trail holds: {done.entries} entries, none edited, deleted or moved.")
        if known:
            self.stdout.write(f"All {len(set(known))} entries noted outside the database are in it.")
        self.stdout.write(f"Note this outside the database: {done.entries}:{done.head}")


def _known(noted: str | None) -> tuple[tuple[int, str], ...]:
    if noted is None:
        return ()
    number, _, digest = noted.partition(":")
    if not (number.isdigit() and digest):
        raise CommandError(f"'{noted}' is no noted entry; write its number, a colon and its hash.")
    return ((int(number), digest),)
