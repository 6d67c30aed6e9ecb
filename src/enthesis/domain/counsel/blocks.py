"""What a decision aid is made of: sections of blocks, texts finished in a language, counts as numbers.

Blocks say what a thing is, never how it looks. Their counts are those of the evidence in every language.
"""

from dataclasses import dataclass

from enthesis.domain.counsel.wording import Said
from enthesis.domain.evidence import Level

__all__ = [
    "AnswerLine",
    "Block",
    "Certainty",
    "Checklist",
    "CountRow",
    "CountTable",
    "Course",
    "CourseRow",
    "Heading",
    "Note",
    "OptionCard",
    "Paragraph",
    "People",
    "PeoplePanel",
    "Points",
    "Reference",
    "References",
    "ResultLine",
    "Scale",
    "Section",
    "Steps",
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``lead`` carries the answer of its section, ``about`` says what the text tells."""

    text: Said
    lead: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A warning that has to be seen: a machine translation, words that are missing."""

    text: Said
    english: Said | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; with ``folds``, of a part for those who check, which a screen may fold."""

    text: Said
    folds: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list without order."""

    items: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A list in order."""

    items: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure: the level with its name and its meaning."""

    level: Level
    name: Said
    meaning: Said


@dataclass(frozen=True, slots=True)
class OptionCard:
    """One way to go, told like every other: what it is, good and bad sides, what living it is like."""

    id: str
    name: Said
    what: Said
    good: tuple[Said, ...]
    bad: tuple[Said, ...]
    like: Said
    studies: Said
    certainty: Certainty | None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What the studies found on one question: verdict, size with its range, how many people, how sure."""

    question: Said
    verdict: Said
    size: Said | None
    ground: Said
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class PeoplePanel:
    """A hundred people under one treatment: ``count`` of them have it, the others do not."""

    heading: Said
    count: int
    having: Said
    not_having: Said


@dataclass(frozen=True, slots=True)
class People:
    """Pictographs of a hundred people side by side; ``harm`` tells a bad event from a good one."""

    title: Said
    panels: tuple[PeoplePanel, ...]
    harm: bool
    caption: Said


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One span of time: how the treated differ from the others, and how sure."""

    time: Said
    difference: Said
    ground: Said
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Course:
    """How the difference runs over time."""

    title: Said
    heads: tuple[Said, ...]
    rows: tuple[CourseRow, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One harm as it was counted: the words for it and where it was read."""

    what: Said
    counted: Said
    source: str


@dataclass(frozen=True, slots=True)
class CountTable:
    """Harms with their counts."""

    heads: tuple[Said, ...]
    rows: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Something that may matter, to be marked on ``marks``; the first means ``low``, the last ``high``."""

    statement: Said
    low: Said
    high: Said
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question with room to write."""

    question: Said


@dataclass(frozen=True, slots=True)
class Checklist:
    """Standards of decision aids: each with whether it is met and where or why not."""

    heads: tuple[Said, ...]
    rows: tuple[tuple[Said, Said, Said], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A source: what it is and where to read it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class References:
    """Where the numbers come from."""

    items: tuple[Reference, ...]


Block = (
    Paragraph
    | Note
    | Heading
    | Points
    | Steps
    | OptionCard
    | ResultLine
    | People
    | Course
    | CountTable
    | Scale
    | AnswerLine
    | Checklist
    | References
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the aid with its heading."""

    id: str
    heading: Said
    blocks: tuple[Block, ...]
