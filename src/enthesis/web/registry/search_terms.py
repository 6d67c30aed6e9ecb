"""What of a patient can be found by the blind index."""

from enthesis.web.registry.models.patient import Patient
from enthesis.web.vault import blind, search_terms, stored_terms

__all__ = ["looked_up", "terms_of"]

LAST_DIGITS = 4


def terms_of(patient: Patient) -> set[bytes]:
    """Keyed hashes of every beginning of both names, of the local number, of the telephone or its end."""
    names = stored_terms(f"{patient.name} {patient.latin_name}")
    return {blind(term, "word") for term in names | _numbers(patient)}


def looked_up(text: str) -> set[bytes]:
    """Keyed hashes that a patient must all have to be found by what was typed."""
    compact = _compact(text)
    if any(c.isdigit() for c in compact):
        return {blind(compact, "word")}
    return {blind(term, "word") for term in search_terms(text)}


def _numbers(patient: Patient) -> set[str]:
    telephone = _compact(patient.telephone)
    whole = {_compact(patient.local_id), telephone}
    return {n for n in whole | {telephone[-LAST_DIGITS:]} if n}


def _compact(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
