"""Facts that cannot be, or cannot be together. Every one is named with what is allowed."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from enthesis.domain.selection.facts import PatientFacts
from enthesis.domain.selection.words import PAIRED_REGIONS, SPINE_REGIONS, WORDS
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import Fault

__all__ = ["contradictions"]

# Beyond these a number is a slip of the pen: not rare, but impossible or never seen in a living patient.
_LIMITS = {
    "age_years": (0, 120),
    "bmi": (8, 100),
    "duration_months": (0, 1200),
    "conservative_care_months": (0, 1200),
    "platelets_e9_per_l": (1, 3000),
    "haemoglobin_g_per_dl": (2, 25),
    "hba1c_percent": (3, 20),
    "tear_size_mm": (0, 150),
    "disc_height_percent": (0, 100),
    "protrusion_mm": (0, 30),
    "malalignment_degrees": (0, 45),
}
_OF_THE_DISC = (
    "disc_height_percent",
    "protrusion_mm",
    "extrusion",
    "canal_compromise",
    "spondylolysis",
    "modic",
)
_OF_A_TEAR = ("tear_depth", "tear_size_mm", "tear_retracted")
# Ages at which a pregnancy has been seen at all.
_CHILD_BEARING = (10, 60)
_ADVANCED_FROM = ("3", "4")


def contradictions(facts: PatientFacts, vocabulary: Vocabulary, today: date) -> Iterator[Fault]:
    """Every fault of the facts; none when they can stand together."""
    yield from _out_of_range(facts)
    yield from _strange_words(facts)
    yield from _strange_injections(facts, vocabulary)
    yield from _site(facts, vocabulary)
    yield from _of_the_person(facts)
    yield from _of_the_disease(facts)
    yield from _of_time(facts, today)


def _out_of_range(facts: PatientFacts) -> Iterator[Fault]:
    for name, (lo, hi) in _LIMITS.items():
        value = getattr(facts, name)
        if value is not None and not lo <= value <= hi:
            yield Fault(f"Impossible value {value:g}; must lie in [{lo}, {hi}].", name)


def _strange_words(facts: PatientFacts) -> Iterator[Fault]:
    for field in fields(facts):
        value = getattr(facts, field.name)
        if value is None or field.name not in WORDS:
            continue
        for word in (value,) if isinstance(value, str) else value:
            if word not in WORDS[field.name]:
                allowed = ", ".join(WORDS[field.name])
                yield Fault(f"Unknown word '{word}'; allowed: {allowed}.", field.name)
    for at, drug in enumerate(facts.drugs or ()):
        yield from _one_word("class", drug.drug_class, f"drugs[{at}].class")
    for at, surgery in enumerate(facts.prior_surgery or ()):
        yield from _one_word("outcome", surgery.outcome, f"prior_surgery[{at}].outcome")
    for at, injection in enumerate(facts.prior_injections or ()):
        yield from _one_word("result", injection.result, f"prior_injections[{at}].result")


def _strange_injections(facts: PatientFacts, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A brand would pass unseen by the rule about a recent corticosteroid."""
    for at, injection in enumerate(facts.prior_injections or ()):
        for part in injection.product.split("+"):
            if part not in vocabulary.interventions:
                allowed = ", ".join(vocabulary.interventions)
                said = f"Unknown injection '{part}'; allowed: {allowed}."
                yield Fault(said, f"prior_injections[{at}].product", "Write the substance, not the brand.")


def _one_word(group: str, word: str | None, where: str) -> Iterator[Fault]:
    if word is not None and word not in WORDS[group]:
        yield Fault(f"Unknown word '{word}'; allowed: {', '.join(WORDS[group])}.", where)


def _site(facts: PatientFacts, vocabulary: Vocabulary) -> Iterator[Fault]:
    condition = vocabulary.conditions[facts.condition]
    if condition.region in PAIRED_REGIONS and facts.side is None:
        yield Fault("The side is missing.", "side", f"Write one of {', '.join(WORDS['side'])}.")
    if condition.region not in SPINE_REGIONS:
        for name in _OF_THE_DISC:
            if getattr(facts, name) is not None:
                yield Fault(
                    f"{condition.label} has no disc.", name, "Leave it out, or correct the condition."
                )
    if condition.family != "tendon-soft-tissue":
        for name in _OF_A_TEAR:
            if getattr(facts, name) not in (None, "none"):
                said = f"{condition.label} is no condition of a tendon or ligament."
                yield Fault(said, name, "Leave it out, or correct the condition.")
    if facts.condition == "advanced-knee-osteoarthritis" and facts.grading is not None:
        g = facts.grading
        if g.system == "kellgren-lawrence" and g.code not in _ADVANCED_FROM:
            said = f"Advanced knee osteoarthritis is grade 3 or 4, and the grade is {g.code}."
            yield Fault(said, "grading.grade", "Correct the grade, or name knee-osteoarthritis.")


def _of_the_person(facts: PatientFacts) -> Iterator[Fault]:
    carries = [name for name in ("pregnant", "breast_feeding") if getattr(facts, name)]
    for name in carries:
        if facts.sex == "male":
            yield Fault("contradicts sex 'male'.", name, "Correct one of the two.")
        if facts.age_years is not None and not _CHILD_BEARING[0] <= facts.age_years <= _CHILD_BEARING[1]:
            yield Fault(f"contradicts an age of {facts.age_years:g} years.", name, "Correct one of the two.")
    if _longer(facts.duration_months, None if facts.age_years is None else 12 * (facts.age_years + 1)):
        said = f"{facts.duration_months:g} months are longer than a life of {facts.age_years:g} years."
        yield Fault(said, "duration_months", "Correct one of the two.")


def _longer(first: float | None, second: float | None) -> bool:
    return first is not None and second is not None and first > second


def _of_the_disease(facts: PatientFacts) -> Iterator[Fault]:
    if facts.malignancy == "none" and facts.malignancy_of_blood_or_bone:
        yield Fault(
            "contradicts malignancy 'none'.", "malignancy_of_blood_or_bone", "Correct one of the two."
        )
    if facts.tear_depth == "none" and (facts.tear_retracted or facts.tear_size_mm):
        yield Fault(
            "there is no tear, and it has a size or is retracted.", "tear.depth", "Correct one of them."
        )
    if _longer(facts.conservative_care_months, facts.duration_months):
        said = f"care of {facts.conservative_care_months:g} months is longer than the symptoms"
        yield Fault(
            f"{said}, {facts.duration_months:g}.", "conservative_care_months", "Correct one of the two."
        )


def _of_time(facts: PatientFacts, today: date) -> Iterator[Fault]:
    days = [
        *((f"drugs[{at}].last_dose", drug.last_dose) for at, drug in enumerate(facts.drugs or ())),
        *((f"prior_surgery[{at}].date", s.on) for at, s in enumerate(facts.prior_surgery or ())),
        *((f"prior_injections[{at}].date", i.on) for at, i in enumerate(facts.prior_injections or ())),
    ]
    for where, day in days:
        if day is not None and day > today:
            yield Fault(f"{day} lies after today, {today}.", where, "Enter a day that has passed.")
