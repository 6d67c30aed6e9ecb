"""The facts of an episode as the consultation reads them: one document, from columns and from ``facts``.

Medicines stand in their column; an empty list in ``facts`` says that there are none.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from enthesis.web.registry.models import Episode, Patient

__all__ = ["FACTS_IN_COLUMNS", "facts_document"]

DAYS_PER_MONTH = 30.44  # mean of the Gregorian calendar
# These stand in columns of the episode or the patient and are never kept twice.
FACTS_IN_COLUMNS = frozenset(
    {"condition", "side", "level", "grading", "duration_months", "sex", "age_years", "intervention"}
)


def facts_document(episode: Episode, patient: Patient, today: date, intervention: str) -> dict[str, Any]:
    """Document for ``domain.selection.read_facts``: what is not known is left out.

    Args:
        episode: The episode.
        patient: Its patient.
        today: Day of the consultation at the site.
        intervention: The injection thought of, such as prp.
    """
    document: dict[str, Any] = {
        **_without_columns(episode.facts),
        "condition": episode.condition,
        "intervention": intervention,
        "side": episode.side if episode.side != Episode.Side.MIDLINE else "",
        "level": episode.level,
        "sex": patient.sex if patient.sex != Patient.Sex.UNKNOWN else "",
        "age_years": _years(patient.birth_date, today),
    }
    if episode.drugs:
        document["drugs"] = [drug if isinstance(drug, dict) else {"name": drug} for drug in episode.drugs]
    if episode.symptoms_since:
        document["duration_months"] = round((today - episode.symptoms_since).days / DAYS_PER_MONTH, 1)
    if episode.grading_system:
        document["grading"] = {
            "system": episode.grading_system,
            "grade": episode.grade,
            "wording": episode.grade_wording,
        }
    return {name: value for name, value in document.items() if value not in (None, "")}


def _without_columns(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in FACTS_IN_COLUMNS}


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
