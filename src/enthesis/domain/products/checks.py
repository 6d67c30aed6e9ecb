"""Small laws that every measured value obeys, each giving the fault with its place and its repair."""

from collections.abc import Iterable, Iterator
from math import isfinite

from enthesis.errors import Fault, InvalidData

__all__ = ["negatives", "not_one_of", "raise_any", "unlike_a_percentage"]


def raise_any(faults: Iterable[Fault]) -> None:
    """Raise every fault together, or nothing.

    Raises:
        InvalidData: At least one fault was given.
    """
    if found := tuple(faults):
        raise InvalidData(found)


def negatives(**values: float | None) -> Iterator[Fault]:
    """A fault for each value that is below zero or no finite number."""
    for name, value in values.items():
        if value is not None and not (isfinite(value) and value >= 0):
            yield Fault(
                f"Impossible value {value:g}; must be a number of at least 0.",
                name,
                "Enter what was measured.",
            )


def unlike_a_percentage(**values: float | None) -> Iterator[Fault]:
    """A fault for each value outside 0 to 100."""
    for name, value in values.items():
        if value is not None and not 0 <= value <= 100:
            yield Fault(f"Impossible percentage {value:g}; must lie in [0, 100].", name)


def not_one_of(allowed: Iterable[str], **values: str | None) -> Iterator[Fault]:
    """A fault for each word that is none of the allowed ones."""
    words = tuple(allowed)
    for name, value in values.items():
        if value is not None and value not in words:
            yield Fault(f"Unknown word '{value}'; allowed: {', '.join(words)}.", name)
