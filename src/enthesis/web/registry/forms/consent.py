"""What a patient said to one purpose."""

from collections.abc import Mapping
from typing import Any

from django import forms

from enthesis.domain.episodes.consent import Purpose
from enthesis.web.registry.forms.entry_form import EntryForm
from enthesis.web.registry.models import Consent

__all__ = ["ConsentDecisionForm"]

DECISIONS = (("give", "agreed"), ("refuse", "refused"), ("withdraw", "withdrew"))


class ConsentDecisionForm(EntryForm):
    """One decision on one purpose; the page shows it as buttons."""

    purpose = forms.ChoiceField(choices=[(p.value, p.value) for p in Purpose])
    decision = forms.ChoiceField(choices=DECISIONS)
    means = forms.ChoiceField(label="How it was said", choices=Consent.Means.choices, required=False)
    witness = forms.CharField(label="Witness", max_length=150, required=False)
    language = forms.CharField(max_length=10, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """The form as it was sent."""
        super().__init__(data)
        self.fields["decision"].error_messages["invalid_choice"] = "Say agreed, refused or withdrew."
        self.fields["purpose"].error_messages["invalid_choice"] = "This purpose is not asked for here."
