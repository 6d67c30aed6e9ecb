"""Where a rule was read, what kind of source that is, and how far it may go on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.errors import Fault, InvalidData

__all__ = ["Source", "SourceKind", "Strength"]


class SourceKind(StrEnum):
    """What kind of page says it."""

    GUIDELINE = "guideline"
    CONSENSUS = "consensus"
    REVIEW = "systematic-review"
    TRIAL = "trial"
    ENTRY_CRITERIA = "trial-entry-criteria"
    OBSERVATIONAL = "observational"
    LABEL = "label"
    LAW = "law"
    REFERENCE = "reference-work"
    SECONDARY = "secondary-page"
    PRACTICE = "practice"
    """The field's own table of who should be treated, without a citation of its own."""
    UNVERIFIED = "unverified"
    """Not found at a source; may inform and never decides."""


class Strength(StrEnum):
    """How firmly the source says it; for people who read one word."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    EXPERT_OPINION = "expert opinion"
    CONVENTION = "convention of Enthesis"
    NOT_VERIFIED = "not verified"


@dataclass(frozen=True, slots=True)
class Source:
    """A page that was read, or the admission that none was."""

    kind: SourceKind
    strength: Strength
    title: str
    url: str = ""
    doi: str = ""
    read_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a source that cannot be followed, and a strength that an unread page cannot have.

        Raises:
            InvalidData: Neither address nor DOI for a kind that has one, or a strength without a source.
        """
        free = (SourceKind.UNVERIFIED, SourceKind.PRACTICE)
        if self.kind not in free and not (self.url or self.doi):
            raise InvalidData(Fault("names no address.", "source", "Add url or doi, or say 'unverified'."))
        if (self.kind is SourceKind.UNVERIFIED) is not (self.strength is Strength.NOT_VERIFIED):
            raise InvalidData(
                Fault(
                    f"is {self.kind} and calls itself '{self.strength}'.",
                    "source",
                    "What is unverified has the strength 'not verified', and nothing else has.",
                )
            )

    @property
    def is_verified(self) -> bool:
        """False for what nobody found at a source."""
        return self.kind is not SourceKind.UNVERIFIED

    @property
    def reference(self) -> str:
        """Where to look: DOI, else address, else title."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url or self.title
