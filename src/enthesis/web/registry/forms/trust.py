"""The forms by which a record is put right, asked about, answered for and signed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.domain.episodes.adverse_events import Causality, HarmOutcome, Seriousness
from enthesis.domain.episodes.grading import systems_for
from enthesis.domain.instruments import Instrument
from enthesis.web.registry.actions.course_notes import CARE_KINDS
from enthesis.web.registry.forms.course_notes import MODALITIES
from enthesis.web.registry.forms.entry_form import EntryForm, LinesBox, date_field
from enthesis.web.registry.forms.episode import grade_choices, wording_choices
from enthesis.web.registry.forms.injection import GAUGES
from enthesis.web.registry.models import Imaging, Response
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.records.field_words import field_label
from enthesis.web.registry.records.row_kinds import kind_of_row

__all__ = ["AnswersForm", "CorrectionForm", "QueryAnswerForm", "QueryForm", "SignForm", "TakeBackForm"]

# Words of lists that the database keeps as plain text.
LISTS: dict[str, list[tuple[str, str]]] = {
    "cause_product": [(c.value, c.value) for c in Causality],
    "cause_procedure": [(c.value, c.value) for c in Causality],
    "outcome": [(o.value, o.value.replace("-", " ")) for o in HarmOutcome],
    "grade": [(str(grade), str(grade)) for grade in range(1, 6)],
    "modality": [(m, m) for m in MODALITIES],
    "kind": list(CARE_KINDS.items()),
}
# Fields of which nobody may know yet.
THREE_WAY = frozenset({"expected"})
YES_NO = {None: "", True: "yes", False: "no"}


class _ReasonForm(EntryForm):
    """A form that changes nothing without a reason."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Reason", max_length=300, help_text="Such as: read from the wrong line of the sheet."
    )


class CorrectionForm(_ReasonForm):
    """The fields of a row that may be put right, each with its present value.

    A grade is one choice with its system, as where it was first recorded; a moment is shown as its day.
    """

    places: ClassVar[Mapping[str, str]] = {"system": "grade", "wording": "grade_wording"}

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: AboutPatient) -> None:
        """The form of one row."""
        self.row = row
        self.names = tuple(name for name in kind_of_row(row).fields if name != "grading_system")
        super().__init__(data, initial={name: self._shown(name) for name in self.names})
        reason = self.fields.pop("reason")
        for name in self.names:
            self.fields[name] = self._grade_box(name) or _box(row._meta.get_field(name), name)
        self.fields["reason"] = reason

    def values(self) -> dict[str, Any]:
        """What was typed, by field."""
        values = {name: self._typed(name) for name in self.names}
        if isinstance(self.row, Imaging):
            values["grading_system"], _, values["grade"] = self.words("grade").partition(":")
        return values

    def _shown(self, name: str) -> Any:
        value = getattr(self.row, name)
        if isinstance(self.row, Imaging) and name == "grade":
            return f"{self.row.grading_system}:{value}" if value else ""
        if isinstance(value, datetime):
            return value.astimezone(self._zone).date()
        return YES_NO.get(value, value) if name in THREE_WAY else value

    def _typed(self, name: str) -> Any:
        typed, held = self.cleaned_data[name], getattr(self.row, name)
        if name in THREE_WAY:
            return {words: value for value, words in YES_NO.items()}[typed]
        if isinstance(held, datetime):
            same = typed == held.astimezone(self._zone).date()
            return held if same else datetime.combine(typed, time(0), self._zone)
        return typed

    def _grade_box(self, name: str) -> forms.Field | None:
        if not isinstance(self.row, Imaging) or name not in ("grade", "grade_wording"):
            return None
        systems = systems_for(load_grading_systems(), self.row.episode.condition)
        choices = grade_choices(systems) if name == "grade" else wording_choices(systems)
        held = self._shown(name)
        if held and held not in {
            value for _, group in choices if isinstance(group, list) for value, _ in group
        }:
            choices.append((held, f"{held.replace(':', ' ')}, as on record"))
        return forms.ChoiceField(label=field_label(name), choices=choices, required=False)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.row.site.time_zone)


class TakeBackForm(EntryForm):
    """Why a record is taken back."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Why it is taken back",
        max_length=150,
        help_text="Such as: entered for the wrong patient. The record stays and says so.",
    )


class AnswersForm(_ReasonForm):
    """The answers of one questionnaire, item by item."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, response: Response, instrument: Instrument
    ) -> None:
        """The form of one response."""
        self.items = tuple(item.id for item in instrument.items)
        super().__init__(data, initial={f"item-{n}": response.answers.get(n) for n in self.items})
        self.places_here = {name: f"item-{name}" for name in self.items}
        reason = self.fields.pop("reason")
        for name in self.items:
            box = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            self.fields[f"item-{name}"] = forms.FloatField(label=name, required=False, widget=box)
        self.fields["reason"] = reason

    def answers(self) -> dict[str, float | None]:
        """Answers by item; None where it is left empty."""
        return {name: self.cleaned_data[f"item-{name}"] for name in self.items}


class QueryForm(EntryForm):
    """A question of the registry lead."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field = forms.ChoiceField(label="About", required=False)
    text = forms.CharField(
        label="Question", max_length=500, widget=LinesBox(3), help_text="Never write a name here."
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, names: Iterable[str]) -> None:
        """The form about one row."""
        super().__init__(data)
        choices = [("", "the whole record"), *((name, field_label(name)) for name in names)]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]


class QueryAnswerForm(EntryForm):
    """An answer of the site, or the lead's closing."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label="Answer", max_length=500, widget=LinesBox(3))


class SignForm(EntryForm):
    """What a signature says, and the password of who signs."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    meaning = forms.ChoiceField(label="My signature says", widget=forms.RadioSelect)
    password = forms.CharField(
        label="Password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Signing asks for it every time: the record shows that it was you.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, meanings: Iterable[str], shown: str) -> None:
        """The form under one row as it was shown."""
        meanings = tuple(meanings)
        super().__init__(data, initial={"shown": shown, "meaning": meanings[0] if meanings else ""})
        self.fields["meaning"].choices = [(m, m) for m in meanings]  # type: ignore[attr-defined]
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


def _box(field: Any, name: str) -> forms.Field:
    label, required = field_label(name), not (field.blank or field.null)
    if isinstance(field, models.DateField):
        return date_field(label, required=required)
    if name == "serious":
        return forms.MultipleChoiceField(
            label=label, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(s.value, s.value.replace("-", " ")) for s in Seriousness],
        )  # fmt: skip
    if name in THREE_WAY:
        choices = [("", "not assessed yet"), ("yes", "expected"), ("no", "unexpected")]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if name in LISTS and not field.choices:
        as_stored = int if isinstance(field, models.IntegerField) else str
        return forms.TypedChoiceField(label=label, choices=LISTS[name], required=required, coerce=as_stored)
    if isinstance(field, models.TextField):
        return forms.CharField(label=label, required=required, max_length=4000, widget=LinesBox(3))
    made = field.formfield(label=label, required=required, help_text="")
    if name == "needle_gauge":
        made.validators += [MinValueValidator(GAUGES[0]), MaxValueValidator(GAUGES[1])]
    if isinstance(field, models.DecimalField | models.IntegerField):
        made.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return made
