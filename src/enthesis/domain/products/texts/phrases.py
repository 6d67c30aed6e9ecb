"""Small pieces of sentences: numbers with units, lists, sentences that hold only what is recorded."""

from collections.abc import Iterable

__all__ = ["joined", "listed", "number", "sentence"]


def number(value: float | None, unit: str = "") -> str | None:
    """A number to four significant digits with its unit, None for None."""
    if value is None:
        return None
    return f"{value:.4g} {unit}".strip()


def joined(*parts: str | None, between: str = " ") -> str:
    """The parts that are there."""
    return between.join(part for part in parts if part)


def listed(items: Iterable[str | None]) -> str:
    """'a, b and c' of the items that are there."""
    there = [item for item in items if item]
    if len(there) < 2:
        return "".join(there)
    return f"{', '.join(there[:-1])} and {there[-1]}"


def sentence(text: str) -> str:
    """The text as a sentence, with a capital and a full stop; nothing for nothing."""
    text = text.strip()
    return f"{text[0].upper()}{text[1:]}." if text else ""
