"""What a patient said, purpose by purpose."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from django import forms

from enthesis.domain.episodes.consent import Purpose
from enthesis.web.registry.forms.entry_form import EntryForm
from enthesis.web.registry.models import Consent

__all__ = ["ConsentForm", "WithdrawalForm"]

SAYINGS = (("", "not asked now"), ("yes", "agreed"), ("no", "refused"))


class ConsentForm(EntryForm):
    """Every purpose with what was said to it now, and how it was said."""

    means = forms.ChoiceField(label="How it was said", choices=Consent.Means.choices)
    witness = forms.CharField(
        label="Witness", max_length=150, required=False, help_text="Needed for a spoken consent."
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """The form with one box for each purpose."""
        super().__init__(data, initial={"means": Consent.Means.PAPER})
        for purpose in Purpose:
            self.fields[purpose.value] = forms.ChoiceField(
                label=Consent.Purpose(purpose.value).label, choices=SAYINGS, required=False
            )

    def clean(self) -> dict[str, Any]:
        """At least one purpose was answered."""
        if not self.errors and not any(self.words(purpose.value) for purpose in Purpose):
            raise forms.ValidationError("Say agreed or refused for at least one purpose.")
        return self.cleaned_data

    def said(self) -> Iterator[tuple[UUID, Purpose, bool]]:
        """Key, purpose and answer of each decision; the keys follow from that of the form."""
        for purpose in Purpose:
            if saying := self.words(purpose.value):
                yield uuid5(self.entry_key, purpose.value), purpose, saying == "yes"


class WithdrawalForm(EntryForm):
    """One purpose withdrawn."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    withdraw = forms.ChoiceField(choices=[(p.value, p.value) for p in Purpose])
    how = forms.CharField(max_length=150, required=False)
