"""People as lists and headings show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from enthesis.web.registry.models import Patient

__all__ = ["LANGUAGE_NAMES", "PersonLine", "age_in_years", "person_line", "person_lines"]

LANGUAGE_NAMES = {"en": "English", "hi": "Hindi", "bn": "Bengali", "other": "another language"}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person: name, Latin name where it differs, number, birth date, age, and the way to the record."""

    name: str
    latin_name: str
    local_id: str
    birth_date: date
    age: int
    sex: str
    site: str
    address: str
    synthetic: bool
    died: bool
    language: str


def age_in_years(born: date, today: date) -> int:
    """Completed years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def person_line(patient: Patient, today: date) -> PersonLine:
    """One person as shown."""
    latin = patient.latin_name if patient.latin_name != patient.name else ""
    return PersonLine(
        name=patient.name or "name removed",
        latin_name=latin,
        local_id=patient.local_id,
        birth_date=patient.birth_date,
        age=age_in_years(patient.birth_date, min(today, patient.died_on or today)),
        sex=patient.get_sex_display().lower(),
        site=patient.site.name,
        address=reverse("patient", args=[patient.key]),
        synthetic=patient.synthetic,
        died=patient.died_on is not None,
        language=LANGUAGE_NAMES.get(patient.language, patient.language),
    )


def person_lines(patients: Iterable[Patient], today: date) -> tuple[PersonLine, ...]:
    """People as listed."""
    return tuple(person_line(patient, today) for patient in patients)
