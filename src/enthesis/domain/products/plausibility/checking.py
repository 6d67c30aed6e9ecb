"""Whether a record can be true: every doubt about a platelet or cell product, the refusals first."""

from collections.abc import Iterable, Iterator

from enthesis.domain.products.cells import CellProduct
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.measures import Measures
from enthesis.domain.products.platelets import PlateletProduct
from enthesis.domain.products.plausibility.counting import doubtful_count, doubtful_counting, doubtful_counts
from enthesis.domain.products.plausibility.findings import Finding, Severity
from enthesis.domain.products.plausibility.limits import PlausibilityLimits
from enthesis.domain.products.plausibility.recovery import doubtful_recoveries

__all__ = ["check_cell_plausibility", "check_plausibility"]


def check_plausibility(
    product: PlateletProduct, measures: Measures, limits: PlausibilityLimits
) -> tuple[Finding, ...]:
    """Every doubt about one platelet product, errors before warnings."""
    return _errors_first(
        (
            *doubtful_counts(product, limits),
            *doubtful_recoveries(product, measures, limits),
            *doubtful_counting(product, limits),
            *_not_enriched(product, measures),
            *_much_anticoagulant(product, limits),
            *_high_forces(product, limits),
        )
    )


def check_cell_plausibility(product: CellProduct, limits: PlausibilityLimits) -> tuple[Finding, ...]:
    """Every doubt about one cell product, errors before warnings."""
    return _errors_first((*_nucleated(product, limits), *_viability(product, limits)))


def _errors_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR))


def _not_enriched(product: PlateletProduct, measures: Measures) -> Iterator[Finding]:
    if product.kind is ProductKind.PRP and measures.fold is not None and measures.fold <= 1:
        yield Finding(
            Severity.WARNING,
            "not-enriched",
            "product.platelets",
            f"The product holds {measures.fold:.3g} times the platelets of blood: it is not platelet-rich.",
            "the wrong layer was taken, or blood and product were exchanged",
            "Do not call it platelet-rich plasma.",
        )


def _much_anticoagulant(product: PlateletProduct, limits: PlausibilityLimits) -> Iterator[Finding]:
    blood = product.whole_blood
    if not blood.volume_ml or not blood.anticoagulant_ml:
        return
    if blood.anticoagulant_ml / blood.volume_ml > limits.anticoagulant_per_blood_up_to:
        yield Finding(
            Severity.WARNING,
            "much-anticoagulant",
            "whole_blood.anticoagulant_volume",
            f"{blood.anticoagulant_ml:g} mL of anticoagulant to {blood.volume_ml:g} mL of blood.",
            "the two volumes were exchanged, or their sum was entered",
            "Enter blood without anticoagulant, and the anticoagulant apart.",
        )


def _high_forces(product: PlateletProduct, limits: PlausibilityLimits) -> Iterator[Finding]:
    for at, spin in enumerate(product.preparation.spins):
        if (force := spin.force_g) is not None and force > limits.doubt_force_above_g:
            yield Finding(
                Severity.WARNING,
                "force-high",
                f"preparation.spins[{at}].g_force",
                f"{force:g} g is above the protocols on file (up to {limits.doubt_force_above_g:g} g).",
                "turns per minute entered as g",
                "Convert with the radius of the rotor.",
            )


def _nucleated(product: CellProduct, limits: PlausibilityLimits) -> Iterator[Finding]:
    for limit in limits.counts:
        if (
            limit.cell == "nucleated"
            and product.kind in limit.kinds
            and product.nucleated_e6_per_ml is not None
        ):
            yield from doubtful_count(limit, product.nucleated_e6_per_ml)


def _viability(product: CellProduct, limits: PlausibilityLimits) -> Iterator[Finding]:
    viable = product.viability_percent
    if viable is not None and viable <= limits.viability_above_percent:
        yield Finding(
            Severity.WARNING,
            "viability-low",
            "viability",
            f"{viable:g} % of the cells are viable; release generally asks for over "
            f"{limits.viability_above_percent:g} %.",
            "damage in processing, thawing or waiting",
            "State the viable dose, not the total.",
        )
