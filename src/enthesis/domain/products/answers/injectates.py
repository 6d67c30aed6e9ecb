"""The answer for an injection without cells: its amounts and how completely it is recorded."""

from dataclasses import dataclass
from typing import Any

from enthesis.domain.products.answers.contract import CONTRACT_VERSION, completeness_as_dict, shown
from enthesis.domain.products.injectates import Corticosteroid, HyaluronicAcid, Injectate, Prolotherapy
from enthesis.domain.products.reporting.checklist import Completeness, checklist_for, record_completeness
from enthesis.domain.products.rules import ProductRules

__all__ = ["InjectateReport", "report_injectate"]

_NAMES = {
    Prolotherapy: "dextrose prolotherapy",
    HyaluronicAcid: "hyaluronic acid",
    Corticosteroid: "corticosteroid",
}


@dataclass(frozen=True, slots=True)
class InjectateReport:
    """One injection without cells, answered."""

    product: Injectate
    reporting: Completeness | None

    @property
    def name(self) -> str:
        """Name of the product in words."""
        return _NAMES[type(self.product)]

    @property
    def amount(self) -> dict[str, float | None]:
        """What one session or injection holds: grams of dextrose, or milligrams."""
        if isinstance(self.product, Prolotherapy):
            return {"dextrose_g": self.product.dextrose_g}
        return {"dose_mg": self.product.dose_mg}

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values; volume in mL."""
        return {
            "contract_version": CONTRACT_VERSION,
            "kind": self.product.kind.value,
            "name": self.name,
            "volume_ml": shown(self.product.volume_ml),
            **{name: shown(value) for name, value in self.amount.items()},
            "warnings": [],
            "caveats": [],
            "reporting": completeness_as_dict(self.reporting),
        }


def report_injectate(product: Injectate, rules: ProductRules) -> InjectateReport:
    """Everything that follows from one such record."""
    checklist = checklist_for(rules.checklists, product.kind)
    return InjectateReport(product, record_completeness(product, checklist) if checklist else None)
