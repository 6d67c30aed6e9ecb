"""Whether cells may be called mesenchymal stromal cells, and what they are called otherwise.

The name is earned by documents, not by intention: every minimal criterion has to be on record. The word
'stem' is never allowed, because it would need proof of self-renewal and differentiation in the body.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from enthesis.domain.products.cells import CellProduct, Phenotype
from enthesis.domain.products.kinds import ProductKind

__all__ = ["AllowedName", "Criterion", "MscCriteria", "allowed_name", "forbidden_words", "judge_criteria"]


@dataclass(frozen=True, slots=True)
class MscCriteria:
    """Minimal criteria, thresholds in percent of cells, and the names of products that do not meet them.

    Every group of ``negative`` holds alternatives, of which one has to be documented.
    """

    positive: tuple[str, ...]
    positive_at_least: float
    negative: tuple[tuple[str, ...], ...]
    negative_at_most: float
    lineages: tuple[str, ...]
    names: Mapping[ProductKind, str]
    tissues: Mapping[ProductKind, str]
    source: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: met True, failed False, not documented None."""

    id: str
    met: bool | None
    why: str


@dataclass(frozen=True, slots=True)
class AllowedName:
    """The name a product may carry, whether it may be called MSC, and why."""

    name: str
    may_say_msc: bool
    why: str


def judge_criteria(phenotype: Phenotype, criteria: MscCriteria) -> tuple[Criterion, ...]:
    """Each of the four minimal criteria: met, failed, or not documented.

    Source: Dominici 2006, doi:10.1080/14653240600855905.
    """
    lacking = [lineage for lineage in criteria.lineages if lineage not in phenotype.lineages]
    return (
        Criterion("adherence", phenotype.plastic_adherent, "adherence to plastic in standard culture"),
        _positive(phenotype, criteria),
        _negative(phenotype, criteria),
        Criterion(
            "differentiation",
            None if lacking else True,
            f"differentiation not shown: {', '.join(lacking)}"
            if lacking
            else "differentiation shown in all lineages",
        ),
    )


def allowed_name(product: CellProduct, criteria: MscCriteria) -> AllowedName:
    """The name that the documents allow; 'MSC' only for cultured cells that meet every criterion.

    Source: Dominici 2006, doi:10.1080/14653240600855905; tissue of origin and 'stromal' instead of 'stem':
    Viswanathan 2019, doi:10.1016/j.jcyt.2019.08.002.
    """
    tissue = product.harvest.tissue or criteria.tissues.get(product.kind, "unstated tissue")
    if not product.is_cultured:
        name = criteria.names[product.kind]
        return AllowedName(name, False, "not expanded in culture: a mixture of cells, few of them stromal")
    open_criteria = [c for c in judge_criteria(product.phenotype, criteria) if c.met is not True]
    if open_criteria:
        why = "; ".join(c.why if c.met is None else f"failed: {c.why}" for c in open_criteria)
        return AllowedName(f"culture-expanded cells from {tissue}", False, why)
    return AllowedName(
        f"mesenchymal stromal cells (MSC) from {tissue}", True, "all minimal criteria are documented"
    )


def forbidden_words(text: str, name: AllowedName) -> tuple[str, ...]:
    """Words in a text that the product has not earned: 'stem cell' always, 'MSC' unless it may be said."""
    patterns = (
        [r"stem[\s-]+cells?"] if name.may_say_msc else [r"stem[\s-]+cells?", r"mesenchymal", r"\bMSCs?\b"]
    )
    found = [match.group() for pattern in patterns for match in re.finditer(pattern, text, re.IGNORECASE)]
    return tuple(dict.fromkeys(found))


def _positive(phenotype: Phenotype, criteria: MscCriteria) -> Criterion:
    seen = {m: phenotype.markers_percent.get(m) for m in criteria.positive}
    low = {m: v for m, v in seen.items() if v is not None and v < criteria.positive_at_least}
    bar = f"at least {criteria.positive_at_least:g} %"
    if low:
        return Criterion("positive", False, f"{_listed(low)} (needs {bar})")
    absent = [m for m, v in seen.items() if v is None]
    if absent:
        return Criterion("positive", None, f"not measured: {', '.join(absent)} (needs {bar})")
    return Criterion("positive", True, f"{', '.join(seen)} {bar}")


def _negative(phenotype: Phenotype, criteria: MscCriteria) -> Criterion:
    markers = phenotype.markers_percent
    high = {
        m: markers[m]
        for group in criteria.negative
        for m in group
        if markers.get(m, 0) > criteria.negative_at_most
    }
    bar = f"at most {criteria.negative_at_most:g} %"
    if high:
        return Criterion("negative", False, f"{_listed(high)} (needs {bar})")
    absent = [" or ".join(group) for group in criteria.negative if not any(m in markers for m in group)]
    if absent:
        return Criterion("negative", None, f"not measured: {', '.join(absent)} (needs {bar})")
    return Criterion("negative", True, f"negative markers {bar}")


def _listed(markers: Mapping[str, float]) -> str:
    return ", ".join(f"{marker} {value:g} %" for marker, value in markers.items())
