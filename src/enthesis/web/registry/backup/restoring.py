"""Putting a backup back, and never over something without being told to."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.scope import acting_as_system, current_scope
from enthesis.web.audit.models import AuditEntry
from enthesis.web.audit.noting import note_head, set_aside_heads_after
from enthesis.web.audit.recording import Act, Action, record
from enthesis.web.audit.verifying import verify_chain
from enthesis.web.registry.actions.erasure import erased_keys
from enthesis.web.registry.backup import postgresql_copy, sqlite_copy
from enthesis.web.registry.backup.digests import Progress, differences, table_digests
from enthesis.web.registry.backup.making import make_backup
from enthesis.web.registry.backup.manifest import Manifest
from enthesis.web.registry.backup.opening import Opened, opened_backup
from enthesis.web.registry.models import Patient

__all__ = ["Restored", "restore_backup", "to_erase_again"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; ``kept`` is the backup of what was there before, ``set_aside`` later notes.

    ``to_erase`` are the keys of people in it who were erased on this machine after it was made.
    """

    manifest: Manifest
    kept: Path | None
    set_aside: int
    to_erase: tuple[str, ...] = ()


def restore_backup(
    file: Path,
    *,
    replace: bool = False,
    passphrase: str | None = None,
    progress: Progress = lambda _: None,
) -> Restored:
    """Make the database what the backup holds, and compare.

    What is there already is replaced only when ``replace`` says so, and is backed up first.

    Raises:
        InvalidData: There is something already; the backup is damaged or not ours; or what was put back
            differs from what was backed up.
    """
    is_empty = _is_empty()
    if not (is_empty or replace):
        repair = "Add --replace: what is there is backed up first, and then replaced."
        raise InvalidData(Fault("the database is not empty.", str(connection.settings_dict["NAME"]), repair))
    with opened_backup(file, passphrase, progress) as opened:
        if connection.vendor == "sqlite":
            sqlite_copy.check_sound(opened.data)
        kept = None if is_empty else _kept(progress)
        progress("putting it back")
        _put_back(opened)
        progress("comparing")
        with acting_as_system("restore"):
            _compare(opened.manifest, progress)
            call_command("migrate", verbosity=0)
            return Restored(opened.manifest, kept, _note(opened.manifest), to_erase_again())


def to_erase_again() -> tuple[str, ...]:
    """Keys of people in the database who were erased on this machine before."""
    back = Patient.objects.filter(key__in=erased_keys(), erased_at=None).values_list("key", flat=True)
    return tuple(sorted(map(str, back)))


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    holding = (User, Site, AuditEntry)
    return not any(m._meta.db_table in present and m._default_manager.exists() for m in holding)


def _kept(progress: Progress) -> Path:
    progress("backing up what is there")
    folder = Path(settings.DATA_DIR) / "before-restore"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{timezone.now():%Y-%m-%d-%H%M%S-%f}.zip"
    make_backup(file)
    return file


def _put_back(opened: Opened) -> None:
    if connection.vendor == "postgresql":
        connection.close()
        postgresql_copy.put_back(opened.data, connection.settings_dict)
    else:
        sqlite_copy.put_back(opened.data)


def _compare(manifest: Manifest, progress: Progress) -> None:
    found = differences(manifest.tables, table_digests("default", progress))
    done = verify_chain(known=[manifest.audit])
    found += [f"Entry {b.number} of the audit trail: {b.what}." for b in done.breaks]
    if found:
        raise InvalidData(Fault(text, "what was put back") for text in found)


def _note(manifest: Manifest) -> int:
    set_aside = set_aside_heads_after(manifest.audit[0])
    note_head(*manifest.audit)
    details = {"made_at": manifest.made_at, "rows": manifest.rows, "noted_heads_set_aside": set_aside}
    record(Act(current_scope().actor, Action.SYSTEM, "restore", details=details))
    return set_aside
