"""Published syntheses beside our own answer: what a verdict rests on, agreement, all rows of a topic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Topic
from enthesis.domain.evidence.published import PublishedRow
from enthesis.domain.evidence.review import Review, Statement
from enthesis.domain.vocabulary import Vocabulary
from enthesis.web.evidence.addresses import review_page
from enthesis.web.evidence.present.review import PooledView, StatementView, pooled_view, statement_view
from enthesis.web.evidence.present.sources import short_name

__all__ = ["Beside", "Said", "agreements", "basis_of", "published_rows", "said_by"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One published row with its review; ``standing`` says how it compares with our own result."""

    name: str
    address: str
    row: PooledView
    standing: str
    differs: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a review or guideline, with who made it."""

    name: str
    address: str
    statement: StatementView


def basis_of(a: Answer, vocabulary: Vocabulary) -> Beside | None:
    """The published row that the verdict rests on, if it does."""
    return _beside(a.published, vocabulary) if a.published else None


def agreements(a: Answer, vocabulary: Vocabulary) -> tuple[Beside, ...]:
    """Published rows on the same question, each with agreement or difference and why that may be."""
    return tuple(_beside(x.published, vocabulary, x.why, differs=x.differs) for x in a.agreements)


def published_rows(topic: Topic, vocabulary: Vocabulary) -> tuple[Beside, ...]:
    """All rows of a topic, newest review first."""
    held = sorted(topic.published, key=lambda p: (-(p.review.year or 0), p.review.id))
    return tuple(_beside(p, vocabulary) for p in held)


def _beside(p: PublishedRow, vocabulary: Vocabulary, standing: str = "", *, differs: bool = False) -> Beside:
    return Beside(
        name=short_name(p.review),
        address=review_page(p.review.id),
        row=pooled_view(p.review, p.row, vocabulary),
        standing=standing,
        differs=differs,
        remarks=tuple(_remarks(p)),
    )


def _remarks(p: PublishedRow) -> Iterator[str]:
    if p.review.is_suspect:
        yield "its figures are suspect"
    if not p.direct:
        yield "joins several conditions"
    yield from p.caveats


def said_by(statements: Iterable[tuple[Review, Statement]], vocabulary: Vocabulary) -> tuple[Said, ...]:
    """Statements with who made them, newest first."""
    held = sorted(statements, key=lambda pair: (-(pair[0].year or 0), pair[0].id))
    return tuple(Said(short_name(r), review_page(r.id), statement_view(s, vocabulary)) for r, s in held)
