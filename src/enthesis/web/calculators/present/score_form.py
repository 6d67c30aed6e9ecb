"""An instrument as a form: one question per item, with the answers that were given and their faults."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.domain.instruments import Instrument, Item, Response
from enthesis.errors import Fault

__all__ = ["MOST_RADIOS", "Option", "Question", "answers_of", "other_faults", "questions"]

MOST_RADIOS = 11
"""A 0 to 10 scale still fits on a phone as eleven targets; a longer one becomes a line."""
_COUNTED = re.compile(r"[A-Z]{0,3}\d+[a-z]?")


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed answer."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One item on the screen; ``kind`` is radio, line or number."""

    id: str
    number: int
    title: str
    topic: str
    part: str
    kind: str
    options: tuple[Option, ...]
    minimum: str
    maximum: str
    unit: str
    value: str
    branch: str
    fault: str
    labelled: bool

    @property
    def field(self) -> str:
        """Id of the box on the page."""
        return f"item-{self.id}"


def answers_of(instrument: Instrument, given: Mapping[str, str]) -> dict[str, Any]:
    """Answers by item id as numbers, None where none was given; what is no number is left as it was typed."""
    return {item.id: _number(given.get(item.id, "").strip()) for item in instrument.items}


def questions(
    instrument: Instrument, given: Mapping[str, str], faults: Iterable[Fault]
) -> tuple[Question, ...]:
    """Every item as a question."""
    said = {fault.where: _sentence(fault) for fault in reversed(tuple(faults))}
    return tuple(_question(instrument, item, given, said.get(item.id, "")) for item in instrument.items)


def other_faults(instrument: Instrument, faults: Iterable[Fault]) -> tuple[str, ...]:
    """Faults that belong to no item."""
    ids = {item.id for item in instrument.items}
    return tuple(str(fault) for fault in faults if fault.where not in ids)


def _number(text: str) -> float | str | None:
    if not text:
        return None
    try:
        return float(text.replace(",", ".", 1))
    except ValueError:
        return text[:40]


def _sentence(fault: Fault) -> str:
    return f"{fault.message[:1].upper()}{fault.message[1:]}"


def _question(instrument: Instrument, item: Item, given: Mapping[str, str], fault: str) -> Question:
    response, value = item.response, given.get(item.id, "").strip()
    branch = next((b for b in instrument.branches if item.id in b), ())
    kind = _kind(response)
    return Question(
        id=item.id,
        number=item.number,
        title=item.text or _name(item),
        topic="" if item.text else _topic(item),
        part=_part(instrument, item),
        kind=kind,
        options=_options(response, value) if kind == "radio" else (),
        minimum=f"{response.minimum:g}",
        maximum=f"{response.maximum:g}",
        unit=response.unit,
        value=value[:40],
        branch=f"Answer only one of {', '.join(branch)}." if branch else "",
        fault=fault,
        labelled=bool(response.labels),
    )


def _name(item: Item) -> str:
    """The item as its paper form counts it (S1, 8a), else its number."""
    return f"Item {item.id if _COUNTED.fullmatch(item.id) else item.number}"


def _topic(item: Item) -> str:
    if item.topic or _COUNTED.fullmatch(item.id) or item.id.startswith(("q", "item")):
        return item.topic
    return re.sub(r"[-_]", " ", item.id)


def _part(instrument: Instrument, item: Item) -> str:
    """The subscale an item counts in, where it counts in one of several."""
    rules = [rule for rule in instrument.scores if rule.items]
    mine = [rule.label for rule in rules if item.id in rule.items]
    return mine[0] if len(mine) == 1 < len(rules) else ""


def _kind(response: Response) -> str:
    if response.allowed and len(response.allowed) <= MOST_RADIOS:
        return "radio"
    return "line" if response.unit in ("", "mm") else "number"


def _options(response: Response, value: str) -> tuple[Option, ...]:
    chosen = _number(value)
    return tuple(
        Option(f"{answer:g}", response.labels[n] if response.labels else f"{answer:g}", answer == chosen)
        for n, answer in enumerate(response.allowed)
    )
