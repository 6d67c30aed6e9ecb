"""What stands in the boxes as a document of facts, and the way back. An empty box is not known."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from enthesis.domain.selection.words import WORDING_NOT_STATED
from enthesis.web.consult.present.fact_fields import ROWS, FactField, FactGroup

__all__ = ["MOST_ROWS", "NONE", "Given", "document_of", "given_of", "rows_shown"]

Given = Mapping[str, Sequence[str]]
NONE = "none"
MOST_SIGNS = 300
"""Longer than any fact; what comes after is cut off."""
MOST_ROWS = 12
_TRUTHS = {"yes": True, "no": False}
_ROW = re.compile(r"(\w+)\[(\d{1,2})\]\.")


def document_of(given: Given, groups: Sequence[FactGroup]) -> dict[str, Any]:
    """The document that the domain reads; condition and injection stand in it as given."""
    document: dict[str, Any] = {name: _one(given, name) for name in ("condition", "intervention")}
    for field in (f for group in groups for f in group.fields):
        if field.path in ("grading", "grading.wording"):
            continue
        value = _read(field, field.path, given)
        if value not in (None, ""):
            _place(document, field.path, value)
    for row in (r for group in groups for r in group.rows):
        entries = [entry for at in range(MOST_ROWS) if (entry := _entry(row.fields, row.path, at, given))]
        if entries or _one(given, f"{row.path}.none"):
            document[row.path] = entries
    return {name: value for name, value in document.items() if value != ""} | _grading(given)


def given_of(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """What stands in the boxes for a document on record."""
    given: dict[str, list[str]] = {}
    for path, value in _flat(document):
        if path in ("platelets", "haemoglobin"):
            number, _, unit = str(value).strip().partition(" ")
            given |= {path: [number], f"{path}.unit": [unit.strip()]}
        else:
            given[path] = [_text(item) for item in (value if isinstance(value, list) else [value])]
    for path in ROWS:
        if document.get(path) == []:
            given[f"{path}.none"] = ["yes"]
    for path in ("allergies", "red_flags"):
        if document.get(path) == []:
            given[path] = [NONE]
    return given | _given_grading(document.get("grading") or {})


def rows_shown(given: Given, path: str) -> int:
    """How many rows of a list are shown: those in use, one more, and one for each time it was asked for."""
    used = [int(m[2]) + 1 for name in given if (m := _ROW.match(name)) and m[1] == path and _one(given, name)]
    more = _one(given, f"{path}.rows")
    return min(max([*used, int(more) if more.isascii() and more.isdigit() else 0]) + 1, MOST_ROWS)


def _one(given: Given, name: str) -> str:
    values = given.get(name) or ("",)
    return str(values[-1]).strip()[:MOST_SIGNS]


def _read(field: FactField, path: str, given: Given) -> Any:
    text = _one(given, path)
    match field.kind:
        case "flag":
            return _TRUTHS.get(text, text)
        case "number":
            return _as_number(text)
        case "measured":
            # The unit is never guessed: a bare number goes on as text and is refused by name.
            return f"{text} {_one(given, f'{path}.unit')}".strip() if text else ""
        case "words":
            chosen = [str(v)[:MOST_SIGNS] for v in given.get(path, ()) if v]
            return None if not chosen else [] if chosen == [NONE] else chosen
    return text


def _as_number(text: str) -> Any:
    try:
        return float(text.replace(",", ".")) if text else ""
    except ValueError:
        return text


def _entry(fields: Sequence[FactField], path: str, at: int, given: Given) -> dict[str, Any]:
    read = {f.path: _read(f, f"{path}[{at}].{f.path}", given) for f in fields}
    return {name: value for name, value in read.items() if value not in (None, "")}


def _grading(given: Given) -> dict[str, Any]:
    system, _, grade = _one(given, "grading").partition("|")
    if not system:
        return {}
    worded, _, wording = _one(given, "grading.wording").partition("|")
    fits = worded == system and wording not in ("", WORDING_NOT_STATED)
    return {"grading": {"system": system, "grade": grade} | ({"wording": wording} if fits else {})}


def _given_grading(grading: Mapping[str, Any]) -> dict[str, list[str]]:
    if not grading.get("system"):
        return {}
    found = {"grading": [f"{grading['system']}|{grading.get('grade', '')}"]}
    if grading.get("wording"):
        found["grading.wording"] = [f"{grading['system']}|{grading['wording']}"]
    return found


def _place(document: dict[str, Any], path: str, value: Any) -> None:
    group, _, name = path.rpartition(".")
    (document.setdefault(group, {}) if group else document)[name] = value


def _flat(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in document.items():
        if name in ROWS:
            for at, entry in enumerate(value or ()):
                yield from ((f"{name}[{at}].{part}", held) for part, held in entry.items())
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{part}", held) for part, held in value.items() if name != "grading")
        elif value is not None:
            yield name, value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else str(value)
