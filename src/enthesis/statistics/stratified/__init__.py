"""Two-by-two tables pooled as strata, for rare events: Mantel-Haenszel and Peto.

Inverse variance breaks down where cells are empty, because the halves added to them decide the answer. These
methods add nothing to the pooled estimate. Both assume one effect common to all studies.
"""

from enthesis.statistics.stratified.homogeneity import ChiSquared, tarone_breslow_day
from enthesis.statistics.stratified.mantel_haenszel import (
    cochran_mantel_haenszel,
    mantel_haenszel_log_odds_ratio,
    mantel_haenszel_log_risk_ratio,
    mantel_haenszel_risk_difference,
)
from enthesis.statistics.stratified.peto import peto
from enthesis.statistics.stratified.strata import Strata, StratifiedEffect, read_strata

__all__ = [
    "ChiSquared",
    "Strata",
    "StratifiedEffect",
    "cochran_mantel_haenszel",
    "mantel_haenszel_log_odds_ratio",
    "mantel_haenszel_log_risk_ratio",
    "mantel_haenszel_risk_difference",
    "peto",
    "read_strata",
    "tarone_breslow_day",
]
