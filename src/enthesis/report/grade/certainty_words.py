"""GRADE's own words for levels taken off, and the footnotes that give the reasons."""

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.levels import Certainty
from enthesis.report.grade.table import GradeDomain, Note

__all__ = ["Footnotes", "domain_word", "graded_domains", "level_notes"]

_SERIOUS = {0: "not serious", -1: "serious", -2: "very serious", -3: "extremely serious"}
_PUBLICATION = {0: "undetected", -1: "strongly suspected"}


class Footnotes:
    """Letters for reasons as a table meets them; the same reason keeps its letter."""

    def __init__(self) -> None:
        """Start without a note."""
        self._letters: dict[str, str] = {}

    def letter(self, text: str) -> str:
        """Letter of a reason: a to z, then aa, ab ..."""
        return self._letters.setdefault(text, _letters(len(self._letters)))

    @property
    def all(self) -> tuple[Note, ...]:
        """Every note in the order of its letter."""
        return tuple(Note(letter, text) for text, letter in self._letters.items())


def _letters(at: int) -> str:
    first, last = divmod(at, 26)
    return (chr(ord("a") + first - 1) if first else "") + chr(ord("a") + last)


def domain_word(name: str, steps: int) -> str:
    """GRADE's word for the levels that a domain takes off."""
    if name == "publication bias":
        return _PUBLICATION.get(steps, "strongly suspected")
    return _SERIOUS.get(steps, "extremely serious")


def graded_domains(certainty: Certainty | None, notes: Footnotes) -> tuple[GradeDomain, ...]:
    """The domains with a footnote wherever one took a level off."""
    return tuple(
        GradeDomain(
            d.domain,
            d.steps,
            domain_word(d.domain, d.steps),
            d.reason,
            notes.letter(f"{_capital(d.domain)} ({_levels(d.steps)}): {d.reason}.") if d.steps else "",
        )
        for d in (certainty.domains if certainty else ())
    )


def level_notes(a: Answer, domains: tuple[GradeDomain, ...], notes: Footnotes) -> tuple[str, ...]:
    """Letters of all that explains a level: domains, a published basis, a person's decision."""
    if a.basis is Basis.NONE:
        return (notes.letter(f"Nothing could be pooled: {'; '.join(a.level_reasons)}."),)
    if a.basis is Basis.PUBLISHED and a.published is not None:
        review = a.published.review
        name = f"{review.first_author or review.id} {review.year or ''}".strip()
        why = "; ".join(a.level_reasons)
        return (notes.letter(f"Rests on a published synthesis, {name} ({review.url}); {why}."),)
    found = [d.note for d in domains if d.note]
    if a.certainty and (o := a.certainty.override):
        said = f"Certainty set by {o.by} on {o.on.isoformat()} (proposed: {a.certainty.proposed.word})"
        found.append(notes.letter(f"{said}: {o.reason}."))
    return tuple(found)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _levels(steps: int) -> str:
    return f"−{-steps} level" + "s" * (steps < -1)
