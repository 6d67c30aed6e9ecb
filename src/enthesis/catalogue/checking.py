"""Checks a catalogue from end to end and reports every breach, errors and warnings apart."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enthesis.catalogue.build import build_study
from enthesis.catalogue.declared import check_declared
from enthesis.catalogue.files import SHIPPED
from enthesis.catalogue.findings import Finding
from enthesis.catalogue.laws import LAWS, Gravity
from enthesis.catalogue.reading import Reading, read_catalogue
from enthesis.errors import InvalidData

__all__ = ["CheckReport", "check"]

_WARNINGS = frozenset(law.id for law in LAWS if law.gravity is Gravity.WARNING)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. With an error the catalogue does not load; a warning is for a person to look at."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    studies: int
    reviews: int

    @property
    def ok(self) -> bool:
        """True when nothing keeps the catalogue from loading."""
        return not self.errors


def check(path: Path | str | None = None, *, extra: Iterable[Path | str] = ()) -> CheckReport:
    """Every breach in the catalogue at ``path`` (the shipped one when left out) and in ``extra`` folders.

    Nothing is raised for bad data and nothing is taken from the cache.
    """
    root = SHIPPED if path is None else Path(path)
    reading = read_catalogue(root, tuple(map(Path, extra)), tuple(Gravity))
    return CheckReport(
        errors=(*(f for f in reading.findings if f.law not in _WARNINGS), *_declared(root, reading)),
        warnings=tuple(f for f in reading.findings if f.law in _WARNINGS),
        studies=len(reading.documents.studies),
        reviews=len(reading.documents.reviews),
    )


def _declared(root: Path, reading: Reading) -> Iterator[Finding]:
    """Breaches in the files that decide; assessments are held against the studies that can be built."""
    documents = reading.documents
    if not documents.vocabulary:
        return
    studies = {}
    for document in documents.studies.values():
        with suppress(InvalidData):
            studies[document["id"]] = build_study(document)
    reviews = frozenset(document["id"] for document in documents.reviews.values())
    yield from check_declared(root, studies, reviews, documents.vocabulary)
