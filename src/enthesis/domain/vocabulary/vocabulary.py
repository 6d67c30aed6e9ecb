"""Every closed word of the catalogue as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass

from enthesis.domain.vocabulary.words import Condition, Instrument, Intervention, Outcome, Word
from enthesis.errors import NotFound

__all__ = ["Vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that studies and reviews may use, by id, in the order a reader should meet them.

    ``words`` holds every group by its name, the four typed ones included.
    """

    conditions: Mapping[str, Condition]
    interventions: Mapping[str, Intervention]
    outcomes: Mapping[str, Outcome]
    instruments: Mapping[str, Instrument]
    words: Mapping[str, Mapping[str, Word]]

    def word(self, group: str, word: str) -> Word:
        """One word of a group.

        Raises:
            NotFound: There is no such group, or no such word in it.
        """
        if group not in self.words:
            raise NotFound("group of words", group, self.words)
        if word not in self.words[group]:
            raise NotFound(group.replace("_", " "), word, self.words[group])
        return self.words[group][word]

    def label(self, group: str, word: str) -> str:
        """What a reader sees for a word."""
        return self.word(group, word).label
