"""Every error that Enthesis raises on purpose.

EnthesisError
├── InvalidData      a value breaks a rule; carries every fault of the input, not only the first
├── CannotEstimate   the input is well formed, but there is no answer in it
├── NotFound         a name that nothing answers to
└── NotAllowed       the caller may not do this

A programmer's mistake stays ``TypeError`` or ``ValueError``. Messages name the value, what is
allowed and where; they never hold patient data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["CannotEstimate", "EnthesisError", "Fault", "InvalidData", "NotAllowed", "NotFound"]


MOST_SIGNS = 120
"""Of a name that is told in a message; what is longer was no name."""


class EnthesisError(Exception):
    """Root of the tree; each shell translates it once, to a page or to a sentence and an exit code."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule: where it stands, what is wrong, and how to mend it."""

    message: str
    where: str = ""
    repair: str = ""

    def __str__(self) -> str:
        """One line: ``where: message repair``."""
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} {self.repair}".rstrip()


class InvalidData(EnthesisError):
    """A value breaks a rule. All faults of one input are reported together."""

    def __init__(self, faults: str | Fault | Iterable[str | Fault]) -> None:
        """Keep every fault; a plain string is a fault without a place."""
        given = [faults] if isinstance(faults, str | Fault) else list(faults)
        self.faults = tuple(f if isinstance(f, Fault) else Fault(f) for f in given)
        super().__init__("\n".join(map(str, self.faults)))


class CannotEstimate(EnthesisError):
    """Well formed, but no answer in it (one study asked for a heterogeneity, say)."""


class NotFound(EnthesisError):
    """A name that nothing answers to; says what was meant, perhaps."""

    def __init__(self, kind: str, name: str, known: Iterable[str] = ()) -> None:
        """Name the kind of thing, the name asked for, and the closest known names."""
        self.kind, self.name = kind, name
        self.close = tuple(get_close_matches(name, list(known), n=3, cutoff=0.5))
        hint = f" Did you mean {' or '.join(self.close)}?" if self.close else ""
        told = name if len(name) <= MOST_SIGNS else f"{name[:MOST_SIGNS]}…"
        super().__init__(f"No {kind} is called '{told}'.{hint}")


class NotAllowed(EnthesisError):
    """The caller may not do this; the message says who may."""
