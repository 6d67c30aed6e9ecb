"""The whole answer for one product of any kind, and what all answers share."""

from enthesis.domain.products.answers.cells import CellReport, report_cells
from enthesis.domain.products.answers.injectates import InjectateReport, report_injectate
from enthesis.domain.products.answers.platelets import PlateletReport, report_platelets
from enthesis.domain.products.cells import CellProduct
from enthesis.domain.products.platelets import PlateletProduct
from enthesis.domain.products.product import Product
from enthesis.domain.products.rules import ProductRules

__all__ = ["ProductReport", "product_report"]

ProductReport = PlateletReport | CellReport | InjectateReport


def product_report(product: Product, rules: ProductRules) -> ProductReport:
    """Everything that follows from one product record; ``as_dict`` of the answer is the CLI contract.

    Raises:
        InvalidData: A number cannot be true; each refusal names its likely cause and the repair.
    """
    if isinstance(product, PlateletProduct):
        return report_platelets(product, rules)
    if isinstance(product, CellProduct):
        return report_cells(product, rules)
    return report_injectate(product, rules)
