"""Size of effect times certainty: the verdict, and the sentence that says it.

Sentences follow the GRADE informative statements (Santesso 2020, doi:10.1016/j.jclinepi.2019.10.014):
size comes first from the important difference, the verb from the certainty.
"""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.domain.evidence.levels import Level
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.synthesis import Synthesis

__all__ = ["Size", "Verdict", "decide", "open_probability", "settle", "size_of", "size_of_pool"]


class Size(StrEnum):
    """Size of an effect against the important difference."""

    IMPORTANT_BENEFIT = "important benefit"
    SMALL_BENEFIT = "small benefit, below what patients notice"
    LITTLE_OR_NONE = "little or no difference"
    SMALL_HARM = "slightly worse, below what patients notice"
    IMPORTANT_HARM = "importantly worse"
    UNDECIDED = "little or important difference, the trials cannot tell which"
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
    # Worse than what it was compared with; against an active treatment that is no harm of its own.
    HARM = "worse"

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


def settle(size: Size, p_important: float | None, rules: EvidenceRules) -> Size:
    """The size, or undecided where it is below important and yet an important effect is not unlikely.

    Absence of an important effect is a finding of its own; a wide interval around a small estimate is not.

    Args:
        size: Size of the estimate.
        p_important: Probability of an important benefit; for harms that of an important effect either way.
        rules: The share above which an important effect is still open.
    """
    open_ended = p_important is not None and p_important > rules.absence_share
    return Size.UNDECIDED if size in _BELOW_IMPORTANT and open_ended else size


_BELOW_IMPORTANT = (Size.SMALL_BENEFIT, Size.LITTLE_OR_NONE, Size.SMALL_HARM)


def open_probability(outcome: str, p_benefit: float | None, p_harm: float | None) -> float | None:
    """What must be unlikely before an effect may be called absent; for harms, more as well as fewer."""
    if p_benefit is None or outcome not in HARMS:
        return p_benefit
    return max(p_benefit, p_harm or 0.0)


def size_of_pool(s: Synthesis, rules: EvidenceRules) -> Size:
    """Size of a pooled effect, settled by the probability that it is important after all."""
    mcid = s.scale.mcid.value if s.scale.mcid else None
    still_open = open_probability(s.contrasts[0].pick.question.outcome, s.p_benefit, s.p_harm)
    return settle(size_of(s.benefit(s.judged.mu), mcid, rules), still_open, rules)


def decide(size: Size, level: Level) -> Verdict:
    """Verdict for a size at a certainty. Very low certainty is never more than unclear."""
    if level is Level.VERY_LOW or size in (Size.UNKNOWN, Size.UNDECIDED):
        return Verdict.UNCLEAR
    if size is Size.IMPORTANT_HARM:
        return Verdict.HARM
    if size is Size.IMPORTANT_BENEFIT:
        return {Level.HIGH: Verdict.HELPS, Level.MODERATE: Verdict.PROBABLY_HELPS}.get(
            level, Verdict.MAY_HELP
        )
    return Verdict.NO_IMPORTANT_BENEFIT
