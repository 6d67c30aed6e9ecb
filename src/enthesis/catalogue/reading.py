"""Reads all data files of a catalogue, from memory where they are known, and gathers what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from enthesis.catalogue.cache import Cache
from enthesis.catalogue.examine import examine_document, examine_together, in_order
from enthesis.catalogue.files import DataFile, list_files
from enthesis.catalogue.findings import Document, Finding
from enthesis.catalogue.laws import Documents, Gravity
from enthesis.catalogue.shape import ShapeChecker

__all__ = ["Reading", "read_catalogue"]

Documented = dict[str, Document]


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents by kind and file name, the files they came from, and every finding in order."""

    documents: Documents
    files: Mapping[str, DataFile]
    findings: tuple[Finding, ...]

    @property
    def content_hash(self) -> str:
        """Digest of all files with their names; changes when any of them changes."""
        named = "\n".join(f"{name} {file.digest}" for name, file in sorted(self.files.items()))
        return sha256(named.encode()).hexdigest()


def read_catalogue(
    root: Path, extra: tuple[Path, ...], gravities: tuple[Gravity, ...], cache: Cache | None = None
) -> Reading:
    """Everything below ``root`` and in the ``extra`` folders, with the breaches of these gravities.

    A document that the cache knows was lawful when it was read, so it is not examined again.
    """
    listed, findings = list_files(root, extra)
    files = {file.name: file for file in listed}
    words, found = _documents(listed, "vocabulary", ShapeChecker("vocabulary"), gravities, cache)
    findings += found
    if not words:
        return Reading(Documents({}, {}, {}), files, in_order(findings))
    vocabulary = next(iter(words.values()))
    kinds: dict[str, Documented] = {}
    for kind in ("study", "review"):
        shape = ShapeChecker(kind, vocabulary)
        kinds[kind], found = _documents(listed, kind, shape, gravities, cache)
        findings += found
    documents = Documents(kinds["study"], kinds["review"], vocabulary)
    findings += examine_together(documents, files, gravities)
    return Reading(documents, files, in_order(findings))


def _documents(
    files: list[DataFile],
    kind: str,
    shape: ShapeChecker,
    gravities: tuple[Gravity, ...],
    cache: Cache | None,
) -> tuple[Documented, list[Finding]]:
    documents: Documented = {}
    findings: list[Finding] = []
    for file in files:
        if file.kind != kind:
            continue
        document = cache.get(kind, file.digest) if cache else None
        if document is None:
            examined = examine_document(file, shape, gravities)
            document = examined.document
            findings += examined.findings
            if cache and document is not None and not examined.findings:
                cache.put(kind, file.digest, document)
        if document is not None:
            documents[file.name] = document
    return documents, findings
