"""FHIR R4 resources of a request as facts: what is not there, or carries no unit, is not known.

Nothing is ever asked of the FHIR server; the data that come with the request are all that is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import inf
from typing import Any

from enthesis.catalogue.selection_loader import load_selection
from enthesis.web.consult.cds.codes import ICD10, LATERALITY, LOINC, SNOMED, condition_of_code

__all__ = [
    "CodedCondition",
    "coded_conditions",
    "codings",
    "conditions_of",
    "entries",
    "facts_of_patient",
    "listed",
]

Resource = Mapping[str, Any]
# (condition, side); the side is empty where it is not told.
CodedCondition = tuple[str, str]
_SEXES = ("female", "male", "other")
_WITH_UNIT = {"777-3": "platelets", "26515-7": "platelets", "718-7": "haemoglobin"}
_IN_UNIT = {"39156-5": ("bmi", ("kg/m2",)), "4548-4": ("hba1c_percent", ("%",))}
_OVER = frozenset({"inactive", "resolved", "remission"})
_CANCELLED = frozenset({"entered-in-error", "cancelled"})


def listed(value: Any) -> list[Any]:
    """The value where it is a list; nothing for anything else."""
    return value if isinstance(value, list) else []


def entries(bundle: Any, kind: str) -> list[Resource]:
    """Resources of a kind in a searchset, or the resource itself."""
    if not isinstance(bundle, Mapping):
        return []
    held = [e.get("resource") for e in listed(bundle.get("entry")) if isinstance(e, Mapping)] or [bundle]
    return [r for r in held if isinstance(r, Mapping) and r.get("resourceType") == kind]


def conditions_of(bundle: Any) -> list[CodedCondition]:
    """Conditions that we know, each once, in the order of the record."""
    found: dict[CodedCondition, None] = {}
    for row in entries(bundle, "Condition"):
        if not _OVER & {str(c.get("code")) for c in codings(row.get("clinicalStatus"))}:
            found |= dict.fromkeys(coded_conditions(row))
    return list(found)


def coded_conditions(row: Resource) -> Iterator[CodedCondition]:
    """Our condition of a resource or a concept, with its side."""
    for c in codings(row.get("code", row)):
        name = condition_of_code(str(c.get("system", "")), str(c.get("code", "")))
        if name:
            yield name, _side(row, c)
            return


def codings(concept: Any) -> list[Resource]:
    """Codings of a CodeableConcept."""
    held = concept.get("coding") if isinstance(concept, Mapping) else None
    return [c for c in listed(held) if isinstance(c, Mapping)]


def facts_of_patient(prefetch: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Age, sex, country, laboratory values and medicines of a request, as a document of facts."""
    patient: Resource = next(iter(entries(prefetch.get("patient"), "Patient")), {})
    found: dict[str, Any] = {}
    if patient.get("gender") in _SEXES:
        found["sex"] = patient["gender"]
    if (age := _age(patient.get("birthDate"), today)) is not None:
        found["age_years"] = age
    if country := _country(patient.get("address")):
        found["country"] = country
    found |= _measured(entries(prefetch.get("observations"), "Observation"))
    if drugs := list(_drugs(entries(prefetch.get("medications"), "MedicationRequest"))):
        found["drugs"] = drugs
    return found


def _side(row: Resource, coding: Resource) -> str:
    sites = row.get("bodySite") or ()
    for site in sites if isinstance(sites, list) else [sites]:
        for c in codings(site):
            if c.get("system") == SNOMED and LATERALITY.get(str(c.get("code"))):
                return LATERALITY[str(c.get("code"))]
    code = str(coding.get("code", ""))
    told = f"{coding.get('display', '')} {row.get('code', {}).get('text', '')}".lower().split()
    sides = {side for side in ("left", "right") if side in told}
    is_side = coding.get("system") in ICD10 and "." in code
    return sides.pop() if is_side and len(sides) == 1 else ""


def _age(born: Any, today: date) -> int | None:
    try:
        day = date.fromisoformat(str(born))
    except ValueError:
        return None
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _country(addresses: Any) -> str:
    known = load_selection().regulations
    for address in addresses if isinstance(addresses, list) else ():
        code = str(address.get("country", "")).upper() if isinstance(address, Mapping) else ""
        if code in known:
            return code
    return ""


def _measured(rows: Sequence[Resource]) -> dict[str, Any]:
    """The latest of each; a value without a unit, or in another one, is left out."""
    found: dict[str, Any] = {}
    for row in sorted(rows, key=lambda r: str(r.get("effectiveDateTime", ""))):
        quantity = row.get("valueQuantity")
        if str(row.get("status")) in _CANCELLED or not isinstance(quantity, Mapping):
            continue
        value, unit = quantity.get("value"), str(quantity.get("code") or quantity.get("unit") or "")
        if isinstance(value, bool) or not isinstance(value, int | float) or not unit:
            continue
        for code in (str(c.get("code")) for c in codings(row.get("code")) if c.get("system") == LOINC):
            if code in _WITH_UNIT:
                found[_WITH_UNIT[code]] = f"{_as_float(value):g} {unit.replace('10*', '10^')}"
            elif code in _IN_UNIT and unit in _IN_UNIT[code][1]:
                found[_IN_UNIT[code][0]] = _as_float(value)
    return found


def _as_float(value: float) -> float:
    """The number; infinite where it is too large for one, and then refused as a fact."""
    try:
        return float(value)
    except OverflowError:
        return inf


def _drugs(rows: Sequence[Resource]) -> Iterator[dict[str, str]]:
    """Medicines by their first word; an empty list is no proof that none is taken, so it says nothing."""
    for row in rows:
        concept = row.get("medicationCodeableConcept")
        if row.get("status") != "active" or not isinstance(concept, Mapping):
            continue
        texts = [concept.get("text"), *(c.get("display") for c in codings(concept))]
        text = next((str(t) for t in texts if t), "")
        if text.split():
            yield {"name": text.split()[0].lower().strip(",;")}
