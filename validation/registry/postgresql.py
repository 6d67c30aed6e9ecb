"""A PostgreSQL of its own with its usual durability, which a measurement may kill and start again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

from scripts.temporary_postgresql import ROLE, find_binaries

__all__ = ["Cluster"]

START_SECONDS = 60


class Cluster:
    """fsync, synchronous_commit and full_page_writes stay on, as in an installation."""

    def __init__(self, folder: Path) -> None:
        """Nothing is started yet; ``folder`` only names the cluster."""
        found = find_binaries()
        if found is None:
            raise SystemExit("PostgreSQL is not installed; on Debian: apt-get install postgresql")
        self.binaries = found
        self.folder = Path(tempfile.mkdtemp(prefix=f"enthesis-{folder.name}-"))
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres", "postgres")
        self.data = self.folder / "data"

    @property
    def url(self) -> str:
        """For ENTHESIS_DATABASE_URL; connections are pooled, as by default."""
        return f"postgresql://{ROLE}@localhost/{ROLE}?host={self.folder}"

    def __enter__(self) -> Cluster:
        """Make it, start it, and make its role and database."""
        self._call("initdb", "-D", self.data, "-U", "keeper", "-A", "trust", "-E", "UTF8")
        self.start()
        self._psql(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        self._psql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind."""
        self._call("pg_ctl", "stop", "-D", self.data, "-m", "immediate", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start, and try again while processes of the killed one still end."""
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=40"
        until = time.monotonic() + START_SECONDS
        start = ("pg_ctl", "start", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options)
        while self._call(*start, check=False):
            if time.monotonic() > until:
                raise SystemExit(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.2)

    def main_process(self) -> int:
        """Process id of the postmaster."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def backends(self) -> list[int]:
        """Process ids of those that serve a connection of the application."""
        main = self.main_process()
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [int(p) for p in children if f"postgres: {ROLE} ".encode() in _command(p)]

    def kill_main(self) -> None:
        """SIGKILL to the postmaster, then start it again as systemd would."""
        os.kill(self.main_process(), signal.SIGKILL)
        self.start()

    def _psql(self, statement: str) -> None:
        self._call("psql", "-h", self.folder, "-U", "keeper", "-d", "postgres", "-qc", statement)

    def _call(self, program: str, *arguments: str | Path, check: bool = True) -> int:
        other_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*other_user, str(self.binaries / program), *map(str, arguments)]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        done = subprocess.run(command, cwd="/", **quiet)  # type: ignore[call-overload]
        if check and done.returncode:
            raise SystemExit(f"PostgreSQL: {program} ended with {done.returncode}.")
        return int(done.returncode)


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
