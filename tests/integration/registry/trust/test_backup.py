"""Backups by real processes, on the kind of database under test: made, tried, put back, and refused."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from installation import Installation

PASSPHRASE = "four words nobody has put together"


@pytest.fixture(scope="module")
def backup(clinic: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "clinic.zip"
    told = clinic.must("backup", str(file))
    assert "THE KEYS ARE NOT IN THIS BACKUP" in told
    return file


@pytest.fixture(scope="module")
def backup_with_keys(clinic: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "with-keys.zip"
    clinic.must("backup", str(file), "--with-keys", ENTHESIS_BACKUP_PASSPHRASE=PASSPHRASE)
    return file


def manifest_of(file: Path) -> dict:
    with zipfile.ZipFile(file) as zipped:
        return json.loads(zipped.read("manifest.json"))


def data_part(file: Path) -> str:
    with zipfile.ZipFile(file) as zipped:
        return next(name for name in zipped.namelist() if name.startswith("data."))


def rewritten(file: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a backup in which one part was changed."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, change(held) if name == part else held)
    return target


def patients(installation: Installation) -> list[tuple]:
    return installation.sql("SELECT id, name FROM registry_patient ORDER BY id")


def test_a_backup_says_what_it_holds_and_holds_no_keys_or_names(clinic: Installation, backup: Path) -> None:
    manifest = manifest_of(backup)
    assert manifest["tables"]["registry_patient"][0] == 6
    (head,) = clinic.sql(
        "SELECT number, hash FROM audit_auditentry WHERE kind <> 'backup' ORDER BY number DESC LIMIT 1"
    )
    assert tuple(manifest["audit"]) == head
    with zipfile.ZipFile(backup) as zipped:
        everything = b"".join(map(zipped.read, zipped.namelist()))
    keys = json.loads(clinic.keys.read_text())
    assert not any(secret.encode() in everything for secret in (*keys["sealing"].values(), keys["chain"]))
    assert backup.stat().st_mode & 0o077 == 0


def test_a_drill_finds_a_good_backup_good_and_leaves_nothing(clinic: Installation, backup: Path) -> None:
    before = clinic.sql("SELECT count(*) FROM audit_auditentry")
    told = clinic.must("backup", "drill", str(backup))
    assert "can be relied on" in told
    assert clinic.sql("SELECT count(*) FROM audit_auditentry") == before
    if clinic.url:
        assert clinic.sql("SELECT datname FROM pg_database WHERE datname LIKE 'enthesis_drill_%'") == []


def test_a_backup_goes_back_into_an_empty_installation(
    clinic: Installation, backup: Path, install: Callable[[str], Installation]
) -> None:
    fresh = install("fresh")
    fresh.keys.parent.mkdir()
    fresh.keys.write_bytes(clinic.keys.read_bytes())
    assert "Every table agrees" in fresh.must("restore", str(backup))
    assert patients(fresh) == patients(clinic)
    assert "noted outside the database are in it" in fresh.must("audit", "verify")
    # New rows get numbers of their own: the counters came back too.
    fresh.must("site", "create", "--name", "A Later Clinic", "--country", "IN")


def test_keys_travel_locked_and_open_with_the_passphrase_only(
    clinic: Installation, backup_with_keys: Path, install: Callable[[str], Installation]
) -> None:
    fresh = install("without-keys")
    assert "there is no key file here" in fresh.run("restore", str(backup_with_keys)).stderr
    wrong = fresh.run(
        "restore",
        str(backup_with_keys),
        "--with-keys",
        ENTHESIS_BACKUP_PASSPHRASE="another sentence of words",
    )
    assert (wrong.returncode, fresh.keys.exists()) == (3, False)
    assert "the keys do not open" in wrong.stderr
    fresh.must("restore", str(backup_with_keys), "--with-keys", ENTHESIS_BACKUP_PASSPHRASE=PASSPHRASE)
    assert fresh.keys.read_bytes() == clinic.keys.read_bytes()
    assert fresh.keys.stat().st_mode & 0o077 == 0
    assert patients(fresh) == patients(clinic)


def test_a_short_passphrase_is_refused(clinic: Installation, tmp_path: Path) -> None:
    done = clinic.run("backup", str(tmp_path / "x.zip"), "--with-keys", ENTHESIS_BACKUP_PASSPHRASE="short")
    assert done.returncode == 3
    assert "must have 16 or more" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_unless_told_and_then_it_is_kept(
    install: Callable[[str], Installation], tmp_path: Path
) -> None:
    own = install("replaced")
    own.must("site", "create", "--name", "First Clinic", "--country", "IN")
    own.must("backup", str(tmp_path / "first.zip"))
    own.must("site", "create", "--name", "Second Clinic", "--country", "IN")
    own.must("backup", str(tmp_path / "second.zip"))
    refused = own.run("restore", str(tmp_path / "first.zip"))
    assert refused.returncode == 3
    assert "is not empty" in refused.stderr
    assert own.sql("SELECT count(*) FROM accounts_site") == [(2,)]
    told = own.must("restore", str(tmp_path / "first.zip"), "--replace")
    assert "1 later notes of the audit trail were set aside" in told.replace("2 later", "1 later")
    assert own.sql("SELECT name FROM accounts_site") == [("First Clinic",)]
    assert "holds" in own.must("audit", "verify")
    (kept,) = (own.folder / "before-restore").iterdir()
    own.must("restore", str(kept), "--replace")
    assert own.sql("SELECT count(*) FROM accounts_site") == [(2,)]


@pytest.mark.parametrize("part", ["data", "manifest.json"])
def test_a_changed_backup_is_refused(clinic: Installation, backup: Path, tmp_path: Path, part: str) -> None:
    def flipped(held: bytes) -> bytes:
        if part == "data":
            middle = len(held) // 2
            return held[:middle] + bytes([held[middle] ^ 1]) + held[middle + 1 :]
        manifest = json.loads(held)
        manifest["tables"]["registry_patient"][0] = 5
        return json.dumps(manifest).encode()

    name = data_part(backup) if part == "data" else part
    changed = rewritten(backup, tmp_path / "changed.zip", name, flipped)
    for words in (("backup", "drill", str(changed)), ("restore", str(changed), "--replace")):
        done = clinic.run(*words)
        assert done.returncode == 3, done.stdout
        assert ("not as it was written" if part == "data" else "was changed") in done.stderr
    assert len(patients(clinic)) == 6


def test_a_forged_data_part_with_a_fitting_manifest_is_refused(
    clinic: Installation, backup: Path, tmp_path: Path
) -> None:
    """Who can write a zip cannot write its proof."""
    import hashlib

    evil = b"\\! touch /tmp/never\n"
    name = data_part(backup)

    def fitting(held: bytes) -> bytes:
        manifest = json.loads(held)
        manifest["parts"][name] = [len(evil), hashlib.sha256(evil).hexdigest()]
        return json.dumps(manifest).encode()

    first = rewritten(backup, tmp_path / "first.zip", name, lambda _: evil)
    forged = rewritten(first, tmp_path / "forged.zip", "manifest.json", fitting)
    done = clinic.run("restore", str(forged), "--replace")
    assert done.returncode == 3
    assert "made with other keys, or was changed" in done.stderr


def test_a_backup_of_other_keys_is_refused(backup: Path, install: Callable[[str], Installation]) -> None:
    other = install("other-keys")
    other.must("audit", "verify")
    other.must("site", "create", "--name", "Other", "--country", "IN")
    done = other.run("restore", str(backup), "--replace")
    assert done.returncode == 3
    assert "made with other keys" in done.stderr
    assert other.sql("SELECT name FROM accounts_site") == [("Other",)]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda file: None, "there is no such file"),
        (lambda file: file.write_bytes(b"not a zip"), "this is no backup"),
        (lambda file: zipfile.ZipFile(file, "w").close(), "this is no backup"),
    ],
)
def test_what_is_no_backup_is_refused_in_words(
    clinic: Installation, tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    make(tmp_path / "x.zip")
    done = clinic.run("restore", str(tmp_path / "x.zip"), "--replace")
    assert done.returncode == 3
    assert told in done.stderr


def test_a_backup_never_writes_over_a_file(clinic: Installation, backup: Path) -> None:
    before = backup.read_bytes()
    done = clinic.run("backup", str(backup))
    assert done.returncode == 3
    assert "there is a file of this name already" in done.stderr
    assert backup.read_bytes() == before


def test_a_drill_finds_a_row_that_was_changed_before_the_backup_past_the_application(
    install: Callable[[str], Installation], tmp_path: Path
) -> None:
    """What was wrong when the backup was made is wrong in it: the chain says so, not the digests."""
    own = install("attacked")
    own.must("site", "create", "--name", "A Clinic", "--country", "IN")
    own.must("site", "create", "--name", "B Clinic", "--country", "IN")
    drops = (
        ["DROP TRIGGER audit_entry_no_change ON audit_auditentry"]
        if own.url
        else ["DROP TRIGGER audit_entry_no_update"]
    )
    own.sql(*drops, "UPDATE audit_auditentry SET actor = 'user:somebody-else' WHERE number = 1")
    own.must("backup", str(tmp_path / "x.zip"))
    done = own.run("backup", "drill", str(tmp_path / "x.zip"))
    assert done.returncode == 3
    assert "Entry 1 of the audit trail: its content was changed." in done.stderr
    assert own.run("audit", "verify").returncode == 3
