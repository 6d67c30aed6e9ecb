"""A document of JSON with one part after the other made something else."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

__all__ = ["Way", "changed", "part_of", "parts"]

Way = tuple[Any, ...]


def parts(value: Any, at: Way = ()) -> Iterator[Way]:
    """The way to every part of a document."""
    if at:
        yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, held in inner:
        yield from parts(held, (*at, name))


def part_of(document: Any, at: Way) -> Any:
    for step in at:
        document = document[step]
    return document


def changed(document: dict[str, Any], at: Way, value: Any) -> str:
    """The document as text, with this one part made something else."""
    made = deepcopy(document)
    part_of(made, at[:-1])[at[-1]] = value
    return json.dumps(made)
