"""Finds the data files of a catalogue and reads their bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from enthesis.catalogue.findings import Finding

__all__ = ["SHIPPED", "VOCABULARY", "DataFile", "list_files"]

SHIPPED = Path(__file__).parent
VOCABULARY = "vocabulary.yaml"
# What people decided beside the reports: part of the state of a catalogue, read by loaders of their own.
DECISIONS = "overrides.yaml"
ASSESSMENTS = "risk_of_bias/assessments"
# Folder of each kind of file.
FOLDERS = {"study": "studies", "review": "reviews"}

Kind = str


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file as it lies on disk: its kind, the name that messages use, its bytes and their digest."""

    kind: Kind
    name: str
    raw: bytes
    digest: str


def list_files(root: Path, extra: tuple[Path, ...] = ()) -> tuple[list[DataFile], list[Finding]]:
    """Files of the catalogue at ``root`` and of folders with own reports laid on top.

    Args:
        root: Folder with ``vocabulary.yaml``, ``studies`` and ``reviews``.
        extra: Folders that hold ``studies`` or ``reviews``, or studies directly.

    Returns:
        The files in order of name, and what could not be read or has no place there.
    """
    files: list[DataFile] = []
    findings: list[Finding] = []
    for found in (*_root(root), *(item for folder in extra for item in _extra(folder))):
        if isinstance(found, DataFile):
            files.append(found)
        else:
            findings.append(found)
    return files, findings


def _root(root: Path) -> Iterator[DataFile | Finding]:
    if not root.is_dir():
        yield Finding(str(root), "no such folder.", "Name the folder that holds vocabulary.yaml and studies.")
        return
    yield _read("vocabulary", root / VOCABULARY, VOCABULARY)
    for kind, folder in FOLDERS.items():
        yield from _folder(kind, root / folder, f"{folder}/")
    if (root / DECISIONS).is_file():
        yield _read("overrides", root / DECISIONS, DECISIONS)
    if (root / ASSESSMENTS).is_dir():
        yield from _folder("assessment", root / ASSESSMENTS, f"{ASSESSMENTS}/")


def _extra(folder: Path) -> Iterator[DataFile | Finding]:
    inside = {kind: folder / name for kind, name in FOLDERS.items() if (folder / name).is_dir()}
    for kind, path in (inside or {"study": folder}).items():
        yield from _folder(kind, path, f"{path.as_posix()}/")


def _folder(kind: Kind, folder: Path, shown: str) -> Iterator[DataFile | Finding]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield Finding(shown, f"cannot be read ({error.strerror}).", "Check that the folder exists.")
        return
    for path in paths:
        if path.suffix == ".yaml" and not path.name.startswith("."):
            yield _read(kind, path, shown + path.name)
        elif not path.name.startswith(".") and path.suffix != ".md":
            yield Finding(
                shown + path.name, "is no data file.", f"Name it {path.stem}.yaml, or move it away."
            )


def _read(kind: Kind, path: Path, name: str) -> DataFile | Finding:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Finding(name, f"cannot be read ({error.strerror}).", "Check that it exists and may be read.")
    return DataFile(kind, name, raw, sha256(raw).hexdigest())
