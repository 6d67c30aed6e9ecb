"""An instrument as a FHIR R4 Questionnaire (Structured Data Capture) that calculates its own scores."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enthesis.domain.instruments import ClinicLicence, Instrument, wording
from enthesis.errors import CannotEstimate
from enthesis.exchange.fhir import systems
from enthesis.exchange.fhir.expressions import Expressed, NotExpressed, expressions
from enthesis.exchange.fhir.items import question_items, score_items
from enthesis.exchange.fhir.systems import BASE, canonical, extension

__all__ = ["FhirQuestionnaire", "questionnaire"]

STRUCTURE_ONLY = "Structure only: the wording belongs to {owner} and is not in this form."


@dataclass(frozen=True, slots=True)
class FhirQuestionnaire:
    """The resource as a dictionary ready for JSON, and what the reader of the form has to know."""

    resource: dict[str, Any]
    notes: tuple[str, ...]


def questionnaire(
    instrument: Instrument,
    *,
    language: str = "en",
    clinic: ClinicLicence | None = None,
    structure_only: bool = False,
    base: str = BASE,
) -> FhirQuestionnaire:
    """Questionnaire of an instrument.

    Args:
        instrument: What is to be asked.
        language: Language tag of the wording.
        clinic: The licence of the clinic that shows it, with the texts, where the wording does not ship.
        structure_only: Call the items "Item 1" and so on instead of showing their wording.
        base: Where the canonical address begins.

    Raises:
        NotAllowed: No licence covers the wording; names its owner.
        CannotEstimate: The instrument is switched off.
        InvalidData: The clinic's texts leave items out.

    Source: HL7 FHIR R4 Questionnaire; Structured Data Capture 3.0.0.
    """
    if instrument.switched_off:
        raise CannotEstimate(f"{instrument.short_name} is switched off: {instrument.switched_off}")
    texts = _neutral(instrument) if structure_only else wording(instrument, language, clinic)
    scores = expressions(instrument)
    notes = tuple(_notes(instrument, scores, structure_only))
    expressed = [score for score in scores if isinstance(score, Expressed)]
    head = _head(instrument, language, structure_only, base)
    resource = {
        **head,
        "description": " ".join((f"{instrument.measures}.", *notes)),
        "copyright": f"{instrument.licence.owner}. {instrument.licence.note}",
        **_codes(instrument),
        "extension": [_variable(name, text) for e in expressed for name, text in e.variables],
        "item": question_items(instrument, texts) + score_items(expressed),
    }
    return FhirQuestionnaire({k: v for k, v in resource.items() if v != []}, notes)


def _head(instrument: Instrument, language: str, structure_only: bool, base: str) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "id": instrument.id,
        "meta": {"profile": [systems.SDC_PROFILE]},
        "language": language,
        "url": canonical(instrument, base),
        "version": instrument.version,
        "name": "Instrument" + "".join(part.capitalize() for part in re.split(r"[^a-z0-9]+", instrument.id)),
        "title": f"{instrument.name} (structure only)" if structure_only else instrument.name,
        "status": "draft" if structure_only else "active",
        "subjectType": ["Patient"],
    }


def _neutral(instrument: Instrument) -> Mapping[str, str]:
    return {item.id: f"Item {item.number}" for item in instrument.items}


def _notes(
    instrument: Instrument, scores: Sequence[Expressed | NotExpressed], structure_only: bool
) -> list[str]:
    notes = [STRUCTURE_ONLY.format(owner=instrument.licence.owner)] if structure_only else []
    notes += [
        f"The score '{s.score.label}' is not calculated in the form: {s.reason}."
        for s in scores
        if isinstance(s, NotExpressed)
    ]
    return notes


def _codes(instrument: Instrument) -> dict[str, Any]:
    codes = [
        {"system": systems.SYSTEMS[code.system], "code": code.code, "display": code.stands_for}
        for code in instrument.codes
        if code.system == "loinc"
    ]
    return {"code": codes} if codes else {}


def _variable(name: str, expression: str) -> dict[str, Any]:
    value = {"name": name, "language": "text/fhirpath", "expression": expression}
    return extension(systems.VARIABLE, "Expression", value)
