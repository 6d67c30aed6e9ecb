"""The form of an episode: what is treated, how bad it is, and what a consultation needs to know."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.domain.episodes.grading import GradingSystem, systems_for
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.episodes import EpisodeEntry
from enthesis.web.registry.forms.entry_form import EntryForm, LinesBox, date_field
from enthesis.web.registry.forms.facts import fact_fields, facts_of, initial_facts, read_items
from enthesis.web.registry.models import Episode, Patient

__all__ = ["EpisodeForm", "condition_choices", "grade_choices", "wording_choices"]

NONE = "none"


def condition_choices() -> list[tuple[str, Any]]:
    """Conditions of the vocabulary, those of the spine apart."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for word in current().evidence.vocabulary.conditions.values():
        groups.setdefault(word.family.replace("-", " "), []).append((word.id, word.label))
    return [("", "choose"), *((family.capitalize(), words) for family, words in groups.items())]


def grade_choices(systems: Iterable[GradingSystem]) -> list[tuple[str, Any]]:
    """Grades by system, each with what it stands for."""
    return [
        ("", "not graded"),
        *((s.name, [(f"{s.id}:{g.code}", f"{g.code}: {g.meaning}") for g in s.grades]) for s in systems),
    ]


def wording_choices(systems: Iterable[GradingSystem]) -> list[tuple[str, Any]]:
    """Wordings by system, each with how it differs."""
    return [
        ("", "choose"),
        *((s.name, [(w.id, f"{w.id.replace('-', ' ')}: {w.differs}") for w in s.wordings]) for s in systems),
    ]


def _lines(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=2000, widget=LinesBox()
    )


class EpisodeForm(EntryForm):
    """One course of a complaint; grades offered are those that fit the condition."""

    places: ClassVar[Mapping[str, str]] = {
        "system": "grade", "wording": "grade_wording", "grading.system": "grade", "grading.grade": "grade",
        "grading.wording": "grade_wording", "duration_months": "symptoms_since",
    }  # fmt: skip
    condition = forms.ChoiceField(label="Condition")
    side = forms.ChoiceField(label="Side", choices=[("", "choose"), *Episode.Side.choices])
    level = forms.CharField(
        label="Level or joint", required=False, max_length=40, help_text="Of the spine, such as L4-L5."
    )
    opened_on = date_field("First seen for this on")
    symptoms_since = date_field(
        "Symptoms since", required=False, help_text="About; the first of a month will do."
    )
    grade = forms.ChoiceField(label="Grade", required=False)
    grade_wording = forms.ChoiceField(
        label="Wording read", required=False, help_text="Two wordings may put one picture in two grades."
    )
    graded_on = date_field("Day of the image graded", required=False)
    prior_treatments = _lines("Treatments before", "One a line.")
    prior_injections = _lines(
        "Injections before",
        "One a line, as: corticosteroid; 2026-05-01; helped; here. Write none if there were none.",
    )
    prior_surgery = _lines(
        "Surgery before", "One a line, as: meniscectomy; 2019-03-01; failed; here. Write none if none."
    )
    comorbidities = _lines("Other illnesses", "One a line.")
    drugs = _lines(
        "Medicines",
        "One a line, as: warfarin; 2026-11-20; atrial fibrillation. Write none if there are none.",
    )
    notes = forms.CharField(label="Notes", required=False, max_length=4000, widget=LinesBox())

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        patient: Patient,
        condition: str = "",
        episode: Episode | None = None,
        today: date,
    ) -> None:
        """The form for one condition, empty or with what is on record."""
        held = _on_record(episode) if episode else {"opened_on": today, "condition": condition}
        super().__init__(data, initial=held)
        chosen = str((data or {}).get("condition") or condition or (episode.condition if episode else ""))
        self.systems = systems_for(load_grading_systems(), chosen)
        word = current().evidence.vocabulary.conditions.get(chosen)
        self._set_choices()
        self.fact_names = {}
        for path, field in fact_fields(word, patient.sex):
            name = f"fact_{path.replace('.', '_')}"
            self.fields[name], self.fact_names[name] = field, path
        by_path = {path: name for name, path in self.fact_names.items()}
        self.places_here = {**by_path, **{p.replace(".", "_"): n for p, n in by_path.items()}}
        if episode:
            self.initial.update(initial_facts(episode.facts, self.fact_names))

    def _set_choices(self) -> None:
        self.fields["condition"].choices = condition_choices()  # type: ignore[attr-defined]
        self.fields["grade"].choices = grade_choices(self.systems)  # type: ignore[attr-defined]
        self.fields["grade_wording"].choices = wording_choices(self.systems)  # type: ignore[attr-defined]
        for name, message in (("grade", "This grade belongs to no system for this condition."),):
            self.fields[name].error_messages["invalid_choice"] = message

    @property
    def record_boxes(self) -> list[forms.BoundField]:
        """Boxes of the episode itself."""
        return [field for field in self.visible_fields() if field.name not in self.fact_names]

    @property
    def fact_boxes(self) -> list[forms.BoundField]:
        """Boxes of the consultation."""
        return [field for field in self.visible_fields() if field.name in self.fact_names]

    def entry(self) -> EpisodeEntry:
        """What was typed.

        Raises:
            InvalidData: A line of history that is not understood.
        """
        system, _, grade = self.words("grade").partition(":")
        facts = facts_of(self.cleaned_data, self.fact_names)
        for name, first in (("prior_injections", "product"), ("prior_surgery", "what")):
            if (lines := self.lines(name)) != []:
                facts[name] = [] if lines == [NONE] else read_items(lines, first, name)
        drugs = self.lines("drugs")
        if drugs == [NONE]:
            facts["drugs"] = []
        opened = self.day("opened_on")
        assert opened is not None  # noqa: S101, a required field of a valid form
        return EpisodeEntry(
            condition=self.words("condition"), side=self.words("side"), level=self.words("level"),
            grading_system=system, grade=grade, grade_wording=self.words("grade_wording"),
            graded_on=self.day("graded_on"), symptoms_since=self.day("symptoms_since"), opened_on=opened,
            facts=facts, prior_treatments=self.lines("prior_treatments"),
            comorbidities=self.lines("comorbidities"),
            drugs=[] if drugs == [NONE] else read_items(drugs, "name", "drugs"), notes=self.words("notes"),
        )  # fmt: skip


def _on_record(episode: Episode) -> dict[str, Any]:
    names = (
        "condition",
        "side",
        "level",
        "opened_on",
        "symptoms_since",
        "grade_wording",
        "graded_on",
        "notes",
    )
    held: dict[str, Any] = {name: getattr(episode, name) for name in names}
    held["grade"] = f"{episode.grading_system}:{episode.grade}" if episode.grading_system else ""
    held["prior_treatments"] = "\n".join(map(str, episode.prior_treatments))
    held["comorbidities"] = "\n".join(map(str, episode.comorbidities))
    none = NONE if episode.facts.get("drugs") == [] else ""
    held["drugs"] = "\n".join(map(_line, episode.drugs)) or none
    for name in ("prior_injections", "prior_surgery"):
        items = episode.facts.get(name)
        held[name] = NONE if items == [] else "\n".join(map(_line, items or ()))
    return held


def _line(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    words = {True: "here", False: "elsewhere"}
    return "; ".join(
        words.get(value, str(value)) if isinstance(value, bool) else str(value) for value in item.values()
    )
