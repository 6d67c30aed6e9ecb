"""A row of the record in words, without a name."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.web.accounts.models import User
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.course_notes import CARE_KINDS
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.records.field_words import field_label
from enthesis.web.registry.records.row_kinds import ROW_KINDS, kind_of_row

__all__ = ["row_lines", "row_title", "value_words"]

# Keys, hashes, whole texts and what is sealed.
NOT_SHOWN = frozenset(
    {
        "id", "key", "site", "patient", "episode", "record", "consultation", "submission", "preparation",
        "content_hash", "document_json", "signature_svg", "witness", "plan", "protocol", "window",
    }
)  # fmt: skip
DAYS = ("given_on", "taken_on", "started_on", "on", "answered_on", "due_on", "opened_on", "given_at")


def row_title(row: AboutPatient) -> str:
    """A row in a few words."""
    day = next((getattr(row, name) for name in DAYS if hasattr(row, name)), None)
    label = kind_of_row(row).label.capitalize()
    return f"{label} of {day:%-d %b %Y}" if day else label


def row_lines(row: AboutPatient, *, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Fields of a row as pages show them, but for those ``without``; empty ones are left out."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.name in NOT_SHOWN or field.name in without or value in (None, "", [], {}):
            continue
        shown = getattr(row, f"get_{field.name}_display", None)
        yield field_label(field.name), str(shown()) if shown else value_words(value, field.name)


def value_words(value: Any, field: str = "") -> str:
    """A value as a page says it; ``field`` helps where the database keeps an id."""
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, AboutPatient):
        return row_title(value) if value._meta.model_name in ROW_KINDS else str(value._meta.verbose_name)
    if isinstance(value, User):
        return value.name
    if isinstance(value, datetime):
        return f"{value:%-d %b %Y %H:%M} UTC"
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict):
        return ", ".join(f"{k.replace('_', ' ')} {value_words(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(value_words(v, field) for v in value)
    return _label(str(value), field)


def _label(word: str, field: str) -> str:
    """What a catalogue or list calls an id; the word itself where none does."""
    vocabulary = current().evidence.vocabulary
    if field == "condition" and word in vocabulary.conditions:
        return vocabulary.conditions[word].label
    if field == "intervention" and word in vocabulary.interventions:
        return vocabulary.interventions[word].label
    if field == "grading_system" and word in (systems := load_grading_systems()):
        return systems[word].name
    if field in ("instrument", "instruments") and word in (known := load_instruments()):
        return known[word].name
    if field == "kind":
        return CARE_KINDS.get(word, word.replace("-", " "))
    return word.replace("-", " ") if field in ("serious", "outcome", "grade_wording", "target") else word
