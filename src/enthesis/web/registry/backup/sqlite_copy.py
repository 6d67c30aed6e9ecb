"""Copying SQLite while it is in use, by its own online backup; the copy is one file without a journal."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from enthesis.errors import Fault, InvalidData

__all__ = ["check_sound", "copy_out", "put_back"]

# Pages copied before writers get a turn; a write in between starts the copy of changed pages again.
PAGES_AT_ONCE = 4096


def copy_out(target: Path) -> None:
    """A copy of the database as it is at one moment."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy, pages=PAGES_AT_ONCE)
        copy.execute("PRAGMA journal_mode=DELETE")


def check_sound(source: Path) -> None:
    """Raise InvalidData when a copy is damaged inside or its rows point nowhere."""
    try:
        with closing(sqlite3.connect(source)) as copy:
            told = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
            strays = copy.execute("PRAGMA foreign_key_check").fetchmany(5)
    except sqlite3.DatabaseError as error:
        raise InvalidData(Fault(f"the copy is no sound database ({error}).", source.name)) from None
    if told != ["ok"] or strays:
        raise InvalidData(
            Fault(f"the copy is damaged: {'; '.join(map(str, (*told, *strays)))}.", source.name)
        )


def put_back(source: Path) -> None:
    """Make the database what the copy is, in one transaction; a server that runs goes on with it."""
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as copy:
        copy.backup(connection.connection)
    connection.close()
