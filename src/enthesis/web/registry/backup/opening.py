"""Opening a backup: unpacked only when the manifest is ours and every part is as the manifest says."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from enthesis.errors import Fault, InvalidData
from enthesis.web.registry.backup.digests import Progress
from enthesis.web.registry.backup.making import DATA_PARTS, digest_of_file
from enthesis.web.registry.backup.manifest import MANIFEST, Manifest, check_proof, manifest_of
from enthesis.web.registry.backup.parcel import PARCEL, open_parcel
from enthesis.web.vault.keys import install_keys

__all__ = ["Opened", "opened_backup", "read_manifest"]

LARGEST_MANIFEST = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup unpacked, checked, and fit for this program."""

    manifest: Manifest
    data: Path


def read_manifest(file: Path) -> tuple[Manifest, str]:
    """Manifest of a backup with its proof, not yet checked.

    Raises:
        InvalidData: No such file, or no backup.
    """
    try:
        with zipfile.ZipFile(file) as zipped:
            if zipped.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise InvalidData(Fault("the manifest is too large to be ours.", str(file)))
            return manifest_of(zipped.read(MANIFEST).decode())
    except FileNotFoundError:
        raise InvalidData(Fault("there is no such file.", str(file))) from None
    except (zipfile.BadZipFile, KeyError, OSError, UnicodeDecodeError):
        raise InvalidData(Fault("this is no backup of Enthesis.", str(file))) from None


@contextmanager
def opened_backup(
    file: Path, passphrase: str | None = None, progress: Progress = lambda _: None
) -> Iterator[Opened]:
    """Unpack a backup into a folder that is gone afterwards.

    Args:
        file: The zip.
        passphrase: Opens the keys inside and puts them in place where this machine has none.
        progress: Told what is being done.

    Raises:
        InvalidData: It is damaged, of another database, of a later program, or the keys do not belong to it.
    """
    manifest, proof = read_manifest(file)
    _check_fits(manifest)
    with tempfile.TemporaryDirectory(prefix="enthesis-restore-") as folder:
        progress("unpacking and checking")
        parts = _unpacked(file, manifest, Path(folder))
        if passphrase is not None:
            _bring_keys(manifest, parts, passphrase)
        if not Path(settings.KEY_FILE).exists():
            raise InvalidData(Fault("there is no key file here.", str(settings.KEY_FILE), _repair(manifest)))
        check_proof(manifest, proof)
        yield Opened(manifest, parts[DATA_PARTS[manifest.engine]])


def _check_fits(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        repair = "Set or clear ENTHESIS_DATABASE_URL; a backup goes back into the database it came from."
        message = f"the backup is of {manifest.engine}, and this installation uses {connection.vendor}."
        raise InvalidData(Fault(message, MANIFEST, repair))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        message = f"the backup has tables of a later program ({unknown[0]})."
        raise InvalidData(Fault(message, MANIFEST, f"Install Enthesis {manifest.program} or later."))


def _unpacked(file: Path, manifest: Manifest, folder: Path) -> dict[str, Path]:
    """Only parts the manifest names, under names of our own, so that no entry of the zip leads elsewhere."""
    found = {}
    with zipfile.ZipFile(file) as zipped:
        for name in (DATA_PARTS[manifest.engine], *([PARCEL] if manifest.keys_inside else [])):
            found[name] = folder / name
            try:
                with zipped.open(name) as source, found[name].open("wb") as target:
                    shutil.copyfileobj(source, target, 2**20)
            except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
                raise InvalidData(
                    Fault(f"a part cannot be read ({error}).", name, "Use another backup.")
                ) from None
            if manifest.parts.get(name) != digest_of_file(found[name]):
                raise InvalidData(Fault("a part is not as it was written.", name, "Use another backup."))
    return found


def _bring_keys(manifest: Manifest, parts: dict[str, Path], passphrase: str) -> None:
    if not manifest.keys_inside:
        raise InvalidData(Fault("this backup holds no keys.", "passphrase", "Bring the key file itself."))
    install_keys(Path(settings.KEY_FILE), open_parcel(parts[PARCEL].read_text(), passphrase))


def _repair(manifest: Manifest) -> str:
    way = "give the passphrase of the keys inside" if manifest.keys_inside else "it is not in this backup"
    return f"Put the key file in place that belongs to this backup; {way}."
