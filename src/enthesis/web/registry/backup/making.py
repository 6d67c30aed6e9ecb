"""Making a backup while the application runs."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from enthesis import __version__
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.scope import acting_as_system, current_scope
from enthesis.web.audit.models import ChainHead
from enthesis.web.audit.noting import note_head
from enthesis.web.audit.recording import Act, Action, record
from enthesis.web.registry.backup import postgresql_copy, sqlite_copy
from enthesis.web.registry.backup.digests import Digest, Progress, table_digests
from enthesis.web.registry.backup.manifest import FORMAT, MANIFEST, Manifest, manifest_text
from enthesis.web.registry.backup.parcel import PARCEL, check_passphrase, lock_parcel
from enthesis.web.registry.backup.scratch import sqlite_scratch
from enthesis.web.vault import key_ring

__all__ = ["DATA_PARTS", "digest_of_file", "make_backup"]

DATA_PARTS = {"sqlite": "data.sqlite3", "postgresql": "data.sql"}


def make_backup(file: Path, passphrase: str | None = None, progress: Progress = lambda _: None) -> Manifest:
    """Write a backup, note the end of the audit trail beside the keys, and give the manifest.

    The copy is of one moment, however long it takes and whoever writes meanwhile.

    Args:
        file: Zip to write; it must not exist.
        passphrase: Locks the keys into the backup; without it they are left out.
        progress: Told what is being done.

    Raises:
        InvalidData: The file exists or cannot be written, the passphrase is short, or the copy failed.
    """
    if passphrase is not None:
        check_passphrase(passphrase)
    _check_place(file)
    beside = tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-")
    with acting_as_system("backup"), beside as name:
        folder = Path(name)
        manifest, data = _copied(folder, progress)
        parts = {data.name: data}
        if passphrase is not None:
            parts[PARCEL] = folder / PARCEL
            parts[PARCEL].write_text(lock_parcel(Path(settings.KEY_FILE).read_bytes(), passphrase))
        digests = {name: digest_of_file(path) for name, path in parts.items()}
        manifest = replace(manifest, parts=digests, keys_inside=PARCEL in parts)
        progress("writing the file")
        _write(folder / "whole.zip", manifest, parts)
        (folder / "whole.zip").replace(file)
        _note(file, manifest)
    return manifest


def digest_of_file(path: Path) -> Digest:
    """Size and SHA-256 of a file."""
    with path.open("rb") as opened:
        return path.stat().st_size, hashlib.file_digest(opened, "sha256").hexdigest()


def _check_place(file: Path) -> None:
    if file.exists():
        raise InvalidData(Fault("there is a file of this name already.", str(file), "Choose another name."))
    if not file.parent.is_dir():
        raise InvalidData(Fault("there is no such folder.", str(file.parent), "Make it first."))


def _copied(folder: Path, progress: Progress) -> tuple[Manifest, Path]:
    data = folder / DATA_PARTS[connection.vendor]
    progress("copying the database")
    with _copy_of_one_moment(data) as using:
        return _described(using, progress), data


@contextmanager
def _copy_of_one_moment(data: Path) -> Iterator[str]:
    """Copies the database and gives the name under which that very state can be read."""
    if connection.vendor == "postgresql":
        with postgresql_copy.one_moment() as snapshot:
            postgresql_copy.copy_out(data, snapshot)
            yield "default"
    else:
        sqlite_copy.copy_out(data)
        with sqlite_scratch(data) as using:
            yield using


def _described(using: str, progress: Progress) -> Manifest:
    head = ChainHead.objects.using(using).get(pk=1)
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return Manifest(
        format=FORMAT,
        program=__version__,
        made_at=f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}",
        engine=connection.vendor,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        tables=table_digests(using, progress),
        audit=(head.number, head.hash),
        sealing_keys=sorted(key_ring().sealing),
    )


def _write(file: Path, manifest: Manifest, parts: dict[str, Path]) -> None:
    file.touch(mode=0o600)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as zipped:
        zipped.writestr(MANIFEST, manifest_text(manifest))
        for name, path in parts.items():
            zipped.write(path, name)


def _note(file: Path, manifest: Manifest) -> None:
    note_head(*manifest.audit)
    _, content = digest_of_file(file)
    details = {"sha256": content, "rows": manifest.rows, "keys_inside": manifest.keys_inside}
    record(Act(current_scope().actor, Action.EXPORT, "backup", details=details))
