"""A finished decision aid in one language."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from enthesis.domain.counsel.blocks import Block, Note, Section
from enthesis.domain.counsel.canonical import content_hash
from enthesis.domain.counsel.readability import Readability
from enthesis.domain.counsel.wording import Said, Translation

__all__ = ["CardWords", "DecisionAid", "texts_of"]


@dataclass(frozen=True, slots=True)
class CardWords:
    """Words that stand beside every option and every certainty, and over the list of contents."""

    what: Said
    good: Said
    bad: Said
    like: Said
    studies: Said
    asked: Said
    how_sure: Said
    content_code: Said
    contents: Said


@dataclass(frozen=True, slots=True)
class DecisionAid:
    """Everything a patient sees, in order; the same evidence gives the same numbers in every language.

    ``untranslated`` names the texts that stand in the fallback language. ``evidence_state`` tells which state
    of the catalogue the numbers come from.
    """

    id: str
    condition: str
    intervention: str
    language: str
    translation: Translation
    version: str
    made_on: date
    evidence_state: str
    title: Said
    subtitle: Said
    notes: tuple[Note, ...]
    sections: tuple[Section, ...]
    card: CardWords
    untranslated: tuple[str, ...]

    @property
    def content_hash(self) -> str:
        """SHA-256 of all of it, to be kept with a consent."""
        return content_hash(self)

    def section(self, name: str) -> Section:
        """The section of that id.

        Raises:
            KeyError: The aid has none.
        """
        for section in self.sections:
            if section.id == name:
                return section
        raise KeyError(name)

    def blocks(self) -> Iterator[Block]:
        """Every block, in order."""
        return (block for section in self.sections for block in section.blocks)


def texts_of(value: Any) -> Iterator[Said]:
    """Every finished text inside a value, in order."""
    if isinstance(value, Said):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value) and not isinstance(value, Readability | type):
        for f in fields(value):
            yield from texts_of(getattr(value, f.name))
