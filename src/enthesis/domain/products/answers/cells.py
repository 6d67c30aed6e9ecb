"""The answer for a cell product: the name it may carry, amounts given, criteria, warnings, reporting."""

from dataclasses import dataclass
from typing import Any

from enthesis.domain.products.answers.contract import (
    CONTRACT_VERSION,
    completeness_as_dict,
    refuse_errors,
    shown,
)
from enthesis.domain.products.cells import CellProduct
from enthesis.domain.products.msc import AllowedName, Criterion, allowed_name, judge_criteria
from enthesis.domain.products.plausibility.checking import check_cell_plausibility
from enthesis.domain.products.plausibility.findings import Finding
from enthesis.domain.products.reporting.checklist import Completeness, checklist_for, record_completeness
from enthesis.domain.products.rules import ProductRules

__all__ = ["CellReport", "report_cells"]


@dataclass(frozen=True, slots=True)
class CellReport:
    """One cell product, answered."""

    product: CellProduct
    allowed: AllowedName
    criteria: tuple[Criterion, ...]
    warnings: tuple[Finding, ...]
    reporting: Completeness | None

    @property
    def name(self) -> str:
        """The name that the documents allow."""
        return self.allowed.name

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values; cells in millions, colonies as a number."""
        product = self.product
        return {
            "contract_version": CONTRACT_VERSION,
            "kind": product.kind.value,
            "name": self.name,
            "may_be_called_msc": self.allowed.may_say_msc,
            "name_because": self.allowed.why,
            "total_nucleated_e6": shown(product.total_nucleated_e6),
            "cells_given_e6": shown(product.cells_given_e6),
            "viable_cells_given_e6": shown(product.viable_cells_given_e6),
            "viability_percent": shown(product.viability_percent),
            "cfu_f_given": shown(product.cfu_f_given),
            "criteria": {c.id: {"met": c.met, "why": c.why} for c in self.criteria},
            "warnings": [str(finding) for finding in self.warnings],
            "caveats": [],
            "reporting": completeness_as_dict(self.reporting),
        }


def report_cells(product: CellProduct, rules: ProductRules) -> CellReport:
    """Everything that follows from one cell record.

    Raises:
        InvalidData: A number cannot be true.
    """
    findings = check_cell_plausibility(product, rules.limits)
    refuse_errors(findings)
    checklist = checklist_for(rules.checklists, product.kind)
    return CellReport(
        product,
        allowed_name(product, rules.msc),
        judge_criteria(product.phenotype, rules.msc),
        findings,
        record_completeness(product, checklist) if checklist else None,
    )
