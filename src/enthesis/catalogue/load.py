"""The catalogue as one frozen value."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from enthesis.catalogue.build import build_review, build_study, build_vocabulary
from enthesis.catalogue.cache import Cache, user_cache_file
from enthesis.catalogue.files import SHIPPED, VOCABULARY
from enthesis.catalogue.findings import Document
from enthesis.catalogue.laws import Gravity
from enthesis.catalogue.reading import read_catalogue
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.study import Study
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import Fault, InvalidData

__all__ = ["Catalogue", "load"]

Report = TypeVar("Report", Study, Review)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every study and review by id, with the words they use.

    ``content_hash`` changes when any file changes.
    """

    studies: Mapping[str, Study]
    reviews: Mapping[str, Review]
    vocabulary: Vocabulary
    content_hash: str


def load(
    root: Path | str = SHIPPED, *, extra: Iterable[Path | str] = (), use_cache: bool = True
) -> Catalogue:
    """Every study and review, read, checked and ready for use.

    Args:
        root: Folder with ``vocabulary.yaml``, ``studies`` and ``reviews``; the shipped data when left out.
        extra: Further folders whose studies (and reviews) are laid on top, such as a clinic's own files.
        use_cache: Remember lawful files in the user's cache folder.

    Returns:
        The catalogue. The order is that of the file names.

    Raises:
        InvalidData: A file cannot be read or breaks a law; holds every fault with file, line and repair.
    """
    with _collector_paused():
        return _load((Path(root), *map(Path, extra)), use_cache=use_cache)


def _load(folders: tuple[Path, ...], *, use_cache: bool) -> Catalogue:
    cache = Cache(user_cache_file(*folders), folders[0] / VOCABULARY) if use_cache else None
    reading = read_catalogue(folders[0], folders[1:], (Gravity.ERROR,), cache)
    if reading.findings:
        raise InvalidData(finding.as_fault() for finding in reading.findings)
    if cache:
        cache.save()
    documents = reading.documents
    return Catalogue(
        studies=_reports(documents.studies, build_study),
        reviews=_reports(documents.reviews, build_review),
        vocabulary=build_vocabulary(documents.vocabulary),
        content_hash=reading.content_hash,
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking the growing catalogue again and again.

    Documents and values hold no cycles, so there is nothing for it to find; without the pause, time
    would grow faster than the number of files.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _reports(documents: Mapping[str, Document], build: Callable[[Document], Report]) -> Mapping[str, Report]:
    reports: dict[str, Report] = {}
    faults: list[Fault] = []
    for file, document in documents.items():
        try:
            reports[document["id"]] = build(document)
        except InvalidData as error:
            faults += [Fault(f.message, f"{file} {f.where}", f.repair) for f in error.faults]
    if faults:
        raise InvalidData(faults)
    return MappingProxyType(reports)
