"""What rules may ask about a patient: each fact by name, with its words or unit, and how to read it.

A number that counts back in time is infinite when the thing never happened, and unknown when nobody asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from types import MappingProxyType
from typing import Any

from enthesis.domain.selection.drugs import DrugRule, class_of
from enthesis.domain.selection.facts import PatientFacts
from enthesis.domain.selection.logic import UNKNOWN_MEMBER, AtMost
from enthesis.domain.selection.product_classes import ProductClass, classes_of
from enthesis.domain.selection.words import SPINE_REGIONS, WORDS
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["FACETS", "STAGES", "Facet", "facets_of"]

STAGES = ("none", "early", "moderate", "severe", "end-stage")
DAYS_PER_MONTH = 30.44  # mean of the Gregorian calendar


@dataclass(frozen=True, slots=True)
class Facet:
    """A fact that rules may ask about: ``kind`` is word, list, flag or number; ``given`` by which fields."""

    name: str
    label: str
    kind: str
    given: str
    choices: tuple[str, ...] = ()
    unit: str = ""
    counts_back: bool = False


def _facet(name: str, label: str, kind: str, given: str = "", **more: Any) -> Facet:
    return Facet(name, label, kind, given or name, **more)


_FACETS = (
    _facet("condition", "condition", "word"),
    _facet("region", "region", "word", "condition"),
    _facet("family", "family of the condition", "word", "condition"),
    _facet("intervention", "proposed injection", "list"),
    _facet("product", "what is injected", "list", "intervention", choices=tuple(ProductClass)),
    _facet("country", "country", "word"),
    _facet("stage", "stage by the grading system", "word", "grading", choices=STAGES),
    _facet("duration_months", "duration of symptoms", "number", unit="months"),
    _facet("conservative_care_months", "conservative care so far", "number", unit="months"),
    _facet("age_years", "age", "number", unit="years"),
    _facet("bmi", "body mass index", "number", unit="kg/m²"),
    _facet("platelets_e9_per_l", "platelets in blood", "number", "platelets", unit="× 10⁹/L"),
    _facet("haemoglobin_g_per_dl", "haemoglobin", "number", "haemoglobin", unit="g/dL"),
    _facet("hba1c_percent", "HbA1c", "number", unit="%"),
    _facet("tear_depth", "depth of the tear", "word", "tear.depth", choices=WORDS["tear_depth"]),
    _facet("tear_retracted", "retracted tear", "flag", "tear.retracted"),
    _facet("disc_height_percent", "disc height left", "number", "disc.height_percent", unit="%"),
    _facet("protrusion_mm", "disc protrusion", "number", "disc.protrusion_mm", unit="mm"),
    _facet("extrusion", "disc extrusion or sequestration", "flag", "disc.extrusion"),
    _facet("canal_compromise", "severe canal compromise at the level", "flag", "disc.canal_compromise"),
    _facet("spondylolysis", "spondylolysis", "flag", "disc.spondylolysis"),
    _facet("modic", "Modic changes", "word", "disc.modic", choices=WORDS["modic"]),
    _facet("unstable", "instability", "flag"),
    _facet("malalignment_degrees", "malalignment", "number", unit="°"),
    _facet(
        "surgery_months_ago", "last surgery at the site", "number", "prior_surgery", unit="months ago",
        counts_back=True,
    ),
    _facet("operated", "any surgery at the site", "flag", "prior_surgery"),
    _facet("failed_surgery", "failed surgery at the site", "flag", "prior_surgery"),
    _facet("failed_injection", "this product given here before without benefit", "flag", "prior_injections"),
    _facet(
        "steroid_injection_days_ago", "corticosteroid injected at the site", "number", "prior_injections",
        unit="days ago", counts_back=True,
    ),
    _facet("drug_classes", "medicines taken", "list", "drugs", choices=(
        "anticoagulant", "antiplatelet", "nsaid", "systemic-corticosteroid",
    )),
    _facet("nsaid_days_ago", "last dose of an NSAID", "number", "drugs", unit="days ago", counts_back=True),
    _facet(
        "systemic_steroid_days_ago", "last dose of a systemic corticosteroid", "number", "drugs",
        unit="days ago", counts_back=True,
    ),
    _facet("allergies", "allergies", "list", choices=WORDS["allergies"]),
    _facet("red_flags", "red flags", "list", choices=WORDS["red_flags"]),
    _facet("infection", "infection", "word", choices=WORDS["infection"]),
    _facet("fever_or_illness", "recent fever or illness", "flag"),
    _facet("malignancy", "malignancy", "word", choices=WORDS["malignancy"]),
    _facet("malignancy_of_blood_or_bone", "malignancy of blood or bone", "flag"),
    _facet("pregnant", "pregnancy", "flag"),
    _facet("breast_feeding", "breast-feeding", "flag"),
    _facet("platelet_dysfunction", "platelet dysfunction", "flag"),
    _facet("bleeding_disorder", "bleeding disorder", "flag"),
    _facet("haemodynamically_unstable", "haemodynamic instability", "flag"),
    _facet("inflammatory_arthritis", "inflammatory arthritis", "flag"),
    _facet("smoker", "smoking", "flag"),
    _facet("severe_psychological_illness", "severe psychological illness", "flag"),
    _facet("accepts_risk", "accepts the risk after being told", "flag"),
    _facet("expectation", "what the patient expects", "word", choices=WORDS["expectation"]),
    _facet("activator", "activator", "word", choices=WORDS["activator"]),
    _facet("in_approved_trial", "treated inside an approved trial", "flag"),
    _facet("authorised_product", "the product is one that the country has authorised", "flag"),
)  # fmt: skip

FACETS: Mapping[str, Facet] = MappingProxyType({facet.name: facet for facet in _FACETS})

# Facets that stand in the facts as they are.
_AS_GIVEN = tuple(
    name for name, facet in FACETS.items() if facet.kind in ("word", "flag", "number")
    and name in PatientFacts.__dataclass_fields__
)  # fmt: skip


def facets_of(
    facts: PatientFacts,
    vocabulary: Vocabulary,
    stages: Mapping[str, Mapping[str, str]],
    drugs: Iterable[DrugRule],
    today: date,
) -> Mapping[str, Any]:
    """Every fact that rules may ask about; None where it is not known.

    Args:
        facts: Facts of the patient.
        vocabulary: Region and family of the condition.
        stages: Stage by grading system and grade.
        drugs: The rules that say which class a medicine belongs to.
        today: The day of the consultation.
    """
    condition = vocabulary.conditions[facts.condition]
    known = {name: getattr(facts, name) for name in _AS_GIVEN}
    known |= {
        "region": condition.region,
        "family": condition.family,
        "intervention": frozenset(facts.intervention.split("+")),
        "product": classes_of(facts.intervention),
        "allergies": _set(facts.allergies),
        "red_flags": _set(facts.red_flags),
        "stage": _stage(facts, stages),
        **_of_drugs(facts, tuple(drugs), today),
        **_of_history(facts, today),
    }
    if facts.malignancy == "none":
        known["malignancy_of_blood_or_bone"] = False
    if facts.sex == "male":
        known |= {"pregnant": False, "breast_feeding": False}
    if condition.region not in SPINE_REGIONS:
        known |= dict.fromkeys(("extrusion", "canal_compromise", "spondylolysis"), False)
    return MappingProxyType(known)


def _set(words: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if words is None else frozenset(words)


def _stage(facts: PatientFacts, stages: Mapping[str, Mapping[str, str]]) -> str | None:
    return stages.get(facts.grading.system, {}).get(facts.grading.code) if facts.grading else None


def _of_drugs(facts: PatientFacts, rules: tuple[DrugRule, ...], today: date) -> dict[str, Any]:
    if facts.drugs is None:
        return {}
    taken = [(class_of(drug, rules) or UNKNOWN_MEMBER, drug.last_dose) for drug in facts.drugs]
    return {
        "drug_classes": frozenset(cls for cls, _ in taken),
        "nsaid_days_ago": _last_dose("nsaid", taken, today),
        "systemic_steroid_days_ago": _last_dose("systemic-corticosteroid", taken, today),
    }


def _last_dose(wanted: str, taken: list[tuple[str, date | None]], today: date) -> float | None:
    """Days since the last dose of a class; a medicine that nobody could place may belong to it."""
    return _since(
        (day if cls == wanted else None for cls, day in taken if cls in (wanted, UNKNOWN_MEMBER)), today
    )


def _of_history(facts: PatientFacts, today: date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if facts.prior_surgery is not None:
        here = [s for s in facts.prior_surgery if s.same_site is not False]
        ago = _since((s.on for s in here), today)
        found["operated"] = _any(s.same_site for s in here)
        found["surgery_months_ago"] = None if ago is None else type(ago)(ago / DAYS_PER_MONTH)
        found["failed_surgery"] = _any(
            _and(s.same_site, None if s.outcome in (None, "not-known") else s.outcome == "failed")
            for s in here
        )
    if facts.prior_injections is not None:
        here_too = [i for i in facts.prior_injections if i.same_site is not False]
        steroids = [i for i in here_too if "corticosteroid" in i.product.split("+")]
        found["steroid_injection_days_ago"] = _since((i.on for i in steroids), today)
        found["failed_injection"] = _any(
            _and(i.same_site, None if i.result in (None, "not-known") else i.result != "helped")
            for i in here_too
            if i.product == facts.intervention
        )
    return found


def _since(days: Iterable[date | None], today: date) -> float | None:
    """Days since the latest: infinite for none at all; where a day is unknown, at most that of the others."""
    held = list(days)
    known = [float((today - day).days) for day in held if day is not None]
    if len(known) == len(held):
        return min(known, default=inf)
    return AtMost(min(known)) if known else None


def _and(*parts: bool | None) -> bool | None:
    return False if False in parts else None if None in parts else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    held: list[bool | None] = list(parts)
    return True if True in held else None if None in held else False
