"""From the plain fields of a file or form to a product record, all faults together."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, cast

from enthesis.domain.products.checks import raise_any
from enthesis.domain.products.intake.cells import read_cells
from enthesis.domain.products.intake.fields import AskedField, Fields
from enthesis.domain.products.intake.injectates import (
    read_corticosteroid,
    read_hyaluronic_acid,
    read_prolotherapy,
)
from enthesis.domain.products.intake.platelets import read_platelets
from enthesis.domain.products.kinds import CELL_KINDS, PLATELET_KINDS, ProductKind
from enthesis.domain.products.product import Product
from enthesis.errors import Fault

__all__ = ["known_fields", "read_product"]

_READERS: Mapping[ProductKind, Callable[[Fields, ProductKind], Product | None]] = {
    **dict.fromkeys(PLATELET_KINDS, read_platelets),
    **dict.fromkeys(CELL_KINDS, read_cells),
    ProductKind.PROLOTHERAPY: read_prolotherapy,
    ProductKind.HYALURONIC_ACID: read_hyaluronic_acid,
    ProductKind.CORTICOSTEROID: read_corticosteroid,
}


def read_product(document: Mapping[str, Any]) -> Product:
    """Product record of a plain document; ``kind`` is 'prp' when it is not given.

    Counts and volumes are numbers in the unit of their field (10^9/L, erythrocytes 10^12/L, mL) or text
    with a unit. ``docs/reference/products/record.md`` lists every field.

    Raises:
        InvalidData: Every unknown field, wrong unit and impossible value, each with its place.
    """
    faults: list[Fault] = []
    fields = Fields(document, "", faults)
    kind = _kind(fields)
    product = _READERS[kind](fields, kind) if kind else None
    if kind:
        fields.nothing_else()
    raise_any(faults)
    return cast(Product, product)


def known_fields(kind: ProductKind) -> tuple[AskedField, ...]:
    """Every field that the record of a kind may hold, in the order it is read."""
    log: list[AskedField] = []
    _READERS[kind](Fields({}, "", [], log), kind)
    return tuple(log)


def _kind(fields: Fields) -> ProductKind | None:
    word = fields.text("kind") or ProductKind.PRP.value
    known = [kind.value for kind in ProductKind]
    if word in known:
        return ProductKind(word)
    close = get_close_matches(word, known, n=1)
    repair = f"Did you mean {close[0]}?" if close else f"Known kinds: {', '.join(known)}."
    fields.fault("kind", f"'{word}' is no kind of product.", repair)
    return None
