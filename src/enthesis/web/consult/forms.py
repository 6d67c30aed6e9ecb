"""Forms that are kept: an override, a signed consent, an agreed plan."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from django import forms

from enthesis.domain.episodes.consent import Purpose
from enthesis.web.consult.actions.consultations import INSTEAD, REASONS
from enthesis.web.consult.present.phases import phase_span
from enthesis.web.consult.present.scenarios import advises_against
from enthesis.web.consult.signature import Strokes, read_strokes
from enthesis.web.registry.forms.entry_form import EntryForm, LinesBox
from enthesis.web.registry.models import Consent

__all__ = ["CostForm", "OverrideForm", "PlanForm", "SignedConsentForm"]

CHOOSE = ("", "choose")
SAYINGS = (("yes", "yes"), ("no", "no"))


class CostForm(EntryForm):
    """What the clinic says it costs."""

    cost = forms.CharField(
        label="What it costs here",
        required=False,
        max_length=200,
        help_text="All visits and tests, in the patient's language. Filled in again at the next "
        "consultation about this injection.",
    )


class OverrideForm(EntryForm):
    """What is done instead, and why."""

    instead = forms.ChoiceField(label="What is done instead")
    reason = forms.ChoiceField(label="Why", choices=[CHOOSE, *REASONS.items()])
    explanation = forms.CharField(
        label="In a sentence",
        max_length=500,
        widget=LinesBox(2),
        help_text="No names; the registry lead reads it.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, scenario: str) -> None:
        """Injecting is offered only where the answer advises against it."""
        super().__init__(data)
        offered = (
            INSTEAD.items()
            if advises_against(scenario)
            else [i for i in INSTEAD.items() if i[0] != "injected"]
        )
        self.fields["instead"].choices = [CHOOSE, *offered]  # type: ignore[attr-defined]


class SignedConsentForm(EntryForm):
    """Every purpose with a yes or a no, how it was given, and the signature; nothing is chosen beforehand."""

    means = forms.ChoiceField(
        label="How it is signed", choices=Consent.Means.choices, widget=forms.RadioSelect, initial="screen"
    )
    witness = forms.CharField(label="Witness", max_length=150, required=False)
    strokes = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200_000)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Mapping[str, Any] | None = None, *, shown: str) -> None:
        """The form below a document whose hash is ``shown``."""
        super().__init__(data, initial={"shown": shown, "means": Consent.Means.SCREEN})
        self.expected = shown
        for purpose in Purpose:
            self.fields[purpose.value] = forms.ChoiceField(choices=SAYINGS, widget=forms.RadioSelect)
            self.fields[purpose.value].error_messages["required"] = "Say yes or no."

    def clean_shown(self) -> str:
        """The very text on the screen is what is signed."""
        if self.cleaned_data["shown"] != self.expected:
            raise forms.ValidationError("The text has changed since it was shown. Read it again, then sign.")
        return self.expected

    def clean_strokes(self) -> Strokes:
        """Strokes as numbers; anything else is refused."""
        try:
            return read_strokes(json.loads(self.cleaned_data["strokes"] or "[]"))
        except (ValueError, TypeError, RecursionError):
            raise forms.ValidationError("The signature could not be read. Sign again.") from None

    def said(self) -> Iterator[tuple[UUID, Purpose, bool]]:
        """Key, purpose and answer of each decision; the keys follow from that of the form."""
        for purpose in Purpose:
            yield uuid5(self.entry_key, purpose.value), purpose, self.words(purpose.value) == "yes"


class PlanForm(EntryForm):
    """The rehabilitation template as the physician changes it, and the signature under it."""

    signed = forms.BooleanField(
        required=False, label="I have checked every part, the unverified ones too, and sign this plan"
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: Mapping[str, Any]) -> None:
        """Boxes for each phase and for the signs to call for."""
        self.plan = plan
        phases = plan["phases"]
        begun = {f"do-{at}": p["do"] for at, p in enumerate(phases)}
        begun |= {f"avoid-{at}": p["avoid"] for at, p in enumerate(phases)}
        begun |= {f"load-{at}": p["load_rule"] for at, p in enumerate(phases)}
        begun["red_flags"] = "\n".join(plan["red_flags"]["signs"])
        super().__init__(data, initial=begun)
        for name in begun:
            rows = max(4, len(plan["red_flags"]["signs"])) if name == "red_flags" else 2
            # What to do and when to call must stand in a signed plan; there may be nothing to avoid.
            needed = name.startswith(("do-", "red_flags"))
            self.fields[name] = forms.CharField(required=needed, max_length=1000, widget=LinesBox(rows))
        for at, _ in enumerate(phases):
            self.fields[f"do-{at}"].label = "Do"
            self.fields[f"avoid-{at}"].label = "Avoid"
            self.fields[f"load-{at}"].label = "Load rule"
        self.fields["red_flags"].label = "Call at once for (one a line)"

    def phase_boxes(self) -> list[tuple[str, Mapping[str, Any], list[Any]]]:
        """When each phase of the template is, the phase, and its boxes."""
        return [
            (phase_span(phase["days"]), phase, [self[f"{name}-{at}"] for name in ("do", "avoid", "load")])
            for at, phase in enumerate(self.plan["phases"])
        ]

    def agreed(self) -> dict[str, Any]:
        """The plan as it was sent."""
        phases = [
            {
                "name": phase["name"],
                "days": phase["days"],
                "goal": phase["goal"],
                "do": self.words(f"do-{at}"),
                "avoid": self.words(f"avoid-{at}"),
                "load_rule": self.words(f"load-{at}"),
                "source": phase["source"],
            }
            for at, phase in enumerate(self.plan["phases"])
        ]
        return {
            "template": self.plan["id"],
            "phases": phases,
            "advice": [{"topic": a["topic"], "text": a["text"]} for a in self.plan["advice"]],
            "red_flags": self.lines("red_flags"),
        }
