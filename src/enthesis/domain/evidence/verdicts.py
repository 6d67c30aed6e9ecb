"""Size of effect times certainty: the verdict, and the sentence that says it.

Sentences follow the GRADE informative statements (Santesso 2020, doi:10.1016/j.jclinepi.2019.10.014):
size comes first from the important difference, the verb from the certainty.
"""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.rules import EvidenceRules

__all__ = ["Size", "Verdict", "decide", "size_of", "verb_of"]


class Size(StrEnum):
    """Size of an effect against the important difference."""

    IMPORTANT_BENEFIT = "important benefit"
    SMALL_BENEFIT = "small benefit, below what patients notice"
    LITTLE_OR_NONE = "little or no difference"
    SMALL_HARM = "slightly worse, below what patients notice"
    IMPORTANT_HARM = "importantly worse"
    UNKNOWN = "size cannot be judged"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a verdict looks: a sign that prints in black and reads without colour, and its tone."""

    sign: str
    tone: str


class Verdict(StrEnum):
    """The words of the verdict scale."""

    HELPS = "helps"
    PROBABLY_HELPS = "probably helps"
    MAY_HELP = "may help"
    UNCLEAR = "unclear"
    NO_IMPORTANT_BENEFIT = "no important benefit"
    HARM = "harm"

    @property
    def mark(self) -> Mark:
        """Sign and tone of the verdict."""
        return _MARKS[self]


_MARKS = {
    Verdict.HELPS: Mark("●", "good-3"),
    Verdict.PROBABLY_HELPS: Mark("◕", "good-2"),
    Verdict.MAY_HELP: Mark("◑", "good-1"),
    Verdict.UNCLEAR: Mark("?", "none"),
    Verdict.NO_IMPORTANT_BENEFIT: Mark("○", "flat"),
    Verdict.HARM: Mark("▼", "bad"),
}


def size_of(benefit: float, mcid: float | None, rules: EvidenceRules) -> Size:
    """Size of an effect turned so that positive is better, both on one scale."""
    if mcid is None:
        return Size.UNKNOWN
    little = rules.little_share * mcid
    if benefit >= mcid:
        return Size.IMPORTANT_BENEFIT
    if benefit >= little:
        return Size.SMALL_BENEFIT
    if benefit > -little:
        return Size.LITTLE_OR_NONE
    return Size.SMALL_HARM if benefit > -mcid else Size.IMPORTANT_HARM


def decide(size: Size, level: Level) -> Verdict:
    """Verdict for a size at a certainty. Very low certainty is never more than unclear."""
    if level is Level.VERY_LOW or size is Size.UNKNOWN:
        return Verdict.UNCLEAR
    if size is Size.IMPORTANT_HARM:
        return Verdict.HARM
    if size is Size.IMPORTANT_BENEFIT:
        return {Level.HIGH: Verdict.HELPS, Level.MODERATE: Verdict.PROBABLY_HELPS}.get(
            level, Verdict.MAY_HELP
        )
    return Verdict.NO_IMPORTANT_BENEFIT


def verb_of(level: Level) -> str:
    """Word that carries the certainty; empty for high."""
    return {Level.HIGH: "", Level.MODERATE: "probably ", Level.LOW: "may "}.get(level, "")
