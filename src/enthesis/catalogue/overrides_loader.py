"""Reads the decisions of named curators from ``overrides.yaml``."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

from enthesis.catalogue.strict_document import read_strictly
from enthesis.domain.evidence.certainty import Level, Override
from enthesis.domain.evidence.questions import HARMS, Question
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass, Horizon
from enthesis.errors import Fault, InvalidData

__all__ = ["load_overrides", "read_overrides"]

FILE = "overrides.yaml"
LEVELS = {level.word: level for level in Level}
TEXTS = ("condition", "intervention", "outcome", "by", "reason")
FIELDS = (*TEXTS, "comparator_class", "horizon", "level", "date")


def load_overrides() -> dict[Question, Override]:
    """The decisions that ship with this version."""
    return read_overrides(files("enthesis.catalogue").joinpath(FILE).read_bytes())


def read_overrides(raw: bytes) -> dict[Question, Override]:
    """Decisions by question.

    Raises:
        InvalidData: It is no strict YAML, no list, or a decision lacks a name, a reason or a known word; all
            faults are named together.
    """
    held = read_strictly(raw, FILE)
    if not isinstance(held, list):
        raise InvalidData(
            Fault("The file holds no list.", FILE, "Start each decision with '- condition: ...'.")
        )
    if faults := [
        fault for at, entry in enumerate(held) for fault in _faults(entry, f"{FILE}, decision {at + 1}")
    ]:
        raise InvalidData(faults)
    return {_question(entry): _override(entry) for entry in held}


def _faults(entry: Any, where: str) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield Fault("This is no decision.", where, f"Write the fields {', '.join(FIELDS)}.")
        return
    for stray in sorted(set(map(str, entry)) - set(FIELDS)):
        yield Fault(f"Unknown field '{stray}'.", where, f"The fields are {', '.join(FIELDS)}.")
    for name in TEXTS:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            yield Fault(f"'{name}' is missing.", where, "A decision needs a name and a reason to be one.")
    if entry.get("level") not in LEVELS:
        yield Fault(f"level is '{entry.get('level')}'.", where, f"It is one of {', '.join(LEVELS)}.")
    if entry.get("comparator_class") not in list(ComparatorClass):
        said = f"comparator_class is '{entry.get('comparator_class')}'."
        yield Fault(said, where, f"It is one of {', '.join(ComparatorClass)}.")
    if _day(entry) is None:
        yield Fault(f"date is '{entry.get('date')}'.", where, "Write a date in quotes, as '2026-11-22'.")
    if entry.get("outcome") not in HARMS and _horizon(entry) is None:
        spans = ", ".join(str([h.lo, h.hi]) for h in HORIZONS)
        yield Fault(f"horizon is {entry.get('horizon')}.", where, f"It is one of {spans}.")


def _horizon(entry: dict[str, Any]) -> Horizon | None:
    return next((h for h in HORIZONS if [h.lo, h.hi] == entry.get("horizon")), None)


def _day(entry: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(entry.get("date")))
    except ValueError:
        return None


def _question(entry: dict[str, Any]) -> Question:
    words = (entry["condition"], entry["intervention"], ComparatorClass(entry["comparator_class"]))
    return Question(*words, entry["outcome"], _horizon(entry))


def _override(entry: dict[str, Any]) -> Override:
    on = date.fromisoformat(entry["date"])
    return Override(LEVELS[entry["level"]], entry["by"].strip(), on, entry["reason"].strip())
