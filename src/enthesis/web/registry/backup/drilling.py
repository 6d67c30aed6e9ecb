"""The drill: restore a backup beside the real database, compare everything, and leave nothing behind."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, connections, models

from enthesis.errors import InvalidData
from enthesis.web.accounts.scope import SETTING, acting_as_system
from enthesis.web.audit.noting import noted_heads
from enthesis.web.audit.verifying import verify_chain
from enthesis.web.registry.backup import postgresql_copy, sqlite_copy
from enthesis.web.registry.backup.digests import Progress, differences, table_digests
from enthesis.web.registry.backup.manifest import Manifest
from enthesis.web.registry.backup.opening import Opened, opened_backup
from enthesis.web.registry.backup.scratch import postgresql_scratch, sqlite_scratch
from enthesis.web.vault import SealedDateField, SealedTextField, unseal

__all__ = ["Drilled", "drill_backup"]

# Names opened in each sealed column; a key that is missing shows at the first of its values.
OPENED_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found: nothing in ``faults`` means that this backup can be relied on."""

    manifest: Manifest
    seconds: float
    entries: int
    opened: int
    faults: tuple[str, ...]


def drill_backup(file: Path, passphrase: str | None = None, progress: Progress = lambda _: None) -> Drilled:
    """Restore into a scratch database and compare every table, the audit trail and sealed names.

    Raises:
        InvalidData: The backup cannot be opened at all.
    """
    began = time.monotonic()
    with (
        acting_as_system("drill"),
        opened_backup(file, passphrase, progress) as opened,
        _restored(opened) as using,
    ):
        progress("comparing")
        faults = differences(opened.manifest.tables, table_digests(using, progress))
        chain = verify_chain(known=[opened.manifest.audit, *_heads_before(opened.manifest)], using=using)
        faults += [f"Entry {b.number} of the audit trail: {b.what}." for b in chain.breaks]
        tried, shut = _open_names(using)
        faults += shut
    return Drilled(opened.manifest, time.monotonic() - began, chain.entries, tried, tuple(faults))


@contextmanager
def _restored(opened: Opened) -> Iterator[str]:
    if connection.vendor == "postgresql":
        with postgresql_scratch() as using:
            postgresql_copy.put_back(opened.data, connections[using].settings_dict)
            with connections[using].cursor() as cursor:
                cursor.execute("SELECT set_config(%s, 'all', false)", [SETTING])
            yield using
    else:
        # Through a second copy, as a restore does it.
        with tempfile.TemporaryDirectory(prefix="enthesis-drill-") as folder:
            sqlite_copy.check_sound(opened.data)
            file = Path(folder) / "restored.sqlite3"
            file.write_bytes(opened.data.read_bytes())
            with sqlite_scratch(file) as using:
                yield using


def _heads_before(manifest: Manifest) -> list[tuple[int, str]]:
    """Notes of earlier backups; the trail in this one must hold them too."""
    return [head for head in noted_heads() if head[0] <= manifest.audit[0]]


def _open_names(using: str) -> tuple[int, list[str]]:
    """Open sealed values; how many, and each column where one stays shut."""
    tried, shut = 0, []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField | SealedDateField):
                values = _sealed_values(using, model, str(field.column))
                try:
                    for value in values:
                        unseal(value, f"{model._meta.db_table}.{field.column}")
                except InvalidData as error:
                    shut.append(str(error))
                tried += len(values)
    return tried, shut


def _sealed_values(using: str, model: type[models.Model], column: str) -> list[str]:
    quoted = connections[using].ops.quote_name
    name, table = quoted(column), quoted(model._meta.db_table)
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT {name} FROM {table} WHERE {name} LIKE 'sealed:%%' ORDER BY id LIMIT %s",  # noqa: S608
            [OPENED_AT_MOST],
        )
        return [row[0] for row in cursor.fetchall()]
