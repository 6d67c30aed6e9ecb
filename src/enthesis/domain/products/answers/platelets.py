"""The answer for a platelet product: measures, codes, leukocyte labels, warnings, reporting."""

from dataclasses import dataclass
from typing import Any

from enthesis.domain.products.answers.contract import (
    CONTRACT_VERSION,
    completeness_as_dict,
    refuse_errors,
    shown,
)
from enthesis.domain.products.classes.classify import Code, classify
from enthesis.domain.products.classes.leukocytes import LeukocyteLabel, label_leukocytes
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.measures import Measures, measure
from enthesis.domain.products.platelets import PlateletProduct
from enthesis.domain.products.plausibility.checking import check_plausibility
from enthesis.domain.products.plausibility.findings import Finding
from enthesis.domain.products.reporting.checklist import Completeness, checklist_for, record_completeness
from enthesis.domain.products.rules import ProductRules

__all__ = ["PLATELET_NAMES", "PlateletReport", "report_platelets"]

PLATELET_NAMES = {
    ProductKind.PRP: "platelet-rich plasma",
    ProductKind.PRP_RELEASATE: "releasate of platelet-rich plasma",
    ProductKind.PLATELET_LYSATE: "platelet lysate",
    ProductKind.PPP: "platelet-poor plasma",
}
_NUMBERS = (
    "dose_e9",
    "fold",
    "recovery_percent",
    "purity_percent",
    "leukocyte_fold",
    "neutrophil_fold",
    "red_cell_share_percent",
    "volume_reduction",
)


@dataclass(frozen=True, slots=True)
class PlateletReport:
    """One platelet product, answered."""

    product: PlateletProduct
    measures: Measures
    codes: tuple[Code, ...]
    leukocytes: tuple[LeukocyteLabel, ...]
    warnings: tuple[Finding, ...]
    reporting: Completeness | None

    @property
    def name(self) -> str:
        """Name of the product in words."""
        return PLATELET_NAMES[self.product.kind]

    @property
    def codes_given(self) -> tuple[Code, ...]:
        """Codes of the systems that could classify the product."""
        return tuple(code for code in self.codes if code.code is not None)

    @property
    def caveats(self) -> tuple[str, ...]:
        """Doubt that belongs beside the numbers."""
        return (
            *self.measures.caveats,
            *(note for code in self.codes_given for note in code.notes),
        )

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values; the contract of ``enthesis product --json``."""
        return {
            "contract_version": CONTRACT_VERSION,
            "kind": self.product.kind.value,
            "name": self.name,
            **{name: shown(getattr(self.measures, name)) for name in _NUMBERS},
            "codes": {code.key: code.code for code in self.codes},
            "code_parts": {code.key: dict(code.parts) for code in self.codes_given},
            "codes_not_given": {code.key: code.reason for code in self.codes if code.code is None},
            "leukocytes": {label.definition: label.label for label in self.leukocytes},
            "not_derived": list(self.measures.missing),
            "warnings": [str(finding) for finding in self.warnings],
            "caveats": list(self.caveats),
            "reporting": completeness_as_dict(self.reporting),
        }


def report_platelets(product: PlateletProduct, rules: ProductRules) -> PlateletReport:
    """Everything that follows from one platelet record.

    Raises:
        InvalidData: A number cannot be true.
    """
    measures = measure(product)
    findings = check_plausibility(product, measures, rules.limits)
    refuse_errors(findings)
    checklist = checklist_for(rules.checklists, product.kind)
    return PlateletReport(
        product,
        measures,
        tuple(classify(product, measures, system) for system in rules.classifications),
        label_leukocytes(product, measures, rules.classifications),
        findings,
        record_completeness(product, checklist) if checklist else None,
    )
