"""A form of the record: stored once however often it is sent, refused in words, confirmed when in doubt."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms

from enthesis.errors import Fault
from enthesis.web.accounts.plain_text import hold_plain_text

__all__ = ["DateBox", "EntryForm", "LinesBox", "date_field"]

LOST_KEY = "The form lost its key. Open it again and type it afresh."


class DateBox(forms.DateInput):
    """The browser's own calendar; the value is an ISO date in any language."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        """A box for one day."""
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class LinesBox(forms.Textarea):
    """Several entries, one a line."""

    def __init__(self, rows: int = 3) -> None:
        """A box of some lines."""
        super().__init__(attrs={"rows": rows})


def date_field(label: str, *, required: bool = True, help_text: str = "", **more: Any) -> forms.DateField:
    """A field for one day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DateBox(), **more)


class EntryForm(forms.Form):
    """A form with its own key, by which a second sending is known, and with the doubts about what was typed.

    ``places`` says at which field a fault of the domain is shown, by the fault's own place;
    ``places_here`` adds the fields that only this one form has.
    """

    places: ClassVar[Mapping[str, str]] = {}
    key = forms.UUIDField(widget=forms.HiddenInput)
    cautions: tuple[str, ...] = ()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        """A form with a fresh key unless it was sent with one."""
        super().__init__(data, initial={"key": uuid4(), **(initial or {})})
        self.places_here: dict[str, str] = {}
        self.label_suffix = ""
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                field.widget.attrs.setdefault("autocomplete", "off")
            if isinstance(field, forms.DecimalField | forms.FloatField | forms.IntegerField):
                # Type "number" changes under the mouse wheel and hides what it cannot read.
                field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            field.error_messages["required"] = LOST_KEY if name == "key" else "Fill this in."
            if name == "key":
                field.error_messages["invalid"] = LOST_KEY

    def full_clean(self) -> None:
        """Check every box, those that were added to this one form too."""
        hold_plain_text(self)
        super().full_clean()

    @property
    def entry_key(self) -> UUID:
        """Key of the row this form makes."""
        key: UUID = self.cleaned_data["key"]
        return key

    @property
    def cautions_seal(self) -> str:
        """Mark of these doubts; a confirmation counts for the very doubts that were shown."""
        return seal_of(self.cautions)

    @property
    def confirmed(self) -> str:
        """Mark of the doubts that were confirmed; empty for none."""
        return str(self.data.get("confirmed", ""))

    def take_faults(self, faults: Iterable[Fault]) -> None:
        """Show faults of the domain beside their fields."""
        for fault in faults:
            # A fault of the second line of a box stands at the box.
            where = fault.where.partition("[")[0]
            place = {**self.places, **self.places_here}.get(where, where)
            text = f"{fault.message} {fault.repair}".strip()
            self.add_error(place if place in self.fields else None, f"{text[:1].upper()}{text[1:]}")

    def words(self, name: str) -> str:
        """A text without blanks around it."""
        return str(self.cleaned_data.get(name) or "").strip()

    def day(self, name: str) -> date | None:
        """A day, or None."""
        found: date | None = self.cleaned_data.get(name)
        return found

    def lines(self, name: str) -> list[str]:
        """Entries of a box of lines."""
        return [line.strip() for line in self.words(name).splitlines() if line.strip()]


def seal_of(cautions: Iterable[str]) -> str:
    """Short hash of doubts."""
    return hashlib.sha256("\n".join(cautions).encode()).hexdigest()[:16]
