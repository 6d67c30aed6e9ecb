"""Doubt about recovery: a product cannot hold more cells than the blood it was made from."""

from collections.abc import Iterator

from enthesis.domain.products.formulas import dilution_factor
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.measures import Measures
from enthesis.domain.products.platelets import PlateletProduct
from enthesis.domain.products.plausibility.findings import Finding, Severity
from enthesis.domain.products.plausibility.limits import PlausibilityLimits

__all__ = ["doubtful_recoveries"]


def doubtful_recoveries(
    product: PlateletProduct, measures: Measures, limits: PlausibilityLimits
) -> Iterator[Finding]:
    """Recoveries of platelets, leukocytes or erythrocytes that are too high, or of platelets too low."""
    for cell, recovery in (
        ("platelets", measures.recovery_percent),
        ("leukocytes", measures.leukocyte_recovery_percent),
        ("erythrocytes", measures.red_cell_recovery_percent),
    ):
        if recovery is not None and recovery > limits.doubt_recovery_above:
            yield _more_than_all(cell, recovery, product, limits)
    recovery = measures.recovery_percent
    if product.kind is ProductKind.PRP and recovery is not None and recovery < limits.doubt_recovery_below:
        yield Finding(
            Severity.WARNING,
            "recovery-low",
            "product.platelets",
            f"Only {recovery:.2g} % of the platelets of the blood are in the product.",
            _slip(recovery, limits) or "platelets lost in preparation, or clumped when counted",
            "Check the units of counts and volumes.",
        )


def _more_than_all(
    cell: str, recovery: float, product: PlateletProduct, limits: PlausibilityLimits
) -> Finding:
    is_refused = recovery > limits.refuse_recovery_above and not product.counts.recounted
    return Finding(
        Severity.ERROR if is_refused else Severity.WARNING,
        "recovery-above-all",
        f"product.{cell}",
        f"Recovery of {cell} is {recovery:.4g} %: the product holds more {cell} than its blood did.",
        _uncorrected_dilution(recovery, product, limits)
        or _slip(recovery, limits)
        or "a wrong volume, cells clumped in the blood tube, or a count outside the analyser's range",
        "Check both counts and both volumes, count a second time, and record recounted: true.",
    )


def _uncorrected_dilution(recovery: float, product: PlateletProduct, limits: PlausibilityLimits) -> str:
    blood = product.whole_blood
    if blood.counted is not None or not blood.volume_ml or not blood.anticoagulant_ml:
        return ""
    corrected = recovery / dilution_factor(blood.volume_ml, blood.anticoagulant_ml)
    if corrected > limits.doubt_recovery_above:
        return ""
    return f"the blood was counted with its anticoagulant; corrected for that, recovery is {corrected:.3g} %"


def _slip(recovery: float, limits: PlausibilityLimits) -> str:
    low, high = limits.usual_recovery
    for factor in (10, 1000):
        for meant in (recovery / factor, recovery * factor):
            if low <= meant <= high:
                return (
                    f"one count or volume in another unit (a slip by {factor}); {meant:.3g} % would be usual"
                )
    return ""
