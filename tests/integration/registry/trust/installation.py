"""An installation of its own: real processes, its own keys, its own database of the kind under test."""

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

PROGRAM = Path(sys.executable).with_name("enthesis")


@dataclass(frozen=True)
class Installation:
    """One data folder and one database; ``url`` is None for SQLite."""

    folder: Path
    url: str | None

    @property
    def keys(self) -> Path:
        return self.folder / "keys" / "enthesis-keys.json"

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ENTHESIS_")}
        own = {"ENTHESIS_DATA_DIR": str(self.folder)} | (
            {"ENTHESIS_DATABASE_URL": self.url} if self.url else {}
        )
        return subprocess.run(
            [PROGRAM, *words], capture_output=True, text=True, timeout=180, env=kept | own | more
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
        yield Installation(folder, None)
        return
    import psycopg

    name = f"trust_{uuid4().hex[:8]}"
    with psycopg.connect(url.replace("&pool=off", ""), autocommit=True) as keeper:
        keeper.execute(f"CREATE DATABASE {name}")
        try:
            yield Installation(folder, urlunsplit(urlsplit(url)._replace(path=f"/{name}")))
        finally:
            keeper.execute(f"DROP DATABASE {name} WITH (FORCE)")
