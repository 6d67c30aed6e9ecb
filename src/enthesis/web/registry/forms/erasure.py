"""The form that erases a person."""

from collections.abc import Mapping
from typing import Any

from django import forms

from enthesis.web.registry.forms.entry_form import EntryForm, LinesBox

__all__ = ["EraseForm"]


class EraseForm(EntryForm):
    """Reason, the clinic's own number typed again, and the password."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Reason", max_length=300, widget=LinesBox(2), help_text="Who asked and when, without the name."
    )
    number = forms.CharField(
        label="The clinic's number of this person",
        max_length=60,
        help_text="Typed again, so that it is they.",
    )
    password = forms.CharField(
        label="Your password", max_length=200, strip=False, widget=forms.PasswordInput()
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, local_id: str) -> None:
        """The form for one person."""
        super().__init__(data)
        self.local_id = local_id
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def clean_number(self) -> str:
        """The number must be this person's."""
        typed = str(self.cleaned_data["number"]).strip()
        if typed.casefold() != self.local_id.strip().casefold():
            raise forms.ValidationError("This is not the number of this person. Nothing was erased.")
        return typed
