"""The form of an injection, with what it begins with."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from enthesis.web.accounts.models import User
from enthesis.web.calculators.present.product_fields import KINDS
from enthesis.web.calculators.present.product_form import record_of
from enthesis.web.calculators.present.product_limits import product_faults
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.injections import InjectionRecord
from enthesis.web.registry.forms.entry_form import EntryForm, LinesBox, date_field
from enthesis.web.registry.models import Episode, Injection
from enthesis.web.registry.present.product_boxes import fields_for, kind_of
from enthesis.web.registry.present.targets import targets_for
from enthesis.web.registry.queries.injections import operators_at

__all__ = ["GAUGES", "InjectionForm", "defaults", "intervention_choices"]

# What comes out of a syringe, in the order this field uses it; care without a needle stands elsewhere.
INJECTED = (
    "prp", "hyaluronic-acid", "corticosteroid", "prolotherapy-dextrose", "bmac", "msc-bone-marrow",
    "msc-adipose", "msc-umbilical", "msc-other", "svf", "microfragmented-fat", "aps", "acs", "plasma",
    "autologous-blood", "ozone", "local-anaesthetic", "high-volume-injection", "saline",
)  # fmt: skip
GAUGES = (1, 99)


def intervention_choices() -> list[tuple[str, str]]:
    """Injections of the vocabulary with their labels."""
    words = current().evidence.vocabulary.interventions
    return [(name, words[name].label) for name in INJECTED if name in words]


def defaults(episode: Episode, last: Injection | None, user: User, today: date) -> dict[str, Any]:
    """What a new injection begins with: today, oneself, and the values of the last one like it."""
    region = current().evidence.vocabulary.conditions[episode.condition].region
    begun: dict[str, Any] = {
        "given_on": today,
        "intervention": "prp",
        "target": next(iter(targets_for(region)), ""),
        "guidance": Injection.Guidance.ULTRASOUND.value,
        "operator": str(user.key),
    }
    if last is not None:
        kept = ("intervention", "target", "guidance", "needle_gauge", "local_anaesthetic")
        begun |= {name: getattr(last, name) for name in kept}
        if last.episode_id == episode.pk:
            begun["volume_ml"] = last.volume_ml.normalize()
        if last.preparation and last.preparation.kit:
            begun["kit"] = last.preparation.kit
    return begun


class InjectionForm(EntryForm):
    """One act of injecting; the boxes of the product stand beside it and are read from the same data."""

    places: ClassVar[Mapping[str, str]] = {"on": "given_on", "region": "volume_ml"}
    intervention = forms.ChoiceField(label="What was injected")
    given_on = date_field("Day")
    target = forms.CharField(label="Target", max_length=80, help_text="Structure the needle was aimed at.")
    guidance = forms.ChoiceField(label="Guidance", choices=Injection.Guidance.choices)
    volume_ml = forms.DecimalField(
        label="Volume injected, mL",
        max_digits=5,
        decimal_places=2,
        min_value=0,
        help_text="Into this target, now.",
    )
    needle_gauge = forms.IntegerField(
        label="Needle, gauge", required=False, min_value=GAUGES[0], max_value=GAUGES[1]
    )
    operator = forms.ChoiceField(label="Injected by")
    local_anaesthetic = forms.CharField(label="Local anaesthetic", max_length=80, required=False)
    image_reference = forms.CharField(label="Number of the stored image", max_length=120, required=False)
    kit = forms.CharField(label="Kit or device", max_length=120, required=False)
    lot = forms.CharField(label="Lot", max_length=60, required=False)
    consultation = forms.UUIDField(widget=forms.HiddenInput, required=False)
    notes = forms.CharField(label="Notes", max_length=4000, required=False, widget=LinesBox(2))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        episode: Episode,
        user: User,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """The form for one episode."""
        super().__init__(data, initial=initial)
        people = operators_at(episode.site)
        self.operators = {str(person.key): person for person in people}
        self.fields["intervention"].choices = intervention_choices()  # type: ignore[attr-defined]
        chosen = [(key, f"{p.name} (me)" if p == user else p.name) for key, p in self.operators.items()]
        self.fields["operator"].choices = [("", "choose"), *chosen]  # type: ignore[attr-defined]
        if initial and initial.get("operator") not in self.operators:
            self.initial["operator"] = next(iter(self.operators), "") if len(people) == 1 else ""
        region = current().evidence.vocabulary.conditions[episode.condition].region
        self.targets = targets_for(region)
        self.fields["target"].widget.attrs["list"] = "targets"
        self.fields["intervention"].widget.attrs |= {
            "hx-post": reverse("injection-derive", args=[episode.key]),
            "hx-target": "#product-part",
            "hx-swap": "outerHTML",
            "hx-sync": "#product-part:replace",  # the last choice counts; figures wait for its boxes
        }

    def clean(self) -> dict[str, Any]:
        """Boxes of the product hold what can be kept; the domain reads their meaning."""
        given = super().clean() or {}
        typed = {name: str(value) for name, value in self.data.items()}
        for label, fault in product_faults(typed, fields_for(self.intervention_chosen)):
            self.add_error(None, f"{label} {fault.message}")
        if typed.get("kind") and typed["kind"] not in dict(KINDS):
            self.add_error(None, "This kind of product is not known; choose one of the list.")
        return given

    @property
    def intervention_chosen(self) -> str:
        """Intervention the product boxes are for."""
        return str(self.data.get("intervention") or self.initial.get("intervention") or "prp")

    @property
    def product(self) -> dict[str, Any]:
        """The measured record as typed; empty when nothing was measured."""
        given = {name: str(value) for name, value in self.data.items()}
        record = record_of(given, fields_for(self.intervention_chosen))
        kind = kind_of(self.intervention_chosen, given)
        return {"kind": kind.value, **record} if record and kind else {}

    def record(self) -> InjectionRecord:
        """What was typed."""
        values = self.cleaned_data
        return InjectionRecord(
            intervention=self.words("intervention"), given_on=values["given_on"], target=self.words("target"),
            guidance=self.words("guidance"), volume_ml=values["volume_ml"],
            operator=self.operators[self.words("operator")], needle_gauge=values["needle_gauge"],
            local_anaesthetic=self.words("local_anaesthetic"), image_reference=self.words("image_reference"),
            consultation=values["consultation"], notes=self.words("notes"), kit=self.words("kit"),
            lot=self.words("lot"), product=self.product,
        )  # fmt: skip
