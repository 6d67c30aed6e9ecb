"""Keeping the database quick as it grows."""

from typing import Any

from django.db import connection

__all__ = ["refresh_statistics"]

# Rows of each index that are looked at; with 2 million answers that takes 30 ms instead of seconds.
LOOKED_AT = 1000


def refresh_statistics(**_: Any) -> None:
    """Tell SQLite's planner how many rows an index value stands for; PostgreSQL does this by itself.

    Without it the planner takes the index of a whole clinic where that of one patient is meant: every query
    names the clinic. Open connections read the numbers when they are opened again.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
            cursor.execute("ANALYZE")
