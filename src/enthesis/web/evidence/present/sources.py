"""Where a figure or a report can be looked up: its place in words and its address."""

from dataclasses import dataclass

from enthesis.domain.evidence.printed import Correction, Source
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.study import Study
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["Link", "Place", "byline", "correction_words", "identifiers", "place_of", "short_name"]


@dataclass(frozen=True, slots=True)
class Link:
    """Words and an address."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: 'table 2', and the page to open."""

    words: str
    address: str


def place_of(source: Source, report: Study | Review, vocabulary: Vocabulary) -> Place:
    """Place of a figure; the report's own page unless the figure was read elsewhere."""
    kind = vocabulary.label("source_kind", source.kind).lower()
    words = (
        source.locator if source.locator and kind in source.locator.lower() else _joined(kind, source.locator)
    )
    return Place(words, source.url or report.url)


def _joined(kind: str, locator: str | None) -> str:
    return f"{kind}, {locator}" if locator else kind


def byline(report: Study | Review) -> str:
    """'Bennell KL, 2021, JAMA', as far as it was seen."""
    year = f"{report.year} (inferred)" if report.year and report.year_is_inferred else report.year
    return ", ".join(str(part) for part in (report.first_author, year, report.journal) if part)


def short_name(report: Study | Review) -> str:
    """'Bennell 2021'; the id where no author was seen."""
    if report.first_author is None:
        return report.id
    surname = " ".join(p for p in report.first_author.split() if not (p.isupper() and len(p) <= 3))
    return " ".join(str(part) for part in (surname or report.first_author, report.year) if part)


def identifiers(report: Study | Review) -> tuple[Link, ...]:
    """The page read, then DOI and PubMed."""
    found = [Link("the page that was read", report.url)]
    if report.doi:
        found.append(Link(f"doi:{report.doi}", f"https://doi.org/{report.doi}"))
    if report.pmid:
        found.append(Link(f"PubMed {report.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{report.pmid}/"))
    return tuple(found)


def correction_words(c: Correction) -> str:
    """One corrected figure with its reason."""
    return f"{c.field}: {c.was} became {c.now} on {c.date.isoformat()}: {c.reason} ({c.source})"
