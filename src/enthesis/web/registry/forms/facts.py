"""Boxes for the facts a consultation asks for, made from the list of facts that its rules may use."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from enthesis.domain.selection.facets import FACETS, Facet
from enthesis.domain.selection.words import SPINE_REGIONS
from enthesis.domain.vocabulary import Condition
from enthesis.errors import Fault, InvalidData

__all__ = ["fact_fields", "facts_of", "initial_facts", "read_items"]

# Derived from other boxes, or of the proposed injection and not of the patient.
ELSEWHERE = frozenset(
    {
        "condition", "region", "family", "intervention", "product", "country", "stage", "duration_months",
        "age_years", "surgery_months_ago", "failed_surgery", "failed_injection", "steroid_injection_days_ago",
        "drug_classes", "nsaid_days_ago", "systemic_steroid_days_ago", "activator", "in_approved_trial",
        "authorised_product", "accepts_risk", "expectation", "haemodynamically_unstable", "fever_or_illness",
    }
)  # fmt: skip
WITH_UNIT = {"platelets": "With unit, such as 210 10^9/L.", "haemoglobin": "With unit, such as 13.1 g/dL."}
TENDONS = "tendon-soft-tissue"
YES_NO = (("", "not asked"), ("yes", "yes"), ("no", "no"))
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What the pieces of a line of history may be, besides a day.
RESULTS = ("helped", "no-change", "worse", "failed", "not-known")
PLACES = {"here": True, "elsewhere": False}


def fact_fields(condition: Condition | None, sex: str) -> Iterator[tuple[str, forms.Field]]:
    """Boxes by the path of the fact, for the region treated and the sex of the patient."""
    yield "height_cm", forms.FloatField(label="Height, cm", required=False)
    yield "weight_kg", forms.FloatField(label="Weight, kg", required=False)
    for facet in FACETS.values():
        if facet.name not in ELSEWHERE and facet.given != "bmi" and _is_asked(facet, condition, sex):
            yield facet.given, _field(facet)


def facts_of(cleaned: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Document of the facts that were answered; ``names`` gives the path of each box."""
    document: dict[str, Any] = {}
    for box, path in names.items():
        value = cleaned.get(box)
        if value in (None, "", []):
            continue
        value = {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value
        if isinstance(value, list):
            value = [] if "none" in value else value
        group, _, name = path.rpartition(".")
        (document.setdefault(group, {}) if group else document)[name] = value
    return document


def initial_facts(facts: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the boxes of facts on record."""
    found = {}
    for box, path in names.items():
        group, _, name = path.rpartition(".")
        held = facts.get(group, {}) if group else facts
        if name in held:
            value = held[name]
            found[box] = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            if value == []:
                found[box] = ["none"]
    return found


def read_items(lines: list[str], first: str, where: str) -> list[dict[str, Any]]:
    """Lines of history such as ``corticosteroid; 2026-05-01; helped; here`` as items of the document.

    Raises:
        InvalidData: A piece that is neither a day, a result nor a place, where those are asked.
    """
    items, faults = [], []
    for line in lines:
        head, *pieces = [piece.strip() for piece in line.split(";")]
        item: dict[str, Any] = {first: head}
        for piece in filter(None, pieces):
            if DAY.fullmatch(piece):
                item["last_dose" if first == "name" else "date"] = piece
            elif first == "name":
                item["indication"] = piece
            elif piece in PLACES:
                item["same_site"] = PLACES[piece]
            elif piece in RESULTS:
                item["outcome" if first == "what" else "result"] = piece
            else:
                repair = f"Use a day like 2026-05-01, {', '.join(RESULTS)}, here or elsewhere."
                faults.append(Fault(f"'{piece}' is not understood.", where, repair))
        items.append(item)
    if faults:
        raise InvalidData(faults)
    return items


def _is_asked(facet: Facet, condition: Condition | None, sex: str) -> bool:
    if facet.name in ("pregnant", "breast_feeding"):
        return sex != "male"
    if condition is None:
        return True
    if facet.given.startswith("disc."):
        return condition.region in SPINE_REGIONS
    if facet.given.startswith("tear."):
        return condition.family == TENDONS
    return facet.name != "malalignment_degrees" or condition.region not in SPINE_REGIONS


def _field(facet: Facet) -> forms.Field:
    label = f"{facet.label[:1].upper()}{facet.label[1:]}{', ' + facet.unit if facet.unit else ''}"
    if facet.given in WITH_UNIT:
        label = f"{facet.label[:1].upper()}{facet.label[1:]}"
        return forms.CharField(label=label, required=False, max_length=40, help_text=WITH_UNIT[facet.given])
    if facet.kind == "number":
        return forms.FloatField(label=label, required=False)
    if facet.kind == "flag":
        return forms.ChoiceField(label=label, required=False, choices=YES_NO)
    words = [(word, word.replace("-", " ")) for word in facet.choices]
    if facet.kind == "word":
        return forms.ChoiceField(label=label, required=False, choices=[("", "not known"), *words])
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[("none", "none of these"), *words],
        widget=forms.CheckboxSelectMultiple,
    )
