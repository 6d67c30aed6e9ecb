"""Reads the file in which a clinic keeps its licence for the wording of an instrument."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from enthesis.catalogue.strict_yaml import read_yaml
from enthesis.domain.instruments import ClinicLicence
from enthesis.errors import Fault, InvalidData

__all__ = ["read_clinic_licence"]

FIELDS = ("instrument", "language", "proof", "texts")


def read_clinic_licence(path: Path) -> ClinicLicence:
    """Licence of one instrument in one language, with its texts by item id.

    Raises:
        InvalidData: The file cannot be read, or leaves out instrument, language, proof or texts.
    """
    read = read_yaml(path.read_bytes())
    if read.problems:
        raise InvalidData(Fault(p.message, f"{path.name}:{p.line}", p.repair) for p in read.problems)
    return ClinicLicence(**_fields(path.name, read.value))


def _fields(name: str, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping) or set(given) != set(FIELDS):
        raise InvalidData(Fault("needs exactly the fields " + ", ".join(FIELDS) + ".", name))
    texts = given["texts"]
    if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
        raise InvalidData(Fault("texts must give one text for each item id.", name))
    if not all(isinstance(given[field], str) for field in FIELDS[:-1]):
        raise InvalidData(Fault("instrument, language and proof must be text.", name))
    return {**given, "texts": {str(item): text for item, text in texts.items()}}
