"""One YAML text as a value, read as strictly as a study, or every problem with its line."""

from typing import Any

from enthesis.catalogue.strict_yaml import read_yaml
from enthesis.errors import Fault, InvalidData

__all__ = ["read_strictly"]


def read_strictly(raw: bytes, name: str) -> Any:
    """The value of a file.

    Raises:
        InvalidData: Another reader of YAML could understand it differently; every problem with its line.
    """
    text = read_yaml(raw)
    if text.problems:
        raise InvalidData(Fault(p.message, f"{name}:{p.line}", p.repair) for p in text.problems)
    return text.value
