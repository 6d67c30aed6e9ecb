"""Doubt about single counts: impossible or unusual values, unit slips, the range of the analyser."""

from collections.abc import Iterator

from enthesis.domain.products.counts import CellCounts
from enthesis.domain.products.platelets import PlateletProduct
from enthesis.domain.products.plausibility.findings import Finding, Severity
from enthesis.domain.products.plausibility.limits import CountLimits, PlausibilityLimits

__all__ = ["doubtful_count", "doubtful_counting", "doubtful_counts"]


def doubtful_counts(product: PlateletProduct, limits: PlausibilityLimits) -> Iterator[Finding]:
    """Counts of blood and product that are impossible or unusual."""
    samples = {"whole_blood": product.whole_blood.counts, "product": product.counts}
    for limit in limits.counts:
        if limit.sample in samples and product.kind in limit.kinds:
            value = _count(samples[limit.sample], limit.cell)
            yield from doubtful_count(limit, value) if value is not None else ()


def doubtful_count(limit: CountLimits, value: float) -> Iterator[Finding]:
    """At most one finding about one count."""
    low, high = limit.possible
    what = f"{limit.cell} of {value:g} {limit.unit} in the {limit.sample.replace('_', ' ')}"
    where, slip = f"{limit.sample}.{limit.cell}", _slip(limit, value)
    if not low <= value <= high:
        message = f"Impossible: {what}; must lie in [{low:g}, {high:g}]."
        cause = slip or "a misread or mistyped count"
        yield Finding(
            Severity.ERROR, "count-impossible", where, message, cause, f"Enter the count in {limit.unit}."
        )
    elif limit.usual and not limit.usual[0] <= value <= limit.usual[1]:
        message = f"Unusual: {what}; usual is {limit.usual[0]:g} to {limit.usual[1]:g}."
        cause = slip or "a real deviation of this person"
        yield Finding(
            Severity.WARNING, "count-unusual", where, message, cause, "Compare with the laboratory's print."
        )


def doubtful_counting(product: PlateletProduct, limits: PlausibilityLimits) -> Iterator[Finding]:
    """Doubt about how the product was counted."""
    yield from _above_range(product.counts, limits)
    yield from _unknown_analyser(product.counts, limits)
    yield from _layered(product.counts, limits)
    for sample, counts in (("whole_blood", product.whole_blood.counts), ("product", product.counts)):
        yield from _copied_total(sample, counts)


def _slip(limit: CountLimits, value: float) -> str:
    low, high = limit.usual or limit.possible
    for slip in limit.slips:
        if low <= (meant := value / slip.factor) <= high:
            size = max(slip.factor, 1 / slip.factor)
            return f"{slip.entered} (a slip by {size:g}); {meant:.4g} {limit.unit} would be usual"
    return ""


def _above_range(counts: CellCounts, limits: PlausibilityLimits) -> Iterator[Finding]:
    platelets, name = counts.platelets_e9_per_l, counts.analyser
    analyser = limits.analyser_called(name) if name else None
    ceiling, whose = limits.recount_above_e9_per_l, "what analysers count in proportion"
    if analyser and analyser.platelets_up_to_e9_per_l < ceiling:
        ceiling, whose = analyser.platelets_up_to_e9_per_l, f"the validated range of {name}"
    if platelets is not None and platelets > ceiling:
        yield Finding(
            Severity.WARNING if counts.recounted else Severity.ERROR,
            "count-above-range",
            "product.platelets",
            f"{platelets:g} x10^9/L platelets is above {whose} (up to {ceiling:g}).",
            "the analyser no longer counts in proportion, or a unit slip",
            "Dilute the sample, count again, and record recounted: true.",
        )


def _unknown_analyser(counts: CellCounts, limits: PlausibilityLimits) -> Iterator[Finding]:
    if counts.analyser and limits.analyser_called(counts.analyser) is None:
        yield Finding(
            Severity.WARNING,
            "analyser-unknown",
            "product.analyser",
            f"No range is on file for the analyser '{counts.analyser}'; its range was not checked.",
            "",
            "Compare the count with its manual.",
        )


def _layered(counts: CellCounts, limits: PlausibilityLimits) -> Iterator[Finding]:
    if counts.rocked_minutes is not None and counts.rocked_minutes < limits.rocked_minutes_at_least:
        yield Finding(
            Severity.WARNING,
            "not-resuspended",
            "product.rocked_minutes",
            f"Rocked for {counts.rocked_minutes:g} minutes; needs {limits.rocked_minutes_at_least:g}.",
            "platelets still in layers or clumps",
            "Resuspend the whole sample and count again.",
        )


def _copied_total(sample: str, counts: CellCounts) -> Iterator[Finding]:
    if counts.neutrophils_e9_per_l and counts.neutrophils_e9_per_l == counts.leukocytes_e9_per_l:
        yield Finding(
            Severity.WARNING,
            "neutrophils-equal-leukocytes",
            f"{sample}.neutrophils",
            f"The neutrophils of the {sample.replace('_', ' ')} equal its leukocytes.",
            "the total was copied into the differential",
            "Enter the neutrophils of the differential, or leave them out.",
        )


def _count(counts: CellCounts, cell: str) -> float | None:
    unit = "e12_per_l" if cell == "erythrocytes" else "e9_per_l"
    return getattr(counts, f"{cell}_{unit}")
