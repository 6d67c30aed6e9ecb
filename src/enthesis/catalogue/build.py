"""From the plain dicts of the data files to the frozen values of the domain.

The shape of a document has been checked before it comes here (``shape.py``); a value that still refuses
its figures says so with its place inside the document.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from enthesis.domain.evidence.printed import (
    ArmFigures,
    Correction,
    Integrity,
    PrintedContrast,
    PrintedP,
    Source,
    WithinArm,
)
from enthesis.domain.evidence.review import Included, PooledRow, Review, Statement
from enthesis.domain.evidence.study import Arm, Blinding, Population, Product, Result, Study
from enthesis.domain.vocabulary import Condition, Instrument, Intervention, Outcome, Vocabulary, Word
from enthesis.errors import Fault, InvalidData

__all__ = ["build_review", "build_study", "build_vocabulary"]

Document = Mapping[str, Any]
T = TypeVar("T")
TYPED_GROUPS = {
    "condition": Condition,
    "intervention": Intervention,
    "outcome": Outcome,
    "instrument": Instrument,
}


def build_study(doc: Document) -> Study:
    """Study of one document.

    Raises:
        InvalidData: Figures contradict each other; names the place inside the document.
    """
    return _make(
        Study,
        doc,
        population=Population(**doc["population"]),
        blinding=Blinding(**doc.get("blinding", {})),
        arms=_each("arms", doc["arms"], _arm),
        results=_each("results", doc["results"], _result),
        **_record(doc),
    )


def build_review(doc: Document) -> Review:
    """Review or guideline of one document.

    Raises:
        InvalidData: Figures contradict each other; names the place inside the document.
    """
    return _make(
        Review,
        doc,
        included=_make(Included, doc.get("included", {})),
        pooled=_each("pooled", doc["pooled"], _pooled_row),
        statements=_each("statements", doc["statements"], lambda s: _make(Statement, s)),
        **_record(doc),
    )


def build_vocabulary(doc: Document) -> Vocabulary:
    """Vocabulary of the document that lists every word by group."""
    words = {
        group: MappingProxyType(
            {word: TYPED_GROUPS.get(group, Word)(id=word, **entry) for word, entry in entries.items()}
        )
        for group, entries in doc.items()
    }
    return Vocabulary(
        conditions=words["condition"],
        interventions=words["intervention"],
        outcomes=words["outcome"],
        instruments=words["instrument"],
        words=MappingProxyType(words),
    )


def _result(doc: Document) -> Result:
    figures = [{"arm": arm, **row} for arm, row in doc.get("arms", {}).items()]
    return _make(
        Result,
        doc,
        source=Source(**doc["source"]),
        arms=_each("arms", figures, lambda row: _make(ArmFigures, row)),
        contrast=_one("contrast", doc, _printed_contrast),
        within_arm=_each("within_arm", doc.get("within_arm", ()), _within_arm),
        overall_p=_one("overall_p", doc, _printed_p),
    )


def _arm(doc: Document) -> Arm:
    return _make(Arm, doc, product=Product(**doc.get("product", {})))


def _printed_contrast(doc: Document) -> PrintedContrast:
    return _make(PrintedContrast, doc, p=_one("p", doc, _printed_p))


def _within_arm(doc: Document) -> WithinArm:
    return _make(WithinArm, doc, p=_one("p", doc, _printed_p))


def _pooled_row(doc: Document) -> PooledRow:
    return _make(PooledRow, doc, source=Source(**doc["source"]), p=_one("p", doc, _printed_p))


def _printed_p(doc: Document) -> PrintedP:
    return PrintedP(**doc)


def _record(doc: Document) -> dict[str, Any]:
    return {
        "integrity": _one("integrity", doc, lambda d: _make(Integrity, d)),
        "corrections": _each("corrections", doc.get("corrections", ()), _correction),
    }


def _correction(doc: Document) -> Correction:
    return _make(Correction, doc, date=date.fromisoformat(doc["date"]))


def _make(kind: Callable[..., T], doc: Document, **built: Any) -> T:
    plain = {key: tuple(v) if type(v) is list else v for key, v in doc.items() if key not in built}
    return kind(**plain, **built)


def _one(name: str, doc: Document, build: Callable[[Document], T]) -> T | None:
    if name not in doc:
        return None
    try:
        return build(doc[name])
    except InvalidData as error:
        raise InvalidData(_below(name, error)) from None


def _each(name: str, docs: Iterable[Document], build: Callable[[Document], T]) -> tuple[T, ...]:
    built: list[T] = []
    faults: list[Fault] = []
    for at, doc in enumerate(docs):
        try:
            built.append(build(doc))
        except InvalidData as error:
            faults += _below(f"{name}[{at}]", error)
    if faults:
        raise InvalidData(faults)
    return tuple(built)


def _below(place: str, error: InvalidData) -> list[Fault]:
    return [Fault(f.message, f"{place}.{f.where}".rstrip("."), f.repair) for f in error.faults]
