"""A GRADE table as frozen values: what a row holds, before anybody lays it out."""

from dataclasses import dataclass

from enthesis.domain.evidence.levels import Level
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.verdicts import Verdict
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.figures.figure import Figure
from enthesis.report.figures.tables import Provenance

__all__ = [
    "Absolute",
    "Difference",
    "GradeDomain",
    "GradeRow",
    "GradeSection",
    "GradeTable",
    "Note",
    "Scores",
    "Span",
]


@dataclass(frozen=True, slots=True)
class Span:
    """An estimate with the ends of its 95 % interval."""

    estimate: float
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Absolute:
    """People with the event per 1000: with the comparator, with the intervention, and the difference.

    ``capped`` is True when a limit came out above 1000 and was cut there.
    """

    comparator: float
    intervention: Span
    difference: Span
    capped: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """Final mean scores of the comparator groups on 0-100: their median, lowest and highest."""

    median: float
    lowest: float
    highest: float
    better: str
    k: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Difference of means, positive is better: in words, in numbers, and what patients notice."""

    span: Span
    unit: str
    words: str
    important: str
    mcid: float | None


@dataclass(frozen=True, slots=True)
class GradeDomain:
    """One GRADE domain: levels taken off, GRADE's word for it, the reason, and its footnote (or none)."""

    name: str
    steps: int
    word: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its letter and its text."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One outcome at one horizon against one class of comparator.

    ``notes`` are the letters of everything that took certainty off or was decided by a person;
    ``effect_notes`` those about the numbers. ``relative`` is a ratio with its measure; ``told`` is what a
    published synthesis says in place of a number.
    """

    question: Question
    outcome: str
    time: str
    basis: str
    k: int
    n: int | None
    n_intervention: int | None
    n_comparator: int | None
    directions: int
    assessed: int
    designs: tuple[str, ...]
    instruments: tuple[str, ...]
    measure: str
    relative: Span | None
    absolute: Absolute | None
    scores: Scores | None
    difference: Difference | None
    told: str
    p_benefit: float | None
    level: Level
    domains: tuple[GradeDomain, ...]
    notes: tuple[str, ...]
    effect_notes: tuple[str, ...]
    claim: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GradeSection:
    """All rows against one class of comparator with their footnotes and, where made, drawn assessments."""

    comparator_class: ComparatorClass
    against: str
    rows: tuple[GradeRow, ...]
    summary: tuple[GradeRow, ...]
    notes: tuple[Note, ...]
    bias: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class GradeTable:
    """GRADE tables of one condition and one intervention, one section for each class of comparator."""

    condition: str
    intervention: str
    title: str
    sections: tuple[GradeSection, ...]
    remarks: tuple[str, ...]
    provenance: Provenance
