"""The boxes a consultation may ask, in the order a clinician thinks; which ones depends on the condition.

Every field of a facts file has its box here but ``instrument_range``; a test holds the two lists together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.episodes.grading import systems_for
from enthesis.domain.selection import FACETS
from enthesis.domain.selection.product_classes import classes_of
from enthesis.domain.selection.words import PAIRED_REGIONS, SPINE_REGIONS, WORDS
from enthesis.domain.vocabulary import Condition
from enthesis.web.evidence.state import current

__all__ = ["ROWS", "Choice", "FactField", "FactGroup", "RowField", "groups_for", "instrument_choices"]

Choice = tuple[str, str]
TENDONS = "tendon-soft-tissue"
PLATELET_UNITS = ("10^9/L", "10^3/µL", "/µL", "lakh/cumm")
HAEMOGLOBIN_UNITS = ("g/dL", "g/L", "mmol/L")
OUTCOMES_TOLD = ("pain", "function", "composite")
_BY_FIELD = {facet.given: facet for facet in reversed(tuple(FACETS.values()))}


@dataclass(frozen=True, slots=True)
class FactField:
    """One box: ``kind`` is number, measured (a number with its unit), flag, word, words or text."""

    path: str
    label: str
    kind: str
    choices: tuple[Choice, ...] = ()
    units: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RowField:
    """A list whose every entry has several boxes, and what the tick for 'none' says."""

    path: str
    label: str
    none: str
    fields: tuple[FactField, ...]


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Boxes under one heading."""

    id: str
    title: str
    fields: tuple[FactField, ...]
    rows: tuple[RowField, ...] = ()


def _words(path: str, label: str, choices: tuple[str, ...], kind: str = "word", hint: str = "") -> FactField:
    return FactField(path, label, kind, tuple((c, c.replace("-", " ")) for c in choices), hint=hint)


def _flag(path: str, label: str = "", hint: str = "") -> FactField:
    return FactField(path, label or _sentence(_BY_FIELD[path].label), "flag", hint=hint)


def _number(path: str, label: str, hint: str = "") -> FactField:
    return FactField(path, label, "number", hint=hint)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


_DAY_HINT = "Empty when the day is not known."
_HERE = FactField("same_site", "At the site now treated", "flag")
ROWS = {
    "drugs": RowField(
        "drugs",
        "Medicines that matter to bleeding, platelets or healing",
        "Takes none",
        (
            FactField("name", "Medicine", "text"),
            _words("class", "Class", WORDS["class"], hint="Where the name alone may not be known."),
            FactField("last_dose", "Last dose", "day", hint=_DAY_HINT),
            FactField("indication", "For", "text"),
        ),
    ),
    "prior_injections": RowField(
        "prior_injections",
        "Injections before",
        "Had none",
        (
            FactField("product", "Substance", "word"),
            FactField("date", "Day", "day", hint=_DAY_HINT),
            _words("result", "Result", WORDS["result"]),
            _HERE,
        ),
    ),
    "prior_surgery": RowField(
        "prior_surgery",
        "Operations before",
        "Had none",
        (
            FactField("what", "Operation", "text"),
            FactField("date", "Day", "day", hint=_DAY_HINT),
            _words("outcome", "Outcome", WORDS["outcome"]),
            _HERE,
        ),
    ),
}


def groups_for(condition: str, intervention: str, sex: str = "") -> tuple[FactGroup, ...]:
    """The boxes that are apt for a condition, an injection and a sex, where that is known."""
    known = current().evidence.vocabulary.conditions[condition]
    return (
        FactGroup("site", "The place", tuple(_of_the_site(known, condition))),
        FactGroup("patient", "The patient", tuple(_of_the_patient(sex))),
        FactGroup("illness", "Blood, infection and other illness", tuple(_of_illness())),
        FactGroup("history", "Medicines and history", (), tuple(ROWS.values())),
        FactGroup("circumstances", "Law, product and questionnaire", tuple(_of_the_clinic(intervention))),
    )


