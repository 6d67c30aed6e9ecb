"""Takes the fields of a plain document one by one, turning text with units into numbers and gathering faults.

A bare number is in the unit of the field; text must carry its unit. What is left over was misspelt.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from typing import Any, TypeVar

from enthesis.domain.products.units import CellConcentration, parse_volume_ml
from enthesis.errors import Fault, InvalidData

__all__ = ["LARGEST", "AskedField", "Fields"]

T = TypeVar("T")
LARGEST = 1e15
"""No count, volume, force or time of a product or a patient comes near it in any unit."""


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field that a reader looks for: its path and what it may hold."""

    path: str
    holds: str


class Fields:
    """Fields of one group of a document; every taker returns None for a field that is absent or blank."""

    def __init__(
        self, document: Any, where: str, faults: list[Fault], log: list[AskedField] | None = None
    ) -> None:
        """Open a group; anything but a mapping is a fault, and then the group is empty.

        Every field that is asked for goes into ``log``.
        """
        self._where, self._faults, self._asked = where, faults, list[str]()
        self._log: list[AskedField] = [] if log is None else log
        self._document: Mapping[str, Any] = {}
        if isinstance(document, Mapping):
            self._document = document
        elif document is not None:
            self._fault("", f"'{document}' must be a group of fields.", "Indent its fields below it.")

    def group(self, name: str) -> "Fields":
        """A group inside this one."""
        return Fields(self._take(name, ""), self._at(name), self._faults, self._log)

    def groups(self, name: str) -> list["Fields"]:
        """A list of groups inside this one."""
        value = self._take(name, "")
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self._fault(name, f"'{value}' must be a list.")
            return []
        return [
            Fields(item, f"{self._at(name)}[{at}]", self._faults, self._log) for at, item in enumerate(value)
        ]

    def text(self, name: str, words: Iterable[str] = ()) -> str | None:
        """Text of a field; ``words`` only says which ones the record will accept."""
        value = self._take(name, f"one of: {', '.join(words)}" if words else "text")
        if value is None or isinstance(value, str):
            return value.strip() if value else None
        self._fault(name, f"{value} must be text.", f"Write it in quotes: '{value}'.")
        return None

    def texts(self, name: str) -> tuple[str, ...]:
        """List of texts of a field."""
        value = self._take(name, "list of words")
        if value is None:
            return ()
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._fault(name, f"'{value}' must be a list of words.")
        return ()

    def truth(self, name: str) -> bool | None:
        """True or false."""
        value = self._take(name, "true or false")
        if value is None or isinstance(value, bool):
            return value
        self._fault(name, f"'{value}' must be true or false.")
        return None

    def whole(self, name: str) -> int | None:
        """Whole number."""
        value = self._number(name, self._take(name, "whole number"))
        if value is not None and value != int(value):
            self._fault(name, f"{value:g} must be a whole number.")
            return None
        return None if value is None else int(value)

    def number(self, name: str) -> float | None:
        """Number in the unit of the field."""
        return self._number(name, self._take(name, "number"))

    def numbers(self, name: str) -> Mapping[str, float]:
        """Named numbers of a group."""
        value = self._take(name, "group of numbers")
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self._fault(name, f"'{value}' must be a group of numbers.")
            return {}
        found = {str(key): self._number(f"{name}.{key}", item) for key, item in value.items()}
        return {key: item for key, item in found.items() if item is not None}

    def e9_per_l(self, name: str) -> float | None:
        """Cell count in 10^9/L, the same number as 10^6/mL."""
        return self._measured(name, "10^9/L", lambda text: CellConcentration.parse(text).e9_per_l)

    def e12_per_l(self, name: str) -> float | None:
        """Cell count in 10^12/L."""
        return self._measured(name, "10^12/L", lambda text: CellConcentration.parse(text).e12_per_l)

    def volume_ml(self, name: str) -> float | None:
        """Volume in mL."""
        return self._measured(name, "mL", parse_volume_ml)

    def as_number(self, name: str, value: Any) -> float | None:
        """A value of this field as a number, with a fault when it is none."""
        return self._number(name, value)

    def value(self, name: str, holds: str) -> Any:
        """The plain value of a field, whatever it is; ``holds`` says what it may be."""
        return self._take(name, holds)

    def fault(self, name: str, message: str, repair: str = "") -> None:
        """Add a fault at a field of this group."""
        self._fault(name, message, repair)

    def build(self, make: Callable[..., T], **values: Any) -> T | None:
        """The value made of these fields, or None with its faults placed below this group."""
        try:
            return make(**values)
        except InvalidData as error:
            self._faults += [Fault(f.message, self._at(f.where), f.repair) for f in error.faults]
            return None

    def nothing_else(self) -> None:
        """A fault for every field that nobody asked for."""
        for name in self._document:
            if name not in self._asked:
                close = get_close_matches(str(name), self._asked, n=1)
                repair = f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(self._asked)}."
                self._fault(str(name), "unknown field.", repair)

    def _measured(self, name: str, unit: str, parse: Callable[[str], float]) -> float | None:
        value = self._take(name, f"number in {unit}, or text with a unit")
        if not isinstance(value, str):
            return self._number(name, value)
        try:
            return parse(value)
        except InvalidData as error:
            self._faults += [Fault(f.message, self._at(name), f.repair) for f in error.faults]
            return None

    def _number(self, name: str, value: Any) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
            self._fault(name, f"'{str(value)[:40]}' must be a number.", "Write digits only.")
            return None
        if abs(value) > LARGEST:
            self._fault(name, f"{value:.3g} is out of all reach.")
            return None
        return float(value)

    def _take(self, name: str, holds: str) -> Any:
        if name not in self._asked:
            self._asked.append(name)
            if holds:
                self._log.append(AskedField(self._at(name), holds))
        value = self._document.get(name)
        # An empty box of a form is a field that was not filled in.
        return None if isinstance(value, str) and not value.strip() else value

    def _at(self, name: str) -> str:
        return ".".join(part for part in (self._where, name) if part)

    def _fault(self, name: str, message: str, repair: str = "") -> None:
        self._faults.append(Fault(message, self._at(name), repair))


def _is_finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:
        return False
