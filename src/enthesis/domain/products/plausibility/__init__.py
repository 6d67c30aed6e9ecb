"""Whether a number can be true: refused or doubted, with the likely cause and the repair.

Owns the words finding, limit and slip.
"""

from enthesis.domain.products.plausibility.checking import check_cell_plausibility, check_plausibility
from enthesis.domain.products.plausibility.findings import Finding, Severity
from enthesis.domain.products.plausibility.limits import Analyser, CountLimits, PlausibilityLimits, Slip

__all__ = [
    "Analyser",
    "CountLimits",
    "Finding",
    "PlausibilityLimits",
    "Severity",
    "Slip",
    "check_cell_plausibility",
    "check_plausibility",
]
