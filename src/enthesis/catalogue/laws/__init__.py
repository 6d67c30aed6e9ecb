"""What must hold in the data beyond its shape: one small function per law, each with its repair.

The docstring of a law is its text in ``docs/reference/catalogue-laws.md``.
"""

from enthesis.catalogue.laws import arms, contrasts, figures, plausibility, provenance, reviews, together
from enthesis.catalogue.laws.law import CatalogueLaw, DocumentLaw, Documents, Gravity, Law, laws_in

__all__ = ["LAWS", "CatalogueLaw", "DocumentLaw", "Documents", "Gravity", "Law"]

LAWS = tuple(
    laws_in(*(vars(room) for room in (arms, figures, contrasts, provenance, plausibility, reviews, together)))
)
