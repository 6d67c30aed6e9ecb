"""What the database holds: rows of every table counted and hashed, to say that nothing was stored."""

import hashlib

from django.apps import apps
from django.db import connection

__all__ = ["changed_tables", "stored"]

# Who was here and what was refused; everything else must stay as it was when a request is refused.
PASSING = ("audit_", "axes_", "django_session", "usersessions_", "django_migrations", "enthesis_cache")


def stored() -> dict[str, tuple[int, str]]:
    """Number of rows and hash of the content of every table."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return {table: _content(table) for table in sorted(tables) if not table.startswith(PASSING)}


def changed_tables(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> list[str]:
    return [table for table in after if after[table] != before.get(table)]


def _content(table: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        rows = cursor.fetchall()
    return len(rows), hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()
