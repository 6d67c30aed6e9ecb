"""Frozen values of the domain as plain objects: field names as they are, what was not seen left out."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

__all__ = ["plain"]


def plain(value: Any) -> Any:
    """The value as JSON can hold it; fields that are None or empty are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        held = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: plain(x) for name, x in held if x is not None and x != ()}
    if isinstance(value, Mapping):
        return {str(key): plain(x) for key, x in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(x) for x in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
