"""From the plain fields of a file or form to patient facts, all faults together.

A field that is absent or empty is unknown. A list that is empty says that there is none.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from enthesis.domain.episodes.grading import GradingSystem, RecordedGrade, check_grade
from enthesis.domain.products.intake.fields import LARGEST, AskedField, Fields
from enthesis.domain.selection.contradictions import contradictions
from enthesis.domain.selection.facts import Drug, PatientFacts, PriorInjection, PriorSurgery
from enthesis.domain.selection.haemoglobin import parse_haemoglobin_g_per_dl
from enthesis.domain.selection.product_classes import classes_of
from enthesis.domain.selection.words import WORDING_NOT_STATED, WORDS
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["known_fields", "read_facts"]

T = TypeVar("T")
FIRST_YEAR = 1900
_BMI_TOLERANCE = 1.0  # a height read to the centimetre and a weight to the kilogram explain less


def read_facts(
    document: Mapping[str, Any],
    vocabulary: Vocabulary,
    systems: Mapping[str, GradingSystem],
    countries: Mapping[str, Any],
    today: date,
) -> PatientFacts:
    """Facts of a plain document.

    Args:
        document: Fields as ``docs/reference/selection/facts.md`` lists them.
        vocabulary: Conditions.
        systems: Grading systems by id.
        countries: Countries about which regulation was read, by code.
        today: The day of the consultation.

    Raises:
        InvalidData: Every unknown field, unknown word, missing unit, impossible value and contradiction.
    """
    faults: list[Fault] = []
    fields = Fields(document, "", faults)
    values = _values(fields, faults)
    values["condition"] = _known(fields, "condition", values["condition"], vocabulary.conditions)
    values["intervention"] = _injection(fields, values["intervention"])
    if values["country"] is not None:
        values["country"] = _known(fields, "country", values["country"].upper(), countries)
    grading = _grading(fields.group("grading"), systems, values["condition"], faults)
    fields.nothing_else()
    if values["condition"] is None or values["intervention"] is None:
        raise InvalidData(faults)
    facts = PatientFacts(**values, **grading)
    faults += contradictions(facts, vocabulary, today)
    if faults:
        raise InvalidData(faults)
    return facts


def known_fields() -> tuple[AskedField, ...]:
    """Every field that a facts file may hold, in the order it is read."""
    log: list[AskedField] = []
    fields = Fields({}, "", [], log)
    _values(fields, [])
    _grading(fields.group("grading"), {}, None, [])
    for name, read in (
        ("drugs", _drug),
        ("prior_surgery", _surgery),
        ("prior_injections", _injection_before),
    ):
        read(Fields({}, f"{name}[]", [], log))
    return tuple(log)


def _values(fields: Fields, faults: list[Fault]) -> dict[str, Any]:
    tear, disc = fields.group("tear"), fields.group("disc")
    found: dict[str, Any] = {
        "condition": fields.text("condition"),
        "intervention": fields.text("intervention"),
        "country": fields.text("country"),
        "side": fields.text("side", WORDS["side"]),
        "level": fields.text("level"),
        "duration_months": fields.number("duration_months"),
        "conservative_care_months": fields.number("conservative_care_months"),
        "sex": fields.text("sex", WORDS["sex"]),
        "age_years": fields.number("age_years"),
        "bmi": _bmi(fields),
        "platelets_e9_per_l": _with_unit(fields, "platelets", lambda: fields.e9_per_l("platelets")),
        "haemoglobin_g_per_dl": _with_unit(fields, "haemoglobin", lambda: _haemoglobin(fields, faults)),
        "hba1c_percent": fields.number("hba1c_percent"),
        "tear_depth": tear.text("depth", WORDS["tear_depth"]),
        "tear_size_mm": tear.number("size_mm"),
        "tear_retracted": tear.truth("retracted"),
        "disc_height_percent": disc.number("height_percent"),
        "protrusion_mm": disc.number("protrusion_mm"),
        "extrusion": disc.truth("extrusion"),
        "canal_compromise": disc.truth("canal_compromise"),
        "spondylolysis": disc.truth("spondylolysis"),
        "modic": disc.text("modic", WORDS["modic"]),
        "malalignment_degrees": fields.number("malalignment_degrees"),
        "prior_surgery": _list(fields, "prior_surgery", _surgery),
        "prior_injections": _list(fields, "prior_injections", _injection_before),
        "drugs": _list(fields, "drugs", _drug),
        "allergies": _words(fields, "allergies"),
        "red_flags": _words(fields, "red_flags"),
        "infection": fields.text("infection", WORDS["infection"]),
        "malignancy": fields.text("malignancy", WORDS["malignancy"]),
        "expectation": fields.text("expectation", WORDS["expectation"]),
        "activator": fields.text("activator", WORDS["activator"]),
        "instrument": fields.text("instrument"),
        "instrument_range": _range(fields),
    }
    found |= {name: fields.truth(name) for name in _FLAGS}
    for group in (tear, disc):
        group.nothing_else()
    return found


_FLAGS = (
    "unstable", "fever_or_illness", "malignancy_of_blood_or_bone", "pregnant", "breast_feeding",
    "platelet_dysfunction", "bleeding_disorder", "haemodynamically_unstable", "inflammatory_arthritis",
    "smoker", "severe_psychological_illness", "accepts_risk", "in_approved_trial", "authorised_product",
)  # fmt: skip


def _known(fields: Fields, name: str, word: str | None, known: Mapping[str, Any]) -> str | None:
    if word is None:
        fields.fault(name, "is missing.", f"Write one of: {', '.join(known)}.")
    elif word not in known:
        error = NotFound(name, word, known)
        hint = f" Did you mean {' or '.join(error.close)}?" if error.close else ""
        fields.fault(name, f"'{word}' is not known.{hint}", f"Allowed: {', '.join(known)}.")
        return None
    return word


def _injection(fields: Fields, word: str | None) -> str | None:
    if word is None:
        fields.fault("intervention", "is missing.", "Write the injection proposed, such as prp.")
        return None
    try:
        classes_of(word)
    except NotFound as error:
        fields.fault("intervention", str(error))
        return None
    return word


def _with_unit(fields: Fields, name: str, read: Callable[[], float | None]) -> float | None:
    """A laboratory value; a bare number is refused, because a slip of the unit is a factor of a thousand."""
    value = fields.value(name, "text with a unit")
    if value is None or isinstance(value, str):
        return read()
    fields.fault(
        name, f"{value} has no unit.", "Write it as text with its unit, such as 210 x10^9/L or 13.1 g/dL."
    )
    return None


def _haemoglobin(fields: Fields, faults: list[Fault]) -> float | None:
    text = fields.text("haemoglobin")
    try:
        return parse_haemoglobin_g_per_dl(text) if text else None
    except InvalidData as error:
        faults += [Fault(f.message, "haemoglobin", f.repair) for f in error.faults]
        return None


def _bmi(fields: Fields) -> float | None:
    given, height, weight = (fields.number(name) for name in ("bmi", "height_cm", "weight_kg"))
    for name, value, lo, hi in (("height_cm", height, 50, 250), ("weight_kg", weight, 10, 400)):
        if value is not None and not lo <= value <= hi:
            fields.fault(name, f"Impossible value {value:g}; must lie in [{lo}, {hi}].")
            return given
    if height is None or weight is None:
        return given
    worked = weight / (height / 100) ** 2
    if given is not None and abs(given - worked) > _BMI_TOLERANCE:
        fields.fault(
            "bmi", f"{given:g} differs from {worked:.1f} of height and weight.", "Correct one of them."
        )
    return given if given is not None else round(worked, 1)


def _range(fields: Fields) -> tuple[float, float] | None:
    value = fields.value("instrument_range", "two numbers, lowest and highest")
    if value is None:
        return None
    numbers = isinstance(value, list | tuple) and all(
        isinstance(x, int | float) and not isinstance(x, bool) and abs(x) <= LARGEST for x in value
    )
    if not numbers or len(value) != 2 or not value[0] < value[1]:
        fields.fault("instrument_range", f"{value} is no range.", "Write it like [0, 10].")
        return None
    return float(value[0]), float(value[1])


def _list(fields: Fields, name: str, read: Callable[[Fields], T]) -> tuple[T, ...] | None:
    if fields.value(name, "list, empty for none") is None:
        return None
    found = []
    for group in fields.groups(name):
        found.append(read(group))
        group.nothing_else()
    return tuple(found)


def _words(fields: Fields, name: str) -> tuple[str, ...] | None:
    if fields.value(name, f"list of: {', '.join(WORDS[name])}; empty for none") is None:
        return None
    return fields.texts(name)


def _drug(fields: Fields) -> Drug:
    name = fields.text("name")
    if name is None:
        fields.fault("name", "is missing.", "Write the medicine.")
    given = fields.text("class", WORDS["class"])
    return Drug(name or "", _day(fields, "last_dose"), fields.text("indication"), given)


def _surgery(fields: Fields) -> PriorSurgery:
    what, outcome = fields.text("what"), fields.text("outcome", WORDS["outcome"])
    return PriorSurgery(what or "", _day(fields, "date"), fields.truth("same_site"), outcome)


def _injection_before(fields: Fields) -> PriorInjection:
    product, result = fields.text("product"), fields.text("result", WORDS["result"])
    if product is None:
        fields.fault("product", "is missing.", "Write what was injected, such as corticosteroid.")
    return PriorInjection(product or "", _day(fields, "date"), fields.truth("same_site"), result)


def _day(fields: Fields, name: str) -> date | None:
    value = fields.value(name, "date, as 2026-11-22")
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        fields.fault(name, f"'{value}' is no date.", "Write it like 2026-11-22.")
        return None
    if day.year < FIRST_YEAR:
        fields.fault(name, f"{day} is before anybody now treated was born.")
        return None
    return day


def _grading(
    fields: Fields, systems: Mapping[str, GradingSystem], condition: str | None, faults: list[Fault]
) -> dict[str, Any]:
    system, wording = fields.text("system", systems), fields.text("wording")
    grade = fields.value("grade", "grade as the system writes it")
    fields.nothing_else()
    if system is None and grade is None:
        return {}
    if system is None or grade is None or condition is None:
        if condition is not None:
            fields.fault(
                "grade" if grade is None else "system", "is missing.", "Name system and grade together."
            )
        return {}
    try:
        checked = _checked(systems, system, str(grade), condition, wording)
    except (InvalidData, NotFound) as error:
        known = Fault(str(error), "system", f"Allowed: {', '.join(systems)}.")
        told = error.faults if isinstance(error, InvalidData) else (known,)
        faults += [Fault(f.message, f"grading.{f.where}", f.repair) for f in told]
        return {}
    return {"grading": checked}


def _checked(
    systems: Mapping[str, GradingSystem], system: str, grade: str, condition: str, wording: str | None
) -> RecordedGrade:
    """The grade; a consultation may go on without the wording of the reader, and says so."""
    known = [version.id for version in systems[system].wordings] if system in systems else []
    unsaid = next((name for name in (WORDING_NOT_STATED, *known) if name in known), "")
    return check_grade(systems, system, grade, condition, wording or unsaid)
