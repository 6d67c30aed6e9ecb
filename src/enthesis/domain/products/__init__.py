"""What is in the syringe: records as measured, everything derived from them, and how sure we may be.

Counts and volumes are stored; dose, codes, leukocyte labels, plausibility, reporting completeness and
names are derived. Rules come in as a value (``ProductRules``); nothing here reads a file. Owns the words
product, preparation, dose, fold, recovery, purity, activation and delivery.
"""

from enthesis.domain.products.answers import ProductReport, product_report
from enthesis.domain.products.cells import CellProduct, Culture, Harvest, Phenotype
from enthesis.domain.products.counts import CellCounts, WholeBlood
from enthesis.domain.products.delivery import Delivery
from enthesis.domain.products.injectates import Corticosteroid, HyaluronicAcid, Prolotherapy
from enthesis.domain.products.intake import read_product
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.measures import Measures, measure
from enthesis.domain.products.msc import allowed_name, forbidden_words, judge_criteria
from enthesis.domain.products.platelets import PlateletProduct
from enthesis.domain.products.preparation import Activation, Preparation, Spin
from enthesis.domain.products.product import Product
from enthesis.domain.products.reporting import (
    Completeness,
    ReportedItems,
    ReportedProduct,
    record_completeness,
    reported_items,
    reported_product,
)
from enthesis.domain.products.rules import ProductRules
from enthesis.domain.products.texts import LabelLine, label_lines, mibo_paragraph
from enthesis.domain.products.units import CellConcentration, parse_volume_ml

__all__ = [
    "Activation",
    "CellConcentration",
    "CellCounts",
    "CellProduct",
    "Completeness",
    "Corticosteroid",
    "Culture",
    "Delivery",
    "Harvest",
    "HyaluronicAcid",
    "LabelLine",
    "Measures",
    "Phenotype",
    "PlateletProduct",
    "Preparation",
    "Product",
    "ProductKind",
    "ProductReport",
    "ProductRules",
    "Prolotherapy",
    "ReportedItems",
    "ReportedProduct",
    "Spin",
    "WholeBlood",
    "allowed_name",
    "forbidden_words",
    "judge_criteria",
    "label_lines",
    "measure",
    "mibo_paragraph",
    "parse_volume_ml",
    "product_report",
    "read_product",
    "record_completeness",
    "reported_items",
    "reported_product",
]
