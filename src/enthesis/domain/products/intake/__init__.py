"""From the plain fields of a file or form to a product record, with every fault at its place."""

from enthesis.domain.products.intake.reading import read_product

__all__ = ["read_product"]
