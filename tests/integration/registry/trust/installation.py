"""An installation of its own: real processes, its own keys, its own database of the kind under test."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

__all__ = ["Installation", "new_installation"]

# The program as it is started, once for many commands, because starting is most of their time.
WORKER = """
import contextlib, io, json, os, sys
from enthesis.cli.app import main
for line in sys.stdin:
    words, more = json.loads(line)
    out, err, code = io.StringIO(), io.StringIO(), 0
    before = dict(os.environ)
    os.environ.update(more)
    sys.argv = ["enthesis", *words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    os.environ.clear()
    os.environ.update(before)
    from django.db import connections
    connections.close_all()
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


@dataclass
class Installation:
    """One data folder and one database; ``url`` is None for SQLite."""

    folder: Path
    url: str | None
    worker: subprocess.Popen[str] | None = None

    @property
    def keys(self) -> Path:
        return self.folder / "keys" / "enthesis-keys.json"

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        if self.worker is None:
            self.worker = self._started()
        assert self.worker.stdin is not None
        assert self.worker.stdout is not None
        self.worker.stdin.write(json.dumps([words, more]) + "\n")
        self.worker.stdin.flush()
        code, out, err = json.loads(self.worker.stdout.readline())
        return subprocess.CompletedProcess(words, code, out, err)

    def stop(self) -> None:
        if self.worker is not None:
            self.worker.communicate()

    def _started(self) -> subprocess.Popen[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ENTHESIS_")}
        own = {"ENTHESIS_DATA_DIR": str(self.folder)} | (
            {"ENTHESIS_DATABASE_URL": self.url} if self.url else {}
        )
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, "-c", WORKER], env=kept | own, stdin=pipe, stdout=pipe, text=True
        )

    def must(self, *words: str, **more: str) -> str:
        done = self.run(*words, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Raw SQL past the application, as somebody who holds the database; rows of the last statement."""
        with self._connected() as database:
            if self.url:
                database.execute("SELECT set_config('enthesis.sites', 'all', false)")
            for statement in statements:
                cursor = database.execute(statement)
            found = cursor.fetchall() if cursor.description else []
            database.commit()
        return found

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        import sqlite3

        import psycopg

        database: Any = (
            psycopg.connect(self.url.replace("&pool=off", ""))
            if self.url
            else sqlite3.connect(self.folder / "enthesis.sqlite3")
        )
        try:
            yield database
        finally:
            database.close()


@contextmanager
def new_installation(folder: Path) -> Iterator[Installation]:
    """An empty one; its PostgreSQL database is dropped afterwards."""
    folder.mkdir()
    url = os.environ.get("ENTHESIS_DATABASE_URL")
    if url is None:
        made = Installation(folder, None)
        yield made
        made.stop()
        return
    import psycopg

    name = f"trust_{uuid4().hex[:8]}"
    with psycopg.connect(url.replace("&pool=off", ""), autocommit=True) as keeper:
        keeper.execute(f"CREATE DATABASE {name}")
        made = Installation(folder, urlunsplit(urlsplit(url)._replace(path=f"/{name}")))
        try:
            yield made
        finally:
            made.stop()
            keeper.execute(f"DROP DATABASE {name} WITH (FORCE)")
