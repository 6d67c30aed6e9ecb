"""The two databases Enthesis runs on, with the options under which neither loses an acknowledged answer."""

from pathlib import Path
from typing import Any

from pydantic import PostgresDsn

__all__ = ["database"]

# Full synchronisation, because an acknowledged answer of a patient must survive a power cut; immediate
# transactions, because a reader that turns writer in the middle meets "database is locked".
SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
    "PRAGMA foreign_keys=ON;"
)
# A connection reads the planner's statistics when it is opened.
REOPENED_AFTER_SECONDS = 3600
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}


def database(url: PostgresDsn | None, data_dir: Path) -> dict[str, Any]:
    """Django's settings for PostgreSQL at ``url``, or for SQLite in ``data_dir``.

    Connections to PostgreSQL are kept in a pool; ``?pool=off`` opens one for each request instead, for use
    behind a pooler of one's own. One that died with its server is replaced before it is used. Whatever else
    stands after ``?`` goes to libpq, ``sslmode=verify-full`` say.
    """
    return _postgresql(url) if url else _sqlite(data_dir)


def _postgresql(url: PostgresDsn) -> dict[str, Any]:
    host = url.hosts()[0]
    query: dict[str, Any] = dict(url.query_params())
    pool = query.pop("pool", "on") != "off"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": (url.path or "/enthesis").lstrip("/"),
        "USER": host["username"] or "",
        "PASSWORD": host["password"] or "",
        "HOST": query.pop("host", host["host"] or ""),
        "PORT": str(host["port"] or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": ({"pool": POOL} if pool else {}) | query,
    }


def _sqlite(data_dir: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data_dir / "enthesis.sqlite3",
        "CONN_MAX_AGE": REOPENED_AFTER_SECONDS,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": SQLITE_START},
    }
