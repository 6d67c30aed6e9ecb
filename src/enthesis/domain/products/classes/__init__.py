"""Published classification systems: their rules as values, the codes and leukocyte labels they give.

Owns the words ladder, rung, part, code and system.
"""

from enthesis.domain.products.classes.classification import Citation, Classification
from enthesis.domain.products.classes.classify import Code, classify
from enthesis.domain.products.classes.leukocytes import LeukocyteLabel, label_leukocytes
from enthesis.domain.products.classes.scale import Choice, Combination, Ladder, Rung

__all__ = [
    "Choice",
    "Citation",
    "Classification",
    "Code",
    "Combination",
    "Ladder",
    "LeukocyteLabel",
    "Rung",
    "classify",
    "label_leukocytes",
]
