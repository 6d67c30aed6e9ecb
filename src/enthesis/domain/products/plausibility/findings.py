"""A doubt about a number: how grave, the likely cause, the repair."""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.errors import Fault

__all__ = ["Finding", "Severity"]


class Severity(StrEnum):
    """An error means that no number is given; a warning stands beside the numbers."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt: where, what, the likely cause, and what to do."""

    severity: Severity
    id: str
    where: str
    message: str
    cause: str
    repair: str

    def __str__(self) -> str:
        """What is wrong, why probably, what to do."""
        return " ".join(part for part in (self._explained(), self.repair) if part)

    def as_fault(self) -> Fault:
        """The finding as a fault of the input."""
        return Fault(self._explained(), self.where, self.repair)

    def _explained(self) -> str:
        return f"{self.message} Likely cause: {self.cause}." if self.cause else self.message
