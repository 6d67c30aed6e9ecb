"""The forms of images, care and end points."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.domain.episodes.closures import ClosureReason, LostReason
from enthesis.domain.episodes.grading import systems_for
from enthesis.web.registry.actions.course_notes import CARE_KINDS
from enthesis.web.registry.forms.entry_form import EntryForm, LinesBox, date_field
from enthesis.web.registry.forms.episode import grade_choices, wording_choices
from enthesis.web.registry.models import Episode

__all__ = ["CareForm", "EndPointForm", "ImageForm"]

MODALITIES = ("radiograph", "ultrasound", "mri", "ct", "arthroscopy", "other")
ENDINGS = {
    ClosureReason.SURGERY: "surgery at this place",
    ClosureReason.REPEAT_INJECTION: "another injection into this place, here or elsewhere",
    ClosureReason.LOST: "lost to follow-up",
    ClosureReason.WITHDREW: "withdrew from follow-up",
    ClosureReason.DIED: "died",
    ClosureReason.OTHER: "other",
}


class ImageForm(EntryForm):
    """One image read."""

    places: ClassVar[Mapping[str, str]] = {"system": "grade", "wording": "grade_wording"}
    taken_on = date_field("Taken on")
    modality = forms.ChoiceField(
        label="Kind of image", choices=[(m, m.upper() if m in ("mri", "ct") else m) for m in MODALITIES]
    )
    grade = forms.ChoiceField(label="Grade", required=False)
    grade_wording = forms.ChoiceField(label="Wording read", required=False)
    findings = forms.CharField(label="Findings", required=False, max_length=4000, widget=LinesBox(4))
    image_reference = forms.CharField(label="Number of the stored image", required=False, max_length=120)

    def __init__(self, data: Mapping[str, Any] | None = None, *, episode: Episode, today: date) -> None:
        """The form with grades that fit the condition."""
        super().__init__(data, initial={"taken_on": today})
        systems = systems_for(load_grading_systems(), episode.condition)
        self.fields["grade"].choices = grade_choices(systems)  # type: ignore[attr-defined]
        self.fields["grade_wording"].choices = wording_choices(systems)  # type: ignore[attr-defined]

    def image(self) -> dict[str, Any]:
        """What was typed."""
        system, _, grade = self.words("grade").partition(":")
        texts = ("modality", "findings", "image_reference")
        return {
            "system": system,
            "grade": grade,
            "wording": self.words("grade_wording"),
            "taken_on": self.cleaned_data["taken_on"],
            **{name: self.words(name) for name in texts},
        }


class CareForm(EntryForm):
    """Care beside the injection."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "choose"), *CARE_KINDS.items()])
    what = forms.CharField(
        label="What", max_length=300, help_text="Such as eccentric loading, 3 x 15 twice a day."
    )
    started_on = date_field("From")
    ended_on = date_field("Until", required=False)


class EndPointForm(EntryForm):
    """What ends or changes observation."""

    reason = forms.ChoiceField(
        label="What happened", choices=[("", "choose"), *((r.value, w) for r, w in ENDINGS.items())]
    )
    on = date_field("Day", help_text="The day it happened, not the day it became known.")
    lost_because = forms.ChoiceField(
        label="Lost because",
        required=False,
        choices=[("", "not lost"), *((r.value, r.value.replace("-", " ")) for r in LostReason)],
    )
    note = forms.CharField(label="In words", required=False, max_length=250)

    def chosen(self) -> tuple[ClosureReason, LostReason | None]:
        """Reason, and why somebody was lost."""
        lost = self.words("lost_because")
        return ClosureReason(self.words("reason")), LostReason(lost) if lost else None
