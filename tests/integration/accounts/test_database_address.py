"""ENTHESIS_DATABASE_URL becomes the options of a connection."""

from pathlib import Path

from pydantic import PostgresDsn

from enthesis.web.config.databases import POOL, database


def test_an_address_has_a_pool_unless_it_says_no() -> None:
    with_pool = database(PostgresDsn("postgresql://u:p@db.example:5433/clinic?sslmode=verify-full"), Path())
    assert (with_pool["HOST"], with_pool["PORT"], with_pool["NAME"]) == ("db.example", "5433", "clinic")
    assert with_pool["OPTIONS"] == {"pool": POOL, "sslmode": "verify-full"}
    without = database(PostgresDsn("postgresql://u@localhost/clinic?host=/run/postgresql&pool=off"), Path())
    assert without["OPTIONS"] == {}
    assert without["HOST"] == "/run/postgresql"


def test_without_an_address_it_is_a_file_with_full_durability() -> None:
    made = database(None, Path("/data"))
    assert made["NAME"] == Path("/data/enthesis.sqlite3")
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]
