"""What can be in the syringe: one record type for each family of products."""

from enthesis.domain.products.cells import CellProduct
from enthesis.domain.products.injectates import Injectate
from enthesis.domain.products.platelets import PlateletProduct

__all__ = ["Product"]

Product = PlateletProduct | CellProduct | Injectate
