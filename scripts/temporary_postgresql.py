"""A PostgreSQL of its own for one test run: made empty, reached by a socket, gone afterwards.

The tests act as the role that owns the database and is no superuser, because PostgreSQL does not show its
row-level security to superusers.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["find_binaries", "temporary_postgresql"]

ROLE = "enthesis"
# Durability is nothing to a test, and a vacuum in the background keeps a database from being dropped. None of
# these belongs into a real installation.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
SETTINGS = FAST | {"listen_addresses": "", "max_connections": "40", "shared_buffers": "64MB"}


def find_binaries() -> Path | None:
    """Folder of PostgreSQL's programs, the newest of Debian's or the one on the path; None without one."""
    if os.name == "nt":
        return None
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def temporary_postgresql(binaries: Path) -> Iterator[str]:
    """Address for ENTHESIS_DATABASE_URL of an empty database that lives until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="enthesis-pg-"))
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    # A task that is told to end must not leave a server behind: the signal becomes an exception.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _call(binaries / "initdb", "-D", data, "-U", "keeper", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        start = ("-D", data, "-w", "-l", folder / "log", "-o", f"-k {folder} {options}")
        _call(binaries / "pg_ctl", "start", *start)
        _as_keeper(binaries, folder, f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        _as_keeper(binaries, folder, f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        yield f"postgresql://{ROLE}@localhost/{ROLE}?host={folder}&pool=off"
    finally:
        if data.exists():
            _call(binaries / "pg_ctl", "stop", "-D", data, "-m", "immediate", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _as_keeper(binaries: Path, folder: Path, statement: str) -> None:
    _call(binaries / "psql", "-h", folder, "-U", "keeper", "-d", "postgres", "-qc", statement)


def _call(*command: str | Path, check: bool = True) -> None:
    other_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*other_user, *map(str, command)], cwd="/", capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if check and done.returncode:
        raise SystemExit(f"PostgreSQL for the tests: {done.stdout}{done.stderr}")
