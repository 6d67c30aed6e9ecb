"""Reads the instrument files and finds instruments by name."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from enthesis.catalogue.examine import examine_document
from enthesis.catalogue.files import DataFile
from enthesis.catalogue.findings import Document
from enthesis.catalogue.instrument_build import build_instrument
from enthesis.catalogue.shape import ShapeChecker
from enthesis.domain.instruments import Instrument
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["INSTRUMENT_FOLDER", "Instruments", "find_instrument", "load_instruments", "read_instruments"]

INSTRUMENT_FOLDER = Path(__file__).parent / "instruments"

Instruments = Mapping[str, Instrument]


@cache
def load_instruments() -> Instruments:
    """The instruments that ship with this version, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning; names file, line and repair.
    """
    return read_instruments(INSTRUMENT_FOLDER)


def read_instruments(folder: Path) -> Instruments:
    """Instruments of a folder, by id.

    Raises:
        InvalidData: A file breaks its schema or its meaning, or two files answer to one name; names file,
            line and repair.
    """
    shape, faults = ShapeChecker("instrument"), list[Fault]()
    found: dict[str, Instrument] = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem):
        try:
            found[path.stem] = _read(path, shape)
        except InvalidData as error:
            faults += error.faults
    faults += _shared_names(found)
    if faults:
        raise InvalidData(faults)
    return MappingProxyType(found)


def find_instrument(name: str) -> Instrument:
    """The shipped instrument of that id, or that an alias stands for, in any case of letters.

    Raises:
        NotFound: No instrument answers to the name; suggests close ones.
    """
    named = _named()
    wanted = name.strip().lower()
    if wanted not in named:
        raise NotFound("instrument", name, named)
    return named[wanted]


@cache
def _named() -> Instruments:
    return {name: item for item in load_instruments().values() for name in _names(item)}


def _names(instrument: Instrument) -> tuple[str, ...]:
    return instrument.id, *(alias.lower() for alias in instrument.aliases)


def _shared_names(found: Instruments) -> list[Fault]:
    owners: dict[str, str] = {}
    faults = []
    for instrument in found.values():
        for name in _names(instrument):
            first = owners.setdefault(name, instrument.id)
            if first != instrument.id:
                faults.append(
                    Fault(f"answers to '{name}', as {first} does.", f"instruments/{instrument.id}.yaml")
                )
    return faults


def _read(path: Path, shape: ShapeChecker) -> Instrument:
    document = _document(path, shape)
    name = _file_name(path)
    if document["id"] != path.stem:
        message = f"the id '{document['id']}' differs from the file name."
        raise InvalidData(Fault(message, name, "Make them equal."))
    try:
        return build_instrument(document)
    except InvalidData as error:
        raise InvalidData(
            Fault(f.message, f"{name} {f.where}".rstrip(), f.repair) for f in error.faults
        ) from None


def _document(path: Path, shape: ShapeChecker) -> Document:
    raw = path.read_bytes()
    file = DataFile("instrument", _file_name(path), raw, sha256(raw).hexdigest())
    examined = examine_document(file, shape, ())
    if examined.document is None:
        raise InvalidData(finding.as_fault() for finding in examined.findings)
    return examined.document


def _file_name(path: Path) -> str:
    return f"instruments/{path.name}"
