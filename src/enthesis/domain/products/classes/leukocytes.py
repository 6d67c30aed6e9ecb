"""Leukocyte rich or poor, under each published definition by its own name.

There is no single cut-off. One product may be poor by one definition and rich by another, so that the
bare label says nothing; a label here always carries the definition that gave it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.domain.products.classes.classification import Classification
from enthesis.domain.products.classes.classify import rung_on
from enthesis.domain.products.measures import Measures
from enthesis.domain.products.platelets import PlateletProduct

__all__ = ["UNKNOWN", "LeukocyteLabel", "label_leukocytes"]

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LeukocyteLabel:
    """One definition and its verdict: rich, poor, neither, or unknown when the counts are missing."""

    definition: str
    name: str
    label: str
    meaning: str


def label_leukocytes(
    product: PlateletProduct, measures: Measures, systems: Iterable[Classification]
) -> tuple[LeukocyteLabel, ...]:
    """Verdict of every system in use that defines rich and poor."""
    labels = []
    for system in systems:
        if system.leukocytes is None or product.kind not in system.applies_to:
            continue
        rung = rung_on(system.leukocytes, product, measures)
        code, meaning = (rung.code, rung.label) if rung else (UNKNOWN, "not counted")
        labels.append(LeukocyteLabel(system.key, system.short, code, meaning))
    return tuple(labels)
