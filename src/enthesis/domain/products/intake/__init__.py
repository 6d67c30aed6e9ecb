"""From the plain fields of a file or form to a product record, with every fault at its place."""

from enthesis.domain.products.intake.fields import AskedField
from enthesis.domain.products.intake.reading import known_fields, read_product

__all__ = ["AskedField", "known_fields", "read_product"]
