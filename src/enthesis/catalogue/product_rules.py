"""Reads the rules of products: classification systems, limits, analysers, criteria, checklists."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from enthesis.catalogue.examine import examine_document
from enthesis.catalogue.files import DataFile
from enthesis.catalogue.findings import Document
from enthesis.catalogue.shape import ShapeChecker
from enthesis.domain.products.classes.classification import Citation, Classification
from enthesis.domain.products.classes.scale import Choice, Combination, Ladder, Part, Rung
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.msc import MscCriteria
from enthesis.domain.products.plausibility.limits import Analyser, CountLimits, PlausibilityLimits, Slip
from enthesis.domain.products.reporting.checklist import Checklist, DataPoint, Heading
from enthesis.domain.products.rules import ProductRules
from enthesis.errors import Fault, InvalidData

__all__ = ["PRODUCT_FOLDER", "load_product_rules", "read_product_rules"]

PRODUCT_FOLDER = Path(__file__).parent / "products"
T = TypeVar("T")


@cache
def load_product_rules() -> ProductRules:
    """The product rules that ship with this version.

    Raises:
        InvalidData: A file breaks its schema or its meaning; names file, line and repair.
    """
    return read_product_rules(PRODUCT_FOLDER)


def read_product_rules(folder: Path) -> ProductRules:
    """Product rules of a folder laid out like the shipped one.

    Raises:
        InvalidData: A file breaks its schema or its meaning; names file, line and repair.
    """
    faults: list[Fault] = []

    def read(name: str, kind: str, build: Callable[[Document], T]) -> T | None:
        try:
            return _read(folder / name, name, kind, build)
        except InvalidData as error:
            faults.extend(error.faults)
            return None

    systems = [read(n, "product-classification", _classification) for n in _names(folder, "classifications")]
    checklists = [read(n, "product-checklist", _checklist) for n in _names(folder, "checklists")]
    analysers = read("analysers.yaml", "product-analysers", _analysers)
    limits = read("plausibility.yaml", "product-plausibility", lambda d: _limits(d, analysers or ()))
    criteria = read("msc-criteria.yaml", "product-msc-criteria", _criteria)
    if faults or limits is None or criteria is None:
        raise InvalidData(faults)
    return ProductRules(_present(systems), limits, criteria, _present(checklists))


def _present(values: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(value for value in values if value is not None)


def _names(folder: Path, inside: str) -> list[str]:
    return sorted(f"{inside}/{path.name}" for path in (folder / inside).glob("*.yaml"))


def _read(path: Path, name: str, kind: str, build: Callable[[Document], T]) -> T:
    raw = path.read_bytes()
    file = DataFile(kind, f"products/{name}", raw, sha256(raw).hexdigest())
    examined = examine_document(file, ShapeChecker(kind), ())
    if examined.document is None:
        raise InvalidData(finding.as_fault() for finding in examined.findings)
    if (given := examined.document.get("id", path.stem)) != path.stem and "/" in name:
        raise InvalidData(
            Fault(f"the id '{given}' differs from the file name.", file.name, "Make them equal.")
        )
    try:
        return build(examined.document)
    except InvalidData as error:
        raise InvalidData(
            Fault(f.message, f"{file.name} {f.where}".rstrip(), f.repair) for f in error.faults
        ) from None


def _classification(doc: Document) -> Classification:
    return Classification(
        **_plain(doc, "sources", "parts", "leukocytes", "applies_to"),
        sources=tuple(Citation(**source) for source in doc["sources"]),
        applies_to=_kinds(doc.get("applies_to", ())),
        parts=tuple(_part(part) for part in doc.get("parts", ())),
        leukocytes=_leukocytes(doc.get("leukocytes")),
    )


def _part(doc: Document) -> Part:
    if "quantity" in doc:
        return Ladder(doc["id"], doc["label"], doc["quantity"], tuple(_rung(rung) for rung in doc["rungs"]))
    if "fact" in doc:
        return Choice(**_plain(doc))
    if "of" in doc:
        return Combination(doc["id"], doc["label"], tuple(doc["of"]), MappingProxyType(doc["table"]))
    raise InvalidData(
        Fault("is neither ladder, choice nor combination.", doc["id"], "Add quantity, fact or of.")
    )


def _rung(doc: Document) -> Rung:
    if doc.get("up_to") == "blood":
        return Rung(**_plain(doc, "up_to"), up_to_blood=True)
    return Rung(**doc)


def _leukocytes(rungs: list[Document] | None) -> Ladder | None:
    if rungs is None:
        return None
    return Ladder("leukocytes", "Rich or poor", "leukocytes", tuple(_rung(rung) for rung in rungs))


def _checklist(doc: Document) -> Checklist:
    headings = tuple(
        Heading(h["id"], h["label"], tuple(_point(p) for p in h["points"])) for h in doc["headings"]
    )
    shared = {"doi": "", "published_statements": None}
    return Checklist(**{**shared, **_plain(doc, "headings")}, headings=headings)


def _point(doc: Document) -> DataPoint:
    record = doc.get("record", [])
    return DataPoint(**_plain(doc, "record"), record=(record,) if isinstance(record, str) else tuple(record))


def _limits(doc: Document, analysers: tuple[Analyser, ...]) -> PlausibilityLimits:
    slips = {name: tuple(Slip(**slip) for slip in listed) for name, listed in doc["slips"].items()}
    recovery, counting, making = doc["recovery"], doc["counting"], doc["making"]
    return PlausibilityLimits(
        counts=tuple(_count_limits(count, slips) for count in doc["counts"]),
        refuse_recovery_above=recovery["refuse_above_percent"],
        doubt_recovery_above=recovery["doubt_above_percent"],
        doubt_recovery_below=recovery["doubt_below_percent"],
        usual_recovery=tuple(recovery["usual_percent"]),
        recount_above_e9_per_l=counting["recount_above_e9_per_l"],
        rocked_minutes_at_least=counting["rocked_minutes_at_least"],
        viability_above_percent=doc["cells"]["viability_above_percent"],
        doubt_force_above_g=making["doubt_force_above_g"],
        anticoagulant_per_blood_up_to=making["anticoagulant_per_blood_up_to"],
        analysers=analysers,
        sources=MappingProxyType(
            {name: doc[name]["source"] for name in ("recovery", "counting", "making", "cells")}
        ),
    )


def _count_limits(doc: Document, slips: Mapping[str, tuple[Slip, ...]]) -> CountLimits:
    return CountLimits(
        **{"usual": None, **_plain(doc, "slips", "kinds")},
        slips=slips[doc["slips"]],
        kinds=_kinds(doc["kinds"]),
    )


def _analysers(doc: Document) -> tuple[Analyser, ...]:
    return tuple(Analyser(**_plain(analyser)) for analyser in doc["analysers"])


def _criteria(doc: Document) -> MscCriteria:
    return MscCriteria(
        positive=tuple(doc["positive"]["markers"]),
        positive_at_least=doc["positive"]["at_least_percent"],
        negative=tuple(tuple(group) for group in doc["negative"]["markers"]),
        negative_at_most=doc["negative"]["at_most_percent"],
        lineages=tuple(doc["lineages"]),
        names=_by_kind(doc["names"]),
        tissues=_by_kind(doc["tissues"]),
        source=doc["source"],
    )


def _kinds(words: Iterable[str]) -> tuple[ProductKind, ...]:
    return tuple(ProductKind(word) for word in words)


def _by_kind(names: Mapping[str, str]) -> Mapping[ProductKind, str]:
    return MappingProxyType({ProductKind(kind): name for kind, name in names.items()})


def _plain(doc: Document, *built_elsewhere: str) -> dict[str, Any]:
    """Fields that go over as they are, lists as tuples."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in doc.items() if k not in built_elsewhere}
