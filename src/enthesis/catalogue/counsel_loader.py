"""Reads what counsel needs: words of each language, options, facts, standards, purposes, laws."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from enthesis.catalogue.examine import examine_document
from enthesis.catalogue.files import DataFile
from enthesis.catalogue.findings import Document
from enthesis.catalogue.shape import ShapeChecker
from enthesis.domain.counsel.knowledge import (
    CounselKnowledge,
    Criterion,
    Fact,
    FactKind,
    Imprint,
    LegalLine,
    Option,
    PurposeTerms,
    Reach,
    Standing,
)
from enthesis.domain.counsel.numerals import Digits, Grouping, PluralRule
from enthesis.domain.counsel.wording import Language, Translation
from enthesis.errors import Fault, InvalidData

__all__ = ["COUNSEL_FOLDER", "LANGUAGES", "load_counsel", "read_counsel"]

COUNSEL_FOLDER = Path(__file__).parent / "counsel"
# English first: what others lack is said in its words.
LANGUAGES = ("en", "hi", "bn")
T = TypeVar("T")


@cache
def load_counsel() -> CounselKnowledge:
    """The counsel data that ship with this version.

    Raises:
        InvalidData: A file breaks its schema; names file, line and repair.
    """
    return read_counsel(COUNSEL_FOLDER)


def read_counsel(folder: Path) -> CounselKnowledge:
    """Counsel data of a folder laid out like the shipped one.

    Raises:
        InvalidData: A file breaks its schema; names file, line and repair.
    """
    faults: list[Fault] = []

    def read(name: str, kind: str, build: Callable[[Document], T]) -> T | None:
        try:
            return _read(folder / f"{name}.yaml", kind, build)
        except InvalidData as error:
            faults.extend(error.faults)
            return None

    languages = {code: read(code, "counsel-language", _language) for code in LANGUAGES}
    options = read("options", "counsel-options", lambda d: tuple(map(_option, d["options"])))
    facts = read("facts", "counsel-facts", lambda d: tuple(map(_fact, d["facts"])))
    criteria = read("ipdas", "counsel-ipdas", lambda d: tuple(map(_criterion, d["criteria"])))
    consent = read("consent", "counsel-consent", _consent)
    imprint = read("imprint", "counsel-imprint", _imprint)
    if faults or options is None or facts is None or criteria is None or consent is None or imprint is None:
        raise InvalidData(faults)
    version, purposes, laws = consent
    return CounselKnowledge(
        languages=MappingProxyType({code: held for code, held in languages.items() if held}),
        options=options,
        facts=facts,
        criteria=criteria,
        purposes=purposes,
        laws=laws,
        imprint=imprint,
        consent_version=version,
    )


def _read(path: Path, kind: str, build: Callable[[Document], T]) -> T:
    raw = path.read_bytes()
    file = DataFile(kind, f"counsel/{path.name}", raw, sha256(raw).hexdigest())
    examined = examine_document(file, ShapeChecker(kind), ())
    if examined.document is None:
        raise InvalidData(finding.as_fault() for finding in examined.findings)
    return build(examined.document)


def _language(doc: Document) -> Language:
    return Language(
        code=doc["language"],
        name=doc["name"],
        english_name=doc["english_name"],
        digits=Digits(doc["digits"]),
        grouping=Grouping(doc["grouping"]),
        plural=PluralRule(doc["plural"]),
        translation=Translation(doc["translation"]),
        messages=MappingProxyType(doc["messages"]),
        reviewed_by=doc.get("reviewed_by", ""),
        reviewed_on=_day(doc, "reviewed_on"),
    )


def _day(doc: Document, name: str) -> date | None:
    return date.fromisoformat(doc[name]) if name in doc else None


def _imprint(doc: Document) -> Imprint:
    return Imprint(doc["version"], doc["evidence_read"], date.fromisoformat(doc["next_review"]))


def _law(doc: Document) -> LegalLine:
    return LegalLine(**{**doc, "checked": _day(doc, "checked")})


def _reach(doc: Mapping[str, list[str]]) -> Reach:
    return Reach(**{name: tuple(words) for name, words in doc.items()})


def _option(doc: Document) -> Option:
    is_injection = doc.get("injection", False)
    return Option(
        id=doc["id"],
        texts=doc["texts"],
        variant=doc.get("variant", ""),
        reach=_reach(doc["reach"]),
        intervention=doc.get("intervention", ""),
        is_injection=is_injection,
        beside=doc.get("beside", not is_injection),
    )


def _fact(doc: Document) -> Fact:
    return Fact(
        id=doc["id"],
        kind=FactKind(doc["kind"]),
        reach=_reach(doc["reach"]),
        text=doc["text"],
        values=MappingProxyType(doc.get("values", {})),
        source=doc.get("source", ""),
        url=doc.get("url", ""),
        checked=_day(doc, "checked"),
    )


def _criterion(doc: Document) -> Criterion:
    return Criterion(doc["id"], doc["group"], Standing(doc["standing"]), doc["where"])


def _consent(doc: Document) -> tuple[str, tuple[PurposeTerms, ...], tuple[LegalLine, ...]]:
    purposes = tuple(PurposeTerms(**p) for p in doc["purposes"])
    return doc["version"], purposes, tuple(map(_law, doc["laws"]))
