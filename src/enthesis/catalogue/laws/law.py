"""A law of the data: what it says, how grave a breach is, and the function that finds breaches."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import Any

from enthesis.catalogue.findings import Breach, Document

__all__ = [
    "CatalogueLaw",
    "DocumentLaw",
    "Documents",
    "Gravity",
    "Law",
    "catalogue_law",
    "laws_in",
    "review_law",
    "study_law",
]


class Gravity(StrEnum):
    """An error keeps the catalogue from loading; a warning is for a person to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Documents:
    """All files of one kind by their place, with the id each should carry, and the vocabulary."""

    studies: Mapping[str, Document]
    reviews: Mapping[str, Document]
    vocabulary: Document

    @property
    def reports(self) -> dict[str, Document]:
        """Studies and reviews together."""
        return {**self.studies, **self.reviews}


@dataclass(frozen=True, slots=True)
class Law:
    """What every law has: a name, what it says and why (its docstring), and its gravity."""

    id: str
    gravity: Gravity
    text: str

    @property
    def statement(self) -> str:
        """The law in one sentence."""
        return self.text.partition("\n")[0]

    @property
    def reason(self) -> str:
        """Why it is a law, and what a breach may mean."""
        return self.text.partition("\n")[2].strip()


@dataclass(frozen=True, slots=True)
class DocumentLaw(Law):
    """A law that one file can break alone; ``kind`` is 'study' or 'review'."""

    kind: str
    breaches: Callable[[Document], Iterator[Breach]]


@dataclass(frozen=True, slots=True)
class CatalogueLaw(Law):
    """A law about files seen together; its breaches come with the file they stand in."""

    breaches: Callable[[Documents], Iterator[tuple[str, Breach]]]


def study_law(gravity: Gravity) -> Callable[[Callable[[Document], Iterator[Breach]]], DocumentLaw]:
    """Make a law about one study of a function that yields its breaches."""
    return lambda function: DocumentLaw(*_head(function, gravity), "study", function)


def review_law(gravity: Gravity) -> Callable[[Callable[[Document], Iterator[Breach]]], DocumentLaw]:
    """Make a law about one review of a function that yields its breaches."""
    return lambda function: DocumentLaw(*_head(function, gravity), "review", function)


def catalogue_law(
    gravity: Gravity,
) -> Callable[[Callable[[Documents], Iterator[tuple[str, Breach]]]], CatalogueLaw]:
    """Make a law about all files together of a function that yields file and breach."""
    return lambda function: CatalogueLaw(*_head(function, gravity), function)


def laws_in(*rooms: Mapping[str, Any]) -> list[Law]:
    """Laws defined in the namespaces of modules, in the order of their definition."""
    return [value for room in rooms for value in room.values() if isinstance(value, Law)]


def _head(function: Callable[..., Any], gravity: Gravity) -> tuple[str, Gravity, str]:
    return function.__name__.replace("_", "-"), gravity, cleandoc(function.__doc__ or "")
