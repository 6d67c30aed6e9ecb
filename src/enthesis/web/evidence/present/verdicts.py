"""Verdict and certainty as they look everywhere: word, mark, tone and four dots."""

from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Basis, Level, Verdict
from enthesis.report import numbers

__all__ = ["LEGEND", "Badge", "Grade", "Ground", "badge", "grade", "ground"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict: its word, its sign and the tone that colours it."""

    word: str
    sign: str
    tone: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A level of certainty as a word and as four dots, filled from the left."""

    word: str
    dots: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer rests on: trials, people, and whether a published synthesis carries it."""

    trials: str
    people: str
    published: bool


_MEANINGS = {
    Verdict.HELPS: "important benefit, high certainty",
    Verdict.PROBABLY_HELPS: "important benefit, moderate certainty",
    Verdict.MAY_HELP: "important benefit, low certainty",
    Verdict.UNCLEAR: "we do not know: very low certainty, no figures, or an important benefit still open",
    Verdict.NO_IMPORTANT_BENEFIT: "smaller than patients notice, and an important benefit is unlikely",
    Verdict.HARM: "importantly worse",
}


def badge(verdict: Verdict) -> Badge:
    """How a verdict looks."""
    return Badge(str(verdict), verdict.mark.sign, verdict.mark.tone, _MEANINGS[verdict])


def grade(level: Level) -> Grade:
    """How a level of certainty looks."""
    return Grade(level.word, "●" * level + "○" * (4 - level))


LEGEND = tuple(badge(v) for v in Verdict)


def ground(a: Answer) -> Ground:
    """Trials and people behind the verdict: those of the published synthesis when it rests on one."""
    if a.basis is Basis.PUBLISHED and a.published is not None:
        row = a.published.row
        return Ground(_trials(row.k), _people(row.n), True)
    if a.synthesis is None:
        return Ground(_trials(len(a.directions) or len(a.left_out) or None), "", False)
    return Ground(_trials(a.k), _people(a.n or None), False)


def _trials(k: int | None) -> str:
    return "" if k is None else "1 trial" if k == 1 else f"{k} trials"


def _people(n: int | None) -> str:
    return "" if n is None else f"{numbers.count(n)} people"
