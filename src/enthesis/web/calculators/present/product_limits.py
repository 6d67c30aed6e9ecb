"""What a box of the product can hold at most, before the domain reads it: slips of a unit, a comma, a paste.

House ceilings, far above anything used: what is unusual within them the domain says with its sources
(``domain/products/plausibility``).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from enthesis.errors import Fault
from enthesis.web.accounts.plain_text import UNSEEN
from enthesis.web.calculators.present.product_fields import ProductField
from enthesis.web.calculators.present.product_form import MOST_SIGNS

__all__ = ["choice_faults", "product_faults"]

# By the unit of the box: least and most.
RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "mL": (0, 1000),
    "min": (0, 10_080),  # a week
    "g": (0, 20_000),
    "°C": (-200, 100),  # liquid nitrogen is at -196
    "%": (0, 100),
    "days": (0, 3650),
    "kDa": (0, 100_000),
    "mg/mL": (0, 1000),
    "mg": (0, 10_000),
    "10^9/L": (0, 100_000),
    "10^3/µL": (0, 100_000),
    "10^6/mL": (0, 100_000),
    "/µL": (0, 100_000_000),
    "lakh/µL": (0, 1000),
    "10^12/L": (0, 100),
    "10^6/µL": (0, 100),
    "": (0, 1_000_000),
}


def choice_faults(given: Mapping[str, str], fields: Iterable[ProductField]) -> Iterator[Fault]:
    """A unit beside an empty box, and a product, that the form does not offer."""
    for field in fields:
        unit, text = given.get(f"{field.path}.unit", ""), given.get(field.path, "").strip()
        if unit and not text and unit not in field.units:
            yield Fault(f"'{unit[:40]}' is no unit of it.", field.path)
        if text and field.path == "kind" and text not in dict(field.choices):
            allowed = ", ".join(name for name, _ in field.choices)
            yield Fault(f"'{text[:40]}' is no platelet product.", field.path, f"Allowed: {allowed}.")


def product_faults(given: Mapping[str, str], fields: Iterable[ProductField]) -> Iterator[tuple[str, Fault]]:
    """The label of each box that cannot be read as it was typed, and why."""
    for field in fields:
        text = given.get(field.path, "").strip()
        if message := _message(text, given, field) if text else "":
            yield field.label, Fault(message, field.path)


def _message(text: str, given: Mapping[str, str], field: ProductField) -> str:
    if len(text) > MOST_SIGNS:
        return f"has {len(text)} signs; at most {MOST_SIGNS} can be kept."
    if UNSEEN.search(text):
        return "holds a sign that cannot be read."
    unit = given.get(f"{field.path}.unit") or (field.units[0] if field.units else field.unit)
    if field.units and unit not in field.units:
        return f"has no such unit; choose {' or '.join(field.units)}."
    return _range_message(text, unit) if field.is_number else ""


def _range_message(text: str, unit: str) -> str:
    try:
        value = float(text.replace(",", ".", 1))
    except ValueError:
        return ""  # what is no plain number the domain reads, or refuses in its own words
    least, most = RANGES[unit]
    return "" if least <= value <= most else f"is out of all reach; {least:g} to {most:g} {unit} can be kept."
