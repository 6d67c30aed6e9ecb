"""A birth date from three boxes, in any digits."""

from collections.abc import Mapping
from datetime import date

__all__ = ["read_birth_date"]

LONGEST = 4


def read_birth_date(given: Mapping[str, str]) -> date | None:
    """The day that ``day``, ``month`` and ``year`` (four digits) name; None when there is no such day."""
    parts = [given.get(name, "").strip() for name in ("year", "month", "day")]
    if not all(part.isdecimal() and len(part) <= LONGEST for part in parts) or len(parts[0]) != LONGEST:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
