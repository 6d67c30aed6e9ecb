"""One closed word with its label and its meaning, and the groups that say more than that."""

from dataclasses import dataclass

__all__ = ["Condition", "Instrument", "Intervention", "Outcome", "Word"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that data may use: its id, the label a reader sees, and its meaning in one line."""

    id: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Condition(Word):
    """A condition treated, with the body region and the family of conditions it belongs to."""

    region: str
    family: str


@dataclass(frozen=True, slots=True)
class Intervention(Word):
    """A treatment that an arm received."""


@dataclass(frozen=True, slots=True)
class Outcome(Word):
    """A domain of outcome: pain, function, harm."""


@dataclass(frozen=True, slots=True)
class Instrument(Word):
    """A scale, event or measure as studies report it; ``usual_better`` is 'lower' or 'higher'."""

    usual_better: str
