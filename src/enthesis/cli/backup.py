"""``enthesis backup`` and ``enthesis restore``: copies that are tried before they are needed."""

import os
from pathlib import Path

import typer
from typer.core import TyperGroup

from enthesis.cli.manage import manage

__all__ = ["app", "restore"]

PASSPHRASE = "ENTHESIS_BACKUP_PASSPHRASE"  # noqa: S105, the name of a variable


class FileOrWord(TyperGroup):
    """``backup FILE`` makes one; ``backup drill FILE`` tries one."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """What is no word of ours is the file to write."""
        asks_help = any(a in ctx.help_option_names for a in args[:1])
        if args and args[0] not in self.commands and not asks_help:
            args = ["make", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=FileOrWord, no_args_is_help=True, rich_markup_mode=None)
FILE = typer.Argument(..., help="The backup, a zip.")
WITH_KEYS = typer.Option(
    False, "--with-keys", help=f"Keys too, locked by a passphrase that is asked for, or in {PASSPHRASE}."
)


@app.callback()
def _top() -> None:
    """Backups of the database: make one with `backup FILE`, try one with `backup drill FILE`."""


@app.command("make")
def make(file: Path = FILE, with_keys: bool = WITH_KEYS) -> None:
    """Write a backup while the application runs; also plain `enthesis backup FILE`."""
    manage("migrate", verbosity=0)
    manage("make_backup", str(file.absolute()), passphrase=_passphrase(with_keys, confirm=True))


@app.command("drill")
def drill(file: Path = FILE, with_keys: bool = WITH_KEYS) -> None:
    """Restore a backup beside the real database, compare everything, and leave nothing behind."""
    manage("drill_backup", str(file.absolute()), passphrase=_passphrase(with_keys))


def restore(
    file: Path = FILE,
    replace: bool = typer.Option(False, "--replace", help="Replace what is there; it is backed up first."),
    with_keys: bool = WITH_KEYS,
) -> None:
    """Put a backup back and compare; refuses over a database that is not empty."""
    manage("restore_backup", str(file.absolute()), replace=replace, passphrase=_passphrase(with_keys))


def _passphrase(wanted: bool, confirm: bool = False) -> str | None:
    if not wanted:
        return None
    held = os.environ.get(PASSPHRASE)
    return held or str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))