def _of_the_site(known: Condition, condition: str) -> Iterator[FactField]:
    is_spine = known.region in SPINE_REGIONS
    if known.region in PAIRED_REGIONS:
        yield _words("side", "Side", WORDS["side"], hint="Needed, so that the right limb is meant.")
    if is_spine:
        yield FactField("level", "Level", "text", hint="Such as L4-L5.")
    yield from _grading(condition)
    yield _number("duration_months", "Symptoms for, months")
    yield _number("conservative_care_months", "Exercise and other conservative care for, months")
    if known.family == TENDONS:
        yield _words("tear.depth", "Depth of the tear", WORDS["tear_depth"])
        yield _number("tear.size_mm", "Size of the tear, mm")
        yield _flag("tear.retracted")
    if is_spine:
        yield _number("disc.height_percent", "Disc height left, %")
        yield _number("disc.protrusion_mm", "Disc protrusion, mm")
        yield _flag("disc.extrusion")
        yield _flag("disc.canal_compromise")
        yield _flag("disc.spondylolysis")
        yield _words("disc.modic", "Modic changes", WORDS["modic"])
    else:
        yield _number("malalignment_degrees", "Malalignment, degrees")
    yield _flag("unstable", hint="Of the joint or the segment.")


def _grading(condition: str) -> Iterator[FactField]:
    fitting = systems_for(load_selection().systems, condition)
    if not fitting:
        return
    grades = tuple((f"{s.id}|{g.code}", f"{s.name} {g.code}: {g.meaning}") for s in fitting for g in s.grades)
    yield FactField("grading", "Grade on the image", "word", grades)
    wordings = tuple(
        (f"{s.id}|{w.id}", f"{s.name}: {w.differs}")
        for s in fitting
        if len(s.wordings) > 1
        for w in s.wordings
        if w.id != "not-stated"
    )
    if wordings:
        yield FactField("grading.wording", "Wording the reader used", "word", wordings)


def _of_the_patient(sex: str) -> Iterator[FactField]:
    yield _words("sex", "Sex", WORDS["sex"])
    yield _number("age_years", "Age, years")
    yield _number("height_cm", "Height, cm")
    yield _number("weight_kg", "Weight, kg")
    yield _number("bmi", "Body mass index, kg/m²", "Only where height or weight is not known.")
    if sex != "male":
        yield _flag("pregnant")
        yield _flag("breast_feeding")
    yield _flag("smoker")
    yield _words("expectation", "What the patient expects", WORDS["expectation"])
    yield _flag("accepts_risk")


def _of_illness() -> Iterator[FactField]:
    yield FactField("platelets", "Platelets in blood", "measured", units=PLATELET_UNITS)
    yield FactField("haemoglobin", "Haemoglobin", "measured", units=HAEMOGLOBIN_UNITS)
    yield _number("hba1c_percent", "HbA1c, %")
    yield _words("infection", "Infection", WORDS["infection"])
    yield _flag("fever_or_illness")
    yield _words("red_flags", "Red flags", WORDS["red_flags"], "words")
    yield _words("malignancy", "Malignancy", WORDS["malignancy"])
    for name in (
        "malignancy_of_blood_or_bone", "platelet_dysfunction", "bleeding_disorder",
        "haemodynamically_unstable", "inflammatory_arthritis", "severe_psychological_illness",
    ):  # fmt: skip
        yield _flag(name)
    yield _words("allergies", "Allergies", WORDS["allergies"], "words")


def _of_the_clinic(intervention: str) -> Iterator[FactField]:
    countries = tuple((code, r.country) for code, r in load_selection().regulations.items())
    yield FactField("country", "Country", "word", countries)
    yield _flag("in_approved_trial")
    yield _flag("authorised_product")
    if "blood" in classes_of(intervention):
        yield _words("activator", "Activator", WORDS["activator"])
    yield FactField(
        "instrument", "Questionnaire the patient answers", "word", instrument_choices(),
        hint="The expected course is told on its scale.",
    )  # fmt: skip


def instrument_choices() -> tuple[Choice, ...]:
    """Questionnaires on whose scale the expected course can be told."""
    evidence = current().evidence
    told = dict.fromkeys(
        name for outcome in OUTCOMES_TOLD for name in evidence.rules.hierarchy.get(outcome, ())
    )
    names = evidence.vocabulary.instruments
    return tuple(
        (name, names[name].label if name in names else name)
        for name in told
        if name in evidence.rules.fixed_ranges
    )
