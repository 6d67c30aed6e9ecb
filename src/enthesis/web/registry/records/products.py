"""The product of an injection as the domain reads it: what was measured, and how it was given."""

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import ProductKind, ProductReport, product_report, read_product
from enthesis.web.registry.models import Injection, Preparation

__all__ = ["product_document", "report_of", "report_of_row"]

GUIDANCE = {"none": "blind", "ultrasound": "ultrasound", "fluoroscopy": "fluoroscopy", "ct": "ct"}


def product_document(
    record: Mapping[str, Any], *, volume_ml: Decimal | None, target: str, guidance: str
) -> dict[str, Any]:
    """The measured record with volume, target and guidance of the injection in it."""
    document: dict[str, Any] = deepcopy(dict(record))
    place = _volume_path(ProductKind(document["kind"]))
    if place and volume_ml is not None:
        document.setdefault(place[0], {})[place[1]] = float(volume_ml)
    delivery = document.setdefault("delivery", {})
    if target:
        delivery["site"] = target
    if guidance in GUIDANCE:
        delivery["guidance"] = GUIDANCE[guidance]
    return document


def report_of(document: Mapping[str, Any]) -> ProductReport:
    """Everything that follows from a product.

    Raises:
        InvalidData: The record cannot be true; names each field.
    """
    return product_report(read_product(dict(document)), load_product_rules())


def report_of_row(injection: Injection, preparation: Preparation | None) -> ProductReport | None:
    """Everything that follows from the product of an injection on record; None without a record of it."""
    if preparation is None or "kind" not in preparation.record:
        return None
    document = product_document(
        preparation.record,
        volume_ml=injection.volume_ml,
        target=injection.target,
        guidance=injection.guidance,
    )
    return report_of(document)


def _volume_path(kind: ProductKind) -> tuple[str, str] | None:
    """Where the record keeps the volume injected; None where it follows from points."""
    if kind is ProductKind.PROLOTHERAPY:
        return None
    if kind in (ProductKind.HYALURONIC_ACID, ProductKind.CORTICOSTEROID):
        return "product", "volume"
    return "product", "volume_injected"
