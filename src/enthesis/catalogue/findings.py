"""What is wrong in a data file, where, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.errors import Fault

__all__ = ["Breach", "Document", "Finding", "Path", "path_text"]

# A data file as plain values.
Document = Mapping[str, Any]

# Steps from the top of a document to a value: field names and positions in lists.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken rule inside a document, before it is known in which file and line that is."""

    path: Path
    message: str
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at in one file, with the law that it touches.

    ``line`` counts from 1; it is None where the file as a whole is meant or could not be read.
    """

    file: str
    message: str
    repair: str = ""
    field: str = ""
    line: int | None = None
    law: str = ""

    @property
    def place(self) -> str:
        """File, line and field in the form that editors and terminals understand."""
        at = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{at} {self.field}".rstrip()

    def as_fault(self) -> Fault:
        """The same as a fault of the error tree."""
        return Fault(self.message, self.place, self.repair)

    def __str__(self) -> str:
        """One line: place, message, repair."""
        return str(self.as_fault())


def path_text(path: Path) -> str:
    """A path as a person writes it: ``results[3].arms.prp.sd``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
