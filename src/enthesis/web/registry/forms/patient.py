"""The form of a person."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from enthesis.web.registry.actions.patients import Identity
from enthesis.web.registry.forms.entry_form import EntryForm, date_field
from enthesis.web.registry.models import Patient

__all__ = ["CorrectionForm", "PatientForm"]

LANGUAGES = (
    ("en", "English"),
    ("hi", "हिन्दी (Hindi)"),
    ("bn", "বাংলা (Bengali)"),
    ("other", "another, asked on paper"),
)
ABHA_DIGITS = 14


def _text(
    label: str, most: int, *, required: bool = True, help_text: str = "", **attrs: str
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
    )


class PatientForm(EntryForm):
    """Who somebody is."""

    places: ClassVar[Mapping[str, str]] = {"born": "birth_date", "age_years": "birth_date"}
    name = _text(
        "Full name", 150, help_text="In any script, as the person writes it.", spellcheck="false", dir="auto"
    )
    latin_name = _text(
        "Name in Latin letters",
        150,
        required=False,
        help_text="So that anybody can search for it.",
        spellcheck="false",
    )
    local_id = _text("Clinic number", 40, help_text="The number on the clinic's own file.")
    birth_date = date_field("Birth date", help_text="Patients confirm it when they answer on the phone.")
    sex = forms.ChoiceField(label="Sex", choices=[("", "choose"), *Patient.Sex.choices])
    telephone = _text(
        "Telephone",
        30,
        required=False,
        help_text="With country code, such as +91 98300 00000.",
        inputmode="tel",
    )
    email = forms.EmailField(label="E-mail", required=False, max_length=150)
    channel = forms.ChoiceField(
        label="How to reach this person",
        choices=Patient.Channel.choices,
        help_text="For follow-up forms and reminders.",
    )
    language = forms.ChoiceField(label="Language of forms", choices=LANGUAGES)
    abha = _text(
        "ABHA number",
        20,
        required=False,
        help_text="14 digits, if the person wants it here. Only its length is checked.",
        inputmode="numeric",
    )

    def clean_telephone(self) -> str:
        """A number that could be called."""
        text = self.words("telephone")
        if text and (
            not re.fullmatch(r"\+?[\d\s().-]+", text) or not 6 <= len(re.sub(r"\D", "", text)) <= 15
        ):
            raise forms.ValidationError("Write 6 to 15 digits, with a + before the country code.")
        return text

    def clean_abha(self) -> str:
        """Fourteen digits, in their usual groups."""
        digits = re.sub(r"[\s-]", "", self.words("abha"))
        if digits and not re.fullmatch(rf"[0-9]{{{ABHA_DIGITS}}}", digits):
            raise forms.ValidationError(
                f"An ABHA number has {ABHA_DIGITS} digits; this has {len(digits)} signs."
            )
        return "-".join(filter(None, (digits[:2], digits[2:6], digits[6:10], digits[10:])))

    def clean_local_id(self) -> str:
        """A number with at least one letter or digit in it."""
        text = self.words("local_id")
        if not any(c.isalnum() for c in text):
            raise forms.ValidationError("Write letters or digits.")
        return text

    def identity(self) -> Identity:
        """What was typed."""
        born: date = self.cleaned_data["birth_date"]
        texts = ("name", "latin_name", "local_id", "sex", "telephone", "email", "channel", "language", "abha")
        return Identity(birth_date=born, **{name: self.words(name) for name in texts})


class CorrectionForm(PatientForm):
    """Identity put right, with the reason."""

    reason = _text("Reason for the change", 300, help_text="Stays on record beside what it was before.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, patient: Patient) -> None:
        """The form with what is on record."""
        names = [n for n in self.base_fields if n not in ("key", "reason")]
        super().__init__(data, initial={name: getattr(patient, name) for name in names})
