"""Copying PostgreSQL by its own programs, pg_dump and psql, as the user of the application.

Row-level security holds for them too; they name every site, as the program itself does.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from enthesis.errors import Fault, InvalidData

__all__ = ["copy_out", "one_moment", "put_back"]

EVERY_SITE = "-c enthesis.sites=all"
# What libpq calls the options that may stand in ENTHESIS_DATABASE_URL.
LIBPQ = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
CLEAR = """
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', r.tablename); END LOOP;
  FOR r IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = 'public' AND pg_get_userbyid(p.proowner) = current_user LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', r.name); END LOOP;
END $$
"""


@contextmanager
def one_moment() -> Iterator[str]:
    """A transaction that sees the database at one moment, and the name by which pg_dump sees the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def copy_out(target: Path, snapshot: str) -> None:
    """The database at the moment of a snapshot, as SQL."""
    options = ("--enable-row-security", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
    _call("pg_dump", "--format=plain", *options, f"--file={target}", settings=connection.settings_dict)


def put_back(source: Path, settings: dict[str, Any]) -> None:
    """Make a database what the copy is: everything in one transaction, or nothing."""
    quiet = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull)
    _call("psql", *quiet, "-1", "-c", CLEAR, "-f", str(source), settings=settings)


def _call(program: str, *arguments: str, settings: dict[str, Any]) -> None:
    path = shutil.which(program)
    if path is None:
        repair = "On Debian: apt-get install postgresql-client."
        raise InvalidData(Fault(f"{program} is not on this machine.", "PostgreSQL", repair))
    # Their names and arguments are ours; nothing a reader typed stands among them.
    done = subprocess.run(  # noqa: S603
        [path, *arguments],
        env=_environment(settings),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        told = done.stderr.strip().splitlines() or ["it said nothing"]
        raise InvalidData(Fault(f"{program} did not succeed: {' '.join(told[:3])}", "PostgreSQL"))


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    """The password goes by the environment, where other users of the machine do not see it."""
    own = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    held = {name: str(settings[key]) for name, key in own.items() if settings.get(key)}
    options = {LIBPQ[k]: str(v) for k, v in settings.get("OPTIONS", {}).items() if k in LIBPQ}
    return os.environ | held | options | {"PGOPTIONS": EVERY_SITE, "PGCLIENTENCODING": "UTF8"}
