"""Reads folders of checked files named by their id: grading systems, protocols, consents, harm reporting."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from enthesis.catalogue.examine import examine_document
from enthesis.catalogue.files import DataFile
from enthesis.catalogue.findings import Document
from enthesis.catalogue.shape import ShapeChecker
from enthesis.errors import Fault, InvalidData

__all__ = ["read_registry_folder"]

Value = TypeVar("Value")


def read_registry_folder(folder: Path, kind: str, build: Callable[[Document], Value]) -> Mapping[str, Value]:
    """Values of every file of a folder, by id and in order of name.

    Args:
        folder: Folder of YAML files.
        kind: Name of the schema that each file must keep.
        build: Makes the value of one document; may raise ``InvalidData``.

    Raises:
        InvalidData: Files that break their schema or their meaning; names every file, line and repair.
    """
    shape, faults, found = ShapeChecker(kind), list[Fault](), dict[str, Value]()
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem):
        try:
            found[path.stem] = _value(path, kind, shape, build)
        except InvalidData as error:
            faults += error.faults
    if faults:
        raise InvalidData(faults)
    return MappingProxyType(found)


def _value(path: Path, kind: str, shape: ShapeChecker, build: Callable[[Document], Value]) -> Value:
    raw, name = path.read_bytes(), f"{path.parent.name}/{path.name}"
    examined = examine_document(DataFile(kind, name, raw, sha256(raw).hexdigest()), shape, ())
    if examined.document is None:
        raise InvalidData(finding.as_fault() for finding in examined.findings)
    if (given := examined.document["id"]) != path.stem:
        raise InvalidData(Fault(f"the id '{given}' differs from the file name.", name, "Make them equal."))
    try:
        return build(examined.document)
    except InvalidData as error:
        raise InvalidData(
            Fault(f.message, f"{name} {f.where}".rstrip(), f.repair) for f in error.faults
        ) from None
