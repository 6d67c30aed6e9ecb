"""What each table holds, as a number of rows and one hash: two databases with equal digests are equal."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import connections

__all__ = ["Digest", "Progress", "differences", "table_digests"]

# Rows and SHA-256 over all of them in the order of the primary key.
Digest = tuple[int, str]
Progress = Callable[[str], None]
CHUNK = 2000
WORTH_TELLING = 10_000


def table_digests(using: str, progress: Progress = lambda _: None) -> dict[str, Digest]:
    """Digest of every table. Call it inside one transaction, or on a copy that nobody writes to."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
    found = {}
    for table in tables:
        found[table] = _digest(using, table)
        if found[table][0] > WORTH_TELLING:
            progress(f"{table}: {found[table][0]} rows")
    return found


def differences(wanted: dict[str, Digest], found: dict[str, Digest]) -> list[str]:
    """Each table that is not as it should be, in a sentence."""
    told = [f"The table {name} is missing." for name in sorted(wanted.keys() - found.keys())]
    strange = sorted(found.keys() - wanted.keys())
    told += [f"There is a table {name} that was not backed up." for name in strange]
    for name in sorted(wanted.keys() & found.keys()):
        (rows, content), (rows_found, content_found) = wanted[name], found[name]
        if rows != rows_found:
            told.append(f"The table {name} holds {rows_found} rows and should hold {rows}.")
        elif content != content_found:
            told.append(f"The table {name} holds {rows} rows, and not those that were backed up.")
    return told


def _digest(using: str, table: str) -> Digest:
    connection = connections[using]
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
        key = connection.introspection.get_primary_key_columns(cursor, table) or []
    columns = sorted(column.name for column in described)
    order = ", ".join(map(quoted, key or columns))
    statement = f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table)} ORDER BY {order}"  # noqa: S608
    rows, content = 0, hashlib.sha256(json.dumps(columns).encode())
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while chunk := cursor.fetchmany(CHUNK):
            rows += len(chunk)
            for row in chunk:
                content.update(json.dumps(row, default=_plain, separators=(",", ":")).encode() + b"\n")
    return rows, content.hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
