"""The whole answer for one product, and the plain values that the shells give out (the contract)."""

from enthesis.domain.products.answers.cells import CellReport
from enthesis.domain.products.answers.contract import CONTRACT_VERSION, PLATELET_KEYS
from enthesis.domain.products.answers.injectates import InjectateReport
from enthesis.domain.products.answers.platelets import PlateletReport
from enthesis.domain.products.answers.product import ProductReport, product_report

__all__ = [
    "CONTRACT_VERSION",
    "PLATELET_KEYS",
    "CellReport",
    "InjectateReport",
    "PlateletReport",
    "ProductReport",
    "product_report",
]
