"""Model fields whose value is sealed in the database and plain in Python."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from enthesis.web.vault.sealing import seal, unseal

__all__ = ["SealedDateField", "SealedTextField"]


if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
else:
    Text = models.TextField


class _Sealed(Text):
    """A text column that holds sealed text; it cannot be looked up, only read."""

    description = "Sealed text"

    @property
    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        """Sealed text for the database; nothing stays nothing."""
        if value is None or value == "":
            return value
        return seal(self.to_text(value), self._place)

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """The plain value."""
        return value if not value else self.from_text(unseal(value, self._place))

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it empty" makes sense; any other lookup would compare with a fresh seal."""
        if lookup_name not in ("isnull", "exact"):
            raise TypeError(f"A sealed field cannot be searched with '{lookup_name}'; use the blind index.")
        return super().get_lookup(lookup_name)

    def to_text(self, value: Any) -> str:
        """Text of a value."""
        return str(value)

    def from_text(self, text: str) -> Any:
        """Value of a text."""
        return text


class SealedTextField(_Sealed):
    """Text, sealed."""


class SealedDateField(_Sealed):
    """A calendar date, sealed."""

    # What the type checker reads of a field of Django.
    _pyi_private_set_type: date | str  # type: ignore[assignment]
    _pyi_private_get_type: date  # type: ignore[assignment]

    def to_python(self, value: Any) -> date | None:
        """A date from a form or a fixture."""
        return date.fromisoformat(value) if isinstance(value, str) and value else value or None

    def to_text(self, value: Any) -> str:
        """ISO date."""
        return value if isinstance(value, str) else value.isoformat()

    def from_text(self, text: str) -> date:
        """The date."""
        return date.fromisoformat(text)
