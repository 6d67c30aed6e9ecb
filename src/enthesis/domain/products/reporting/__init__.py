"""How much a record, or a published study, tells of what was injected.

Owns the words checklist, heading and data point.
"""

from enthesis.domain.products.reporting.checklist import (
    Checklist,
    Completeness,
    DataPoint,
    Heading,
    HeadingCount,
    checklist_for,
    record_completeness,
)
from enthesis.domain.products.reporting.literature import (
    ReportedItems,
    ReportedProduct,
    reported_items,
    reported_product,
)

__all__ = [
    "Checklist",
    "Completeness",
    "DataPoint",
    "Heading",
    "HeadingCount",
    "ReportedItems",
    "ReportedProduct",
    "checklist_for",
    "record_completeness",
    "reported_items",
    "reported_product",
]
