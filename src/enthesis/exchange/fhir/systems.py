"""Addresses that FHIR gives to profiles, extensions and code systems, and the canonical of a questionnaire.

Sources: HL7 FHIR R4 (4.0.1), extension registry; Structured Data Capture 3.0.0; FHIR "Using codes" for the
addresses of LOINC, SNOMED CT and UCUM.
"""

from collections.abc import Mapping
from typing import Any, Final

from enthesis.domain.instruments import Instrument

__all__ = [
    "BASE",
    "CALCULATED",
    "ITEM_CONTROL",
    "ITEM_CONTROLS",
    "MAX_VALUE",
    "MIN_VALUE",
    "ORDINAL",
    "SDC_PROFILE",
    "SLIDER_STEP",
    "SYSTEMS",
    "UNIT",
    "VARIABLE",
    "canonical",
    "extension",
]

BASE: Final = "urn:enthesis:"
"""Namespace of our canonicals; a clinic with a server of its own passes that server's address instead."""

_CORE = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"

SDC_PROFILE: Final = f"{_SDC}sdc-questionnaire"
CALCULATED: Final = f"{_SDC}sdc-questionnaire-calculatedExpression"
VARIABLE: Final = f"{_CORE}variable"
ORDINAL: Final = f"{_CORE}ordinalValue"
MIN_VALUE: Final = f"{_CORE}minValue"
MAX_VALUE: Final = f"{_CORE}maxValue"
UNIT: Final = f"{_CORE}questionnaire-unit"
SLIDER_STEP: Final = f"{_CORE}questionnaire-sliderStepValue"
ITEM_CONTROL: Final = f"{_CORE}questionnaire-itemControl"
ITEM_CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"

SYSTEMS: Mapping[str, str] = {
    "loinc": "http://loinc.org",
    "snomed": "http://snomed.info/sct",
    "ucum": "http://unitsofmeasure.org",
}


def canonical(instrument: Instrument, base: str = BASE) -> str:
    """Address of the questionnaire of an instrument, without its version."""
    return f"{base}Questionnaire/{instrument.id}"


def extension(url: str, kind: str, value: Any) -> dict[str, Any]:
    """An extension that holds one value; ``kind`` is the type as FHIR spells it, such as ``Decimal``."""
    return {"url": url, f"value{kind}": value}
