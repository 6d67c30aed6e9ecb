"""Words that say who a person is, and texts with those words taken out."""

import re
from typing import Any

from enthesis.web.registry.models import Patient

__all__ = ["REMOVED", "identifying_words", "without_words"]

REMOVED = "[removed]"
SHORTEST = 3


def identifying_words(patient: Patient) -> tuple[str, ...]:
    """Every word of the name, and each number and address, longest first."""
    names = [*patient.name.split(), *patient.latin_name.split()]
    whole = [
        patient.name,
        patient.latin_name,
        patient.local_id,
        patient.telephone,
        patient.email,
        patient.abha,
    ]
    digits = re.sub(r"\D", "", patient.telephone)[-10:]
    found = {word.strip() for word in (*whole, *names, digits)}
    return tuple(sorted((w for w in found if len(w) >= SHORTEST), key=len, reverse=True))


def without_words(value: Any, words: tuple[str, ...]) -> Any:
    """A text, or a document of texts, without these words; anything else as it is."""
    if isinstance(value, str) and value and words:
        pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words)
        return re.sub(pattern, REMOVED, value, flags=re.IGNORECASE)
    if isinstance(value, list):
        return [without_words(item, words) for item in value]
    if isinstance(value, dict):
        return {key: without_words(item, words) for key, item in value.items()}
    return value
