"""The facts of a kept consultation, as the form names them."""

from collections.abc import Iterator, Mapping
from typing import Any

from enthesis.web.consult.present.fact_boxes import Box, box_groups
from enthesis.web.consult.present.fact_document import given_of
from enthesis.web.consult.present.fact_fields import groups_for

__all__ = ["fact_lines"]

Line = tuple[str, str]


def fact_lines(document: Mapping[str, Any]) -> tuple[Line, ...]:
    """Label and value of every fact that was known, in the order of the form."""
    groups = box_groups(groups_for(document["condition"], document["intervention"]), given_of(document))
    return tuple(line for group in groups for line in (*_of(group.boxes), *_of_rows(group.rows)))


def _of(boxes: tuple[Box, ...]) -> Iterator[Line]:
    return ((box.field.label, words) for box in boxes if (words := _words(box)))


def _of_rows(rows: Any) -> Iterator[Line]:
    for held in rows:
        entries = ["; ".join(f"{label.lower()}: {words}" for label, words in _of(row)) for row in held.rows]
        if told := [entry for entry in entries if entry]:
            yield from ((held.row.label, entry) for entry in told)
        elif held.none:
            yield held.row.label, "none"


def _words(box: Box) -> str:
    chosen = [option.words for option in box.options if option.chosen and option.value]
    if box.options:
        return ", ".join(chosen)
    unit = next((u.words for u in box.units if u.chosen and u.value), "")
    return f"{box.value} {unit}".strip()
