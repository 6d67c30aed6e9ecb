"""The forms of a harm: as recorded by the clinic, and as judged."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from enthesis.domain.episodes.adjudication import AdjudicationAct
from enthesis.domain.episodes.adverse_events import Causality, HarmOutcome, Seriousness
from enthesis.web.registry.actions.adverse_events import HarmEntry
from enthesis.web.registry.forms.entry_form import EntryForm, LinesBox, date_field
from enthesis.web.registry.models import Injection
from enthesis.web.registry.records.adverse_events import reporting_in_use

__all__ = ["HarmForm", "JudgementForm", "ReportForm"]

EXPECTED = {"": None, "yes": True, "no": False}


def _words(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value.replace("-", " ")) for value in values]


def _causes() -> list[tuple[str, str]]:
    means = reporting_in_use().causality
    return [("", "choose"), *((c.value, f"{c.value}: {means.get(c.value, '')}") for c in Causality)]


class HarmForm(EntryForm):
    """One harm or suspected harm."""

    places: ClassVar[Mapping[str, str]] = {
        "onset": "started_on", "resolved": "ended_on", "seriousness": "serious", "expectedness": "expected",
        "causality_product": "cause_product", "causality_procedure": "cause_procedure",
        "grade, seriousness": "serious", "seriousness, outcome": "outcome", "grade, outcome": "grade",
    }  # fmt: skip
    term = forms.ChoiceField(label="What happened")
    other_term = forms.CharField(
        label="In words", max_length=100, required=False, help_text="If no word of the list fits."
    )
    injection = forms.ChoiceField(label="After which injection", required=False)
    started_on = date_field("Began on")
    known_on = date_field("Clinic learnt of it on", help_text="The reporting clock starts here.")
    grade = forms.TypedChoiceField(label="Grade (CTCAE 5.0)", coerce=int, widget=forms.RadioSelect)
    serious = forms.MultipleChoiceField(
        label="Serious because",
        required=False,
        choices=_words(Seriousness),
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick what applies; none means not serious. Severe is not the same as serious.",
    )
    cause_product = forms.ChoiceField(label="Caused by the product")
    cause_procedure = forms.ChoiceField(label="Caused by the procedure")
    expected = forms.ChoiceField(
        label="Expected",
        required=False,
        choices=(("", "not assessed yet"), ("yes", "expected"), ("no", "unexpected")),
    )
    outcome = forms.ChoiceField(label="Outcome so far", choices=_words(HarmOutcome))
    ended_on = date_field("Ended on", required=False)
    description = forms.CharField(
        label="What was seen and done", required=False, max_length=4000, widget=LinesBox(4)
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        injections: Iterable[Injection],
        today: date,
        chosen: str = "",
    ) -> None:
        """The form for one episode."""
        self.injections = {str(i.key): i for i in injections}
        latest = next(reversed(self.injections), "")
        super().__init__(
            data,
            initial={
                "known_on": today,
                "injection": chosen if chosen in self.injections else latest,
                "outcome": HarmOutcome.NOT_RECOVERED.value,
            },
        )
        rules = reporting_in_use()
        self.labels = {term.id: term.label for term in rules.terms}
        self._choose("term", [("", "choose"), *self.labels.items()])
        self._choose("grade", [(str(g), f"{g}. {means}") for g, means in rules.grades.items()])
        told = [(key, f"{i.given_on:%-d %b %Y}: {i.target}") for key, i in self.injections.items()]
        self._choose("injection", [("", "none, or not known"), *told])
        self._choose("cause_product", _causes())
        self._choose("cause_procedure", _causes())

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A word of one's own where the list has none."""
        if self.words("term") == "other" and not self.words("other_term"):
            self.add_error("other_term", "Say in a few words what happened.")
        return self.cleaned_data

    def entry(self) -> HarmEntry:
        """What was typed."""
        values = self.cleaned_data
        term = self.words("term")
        return HarmEntry(
            term=self.words("other_term") if term == "other" else self.labels[term], grade=values["grade"],
            serious=values["serious"], started_on=values["started_on"], known_on=values["known_on"],
            cause_product=self.words("cause_product"), cause_procedure=self.words("cause_procedure"),
            expected=EXPECTED[self.words("expected")], outcome=self.words("outcome"),
            ended_on=values["ended_on"], injection=self.injections.get(self.words("injection")),
            description=self.words("description"),
        )  # fmt: skip


class JudgementForm(EntryForm):
    """One step of adjudication."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    act = forms.ChoiceField(label="Step", choices=_words(AdjudicationAct))
    reason = forms.CharField(label="Reason, question or answer", max_length=300, required=False)


class ReportForm(EntryForm):
    """The day a harm was reported."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reported_on = date_field("Reported on")
