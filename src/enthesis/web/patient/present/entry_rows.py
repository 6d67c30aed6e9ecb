"""A paper form as boxes for whoever types it in: numbers as the paper counts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.domain.instruments import Instrument, Item

__all__ = ["EntryPart", "EntryRow", "entry_parts"]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One box: the item as the paper counts it, what may be typed, and what was."""

    field: str
    name: str
    text: str
    allowed: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True)
class EntryPart:
    """One instrument."""

    id: str
    name: str
    rows: tuple[EntryRow, ...]
    branches: str


def entry_parts(
    asked: tuple[Instrument, ...], given: Mapping[str, Any], faults: Mapping[str, str]
) -> tuple[EntryPart, ...]:
    """Boxes of every instrument, with what was typed and its faults by ``instrument.item``."""
    return tuple(
        EntryPart(
            id=instrument.id,
            name=instrument.name,
            rows=tuple(_row(instrument, item, given, faults) for item in instrument.items),
            branches="; ".join(f"answer only one of {', '.join(branch)}" for branch in instrument.branches),
        )
        for instrument in asked
    )


def _row(instrument: Instrument, item: Item, given: Mapping[str, Any], faults: Mapping[str, str]) -> EntryRow:
    field = f"{instrument.id}.{item.id}"
    return EntryRow(
        field=field,
        name=item.id
        if item.id == str(item.number) or item.id[:1].isdigit()
        else f"{item.number} ({item.id})",
        text=item.text or item.topic,
        allowed=_allowed(item),
        value=str(given.get(field, ""))[:20],
        fault=faults.get(field, ""),
    )


def _allowed(item: Item) -> str:
    response = item.response
    if response.labels:
        return ", ".join(f"{v:g} {label}" for v, label in zip(response.allowed, response.labels, strict=True))
    return response.words()
