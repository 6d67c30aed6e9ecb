"""Databases for a moment: a file, or an empty database beside the real one, known to Django by a name."""

import copy
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.utils import DatabaseError

from enthesis.errors import Fault, InvalidData

__all__ = ["postgresql_scratch", "sqlite_scratch"]


@contextmanager
def sqlite_scratch(file: Path) -> Iterator[str]:
    """The name under which a copy of SQLite can be read."""
    own = _settings() | {"NAME": file}
    own["OPTIONS"] = {"timeout": 10}
    with _known(own) as using:
        yield using


@contextmanager
def postgresql_scratch() -> Iterator[str]:
    """The name of an empty database made for this and dropped afterwards."""
    name = f"enthesis_drill_{secrets.token_hex(4)}"
    _say(f'CREATE DATABASE "{name}" TEMPLATE template0')
    own = _settings() | {"NAME": name}
    own["OPTIONS"] = {k: v for k, v in own["OPTIONS"].items() if k != "pool"}
    try:
        with _known(own) as using:
            yield using
    finally:
        _say(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def _known(own: dict[str, Any]) -> Iterator[str]:
    using = f"scratch-{secrets.token_hex(4)}"
    connections.settings[using] = own
    try:
        yield using
    finally:
        connections[using].close()
        del connections[using]
        del connections.settings[using]


def _settings() -> dict[str, Any]:
    return copy.deepcopy({k: v for k, v in connection.settings_dict.items() if k != "CONN_MAX_AGE"}) | {
        "CONN_MAX_AGE": 0
    }


def _say(statement: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        user = connection.settings_dict["USER"]
        repair = f"A drill needs a database of its own for a moment: ALTER ROLE {user} CREATEDB."
        raise InvalidData(Fault(str(error).splitlines()[0], "PostgreSQL", repair)) from None
