"""What was typed into the platelet form: as a record for the domain, and as boxes with their faults."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from enthesis.errors import Fault
from enthesis.web.calculators.present.product_fields import FIELDS, GROUPS, ProductField, ProductGroup

__all__ = [
    "Box",
    "BoxGroup",
    "boxes",
    "elsewhere",
    "in_words",
    "is_blank",
    "kept_query",
    "record_of",
]

MOST_SIGNS = 200
"""Longer than any value of a record; a longer text is refused, and a box shows it so far."""
_STEP = re.compile(r"\[(\d+)\]")
_LABELS = {field.path: field.label for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Box:
    """One box on the page: what it asks, what stands in it, what is wrong with it."""

    field: ProductField
    id: str
    value: str
    unit: str
    faults: tuple[str, ...]

    @property
    def described_by(self) -> str:
        """Ids of what explains the box, for a screen reader."""
        return f"{self.id}-hint {self.id}-fault" if self.field.hint else f"{self.id}-fault"


@dataclass(frozen=True, slots=True)
class BoxGroup:
    """Boxes under one heading; open where something stands in them."""

    group: ProductGroup
    boxes: tuple[Box, ...]

    @property
    def is_open(self) -> bool:
        """True when a folded group must not hide what was typed or what is wrong."""
        return any(box.value or box.faults for box in self.boxes)


def is_blank(given: Mapping[str, str]) -> bool:
    """True when nothing was typed; a unit or the kind of product alone is nothing."""
    return not any(_value(given, field) for field in FIELDS if field.path != "kind")


def record_of(given: Mapping[str, str], fields: Iterable[ProductField] = FIELDS) -> dict[str, Any]:
    """The document that the domain reads; empty boxes are left out."""
    document: dict[str, Any] = {}
    for field in fields:
        if text := _value(given, field):
            _place(document, field.path, _typed(field, text, given))
    return document


def boxes(
    given: Mapping[str, str], faults: Iterable[Fault], groups: Iterable[ProductGroup] = GROUPS
) -> tuple[BoxGroup, ...]:
    """Every group of boxes with the faults beside them."""
    listed = tuple(faults)
    return tuple(BoxGroup(g, tuple(_box(f, given, listed) for f in g.fields)) for g in groups)


def elsewhere(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Faults that belong to no box."""
    placed = {field.path for group in GROUPS for field in group.fields}
    return tuple(in_words(str(fault)) for fault in faults if fault.where not in placed)


def kept_query(given: Mapping[str, str]) -> str:
    """What was typed as the query of an address, without empty boxes."""
    kept = {f.path: text for f in FIELDS if (text := _value(given, f))}
    units = {f"{f.path}.unit": _unit(given, f) for f in FIELDS if f.units and f.path in kept}
    return urlencode(kept | units)


def in_words(text: str) -> str:
    """A message of the domain with the labels of the form in place of its paths."""
    for path, label in _LABELS.items():
        text = re.sub(rf"\b{re.escape(path)}\b", label.lower(), text)
    return text.replace("record recounted: true", f"answer '{_LABELS['product.recounted']}' with yes")


def _value(given: Mapping[str, str], field: ProductField) -> str:
    return given.get(field.path, "").strip()[:MOST_SIGNS]


def _unit(given: Mapping[str, str], field: ProductField) -> str:
    chosen = given.get(f"{field.path}.unit", "")
    return chosen if chosen in field.units else next(iter(field.units), field.unit)


def _typed(field: ProductField, text: str, given: Mapping[str, str]) -> Any:
    if field.is_truth:
        return {"yes": True, "no": False}.get(text, text)
    if field.units or field.unit == "mL":
        # A unit that was typed with the number counts; the one beside the box is for bare numbers.
        return text if re.search(r"[A-Za-zµμ/%]", text) else f"{text} {_unit(given, field)}"
    if field.numeric:
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _place(document: dict[str, Any], path: str, value: Any) -> None:
    *groups, name = path.split(".")
    node: Any = document
    for group in groups:
        step = _STEP.search(group)
        if step is None:
            node = node.setdefault(group, {})
            continue
        rows = node.setdefault(_STEP.sub("", group), [])
        rows += [{} for _ in range(int(step[1]) + 1 - len(rows))]
        node = rows[int(step[1])]
    node[name] = value


def _box(field: ProductField, given: Mapping[str, str], faults: tuple[Fault, ...]) -> Box:
    found = [in_words(f"{f.message} {f.repair}".strip()) for f in faults if f.where == field.path]
    name = re.sub(r"[^a-z0-9]+", "-", field.path).strip("-")
    return Box(field, name, _value(given, field), _unit(given, field), tuple(found))
