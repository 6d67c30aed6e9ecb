"""Living monitoring: a cumulative meta-analysis judged like a trial that is looked at again and again.

Boundaries by error spending, the information required with diversity counted, intervals that stay
honest over repeated looks, and the posterior beside them. The words owned here: look, information,
spending, efficacy and futility boundary, drift (expected Z at full information), D2, DARIS.
"""

from enthesis.statistics.sequential.accruing import AccruingProbability, sequential_bayes
from enthesis.statistics.sequential.boundaries import Boundaries, boundaries, drift_of
from enthesis.statistics.sequential.classic import (
    OBRIEN_FLEMING,
    POCOCK,
    classic_boundary,
    inflation_factor,
)
from enthesis.statistics.sequential.exits import Exits, exit_probabilities
from enthesis.statistics.sequential.monitoring import Look, Monitoring, monitor
from enthesis.statistics.sequential.required import (
    Diversity,
    RequiredInformation,
    diversity,
    required_information_for_means,
    required_information_for_proportions,
)
from enthesis.statistics.sequential.spending import SPENDINGS, spent
from enthesis.statistics.sequential.verdicts import TIMINGS, Status

__all__ = [
    "OBRIEN_FLEMING",
    "POCOCK",
    "SPENDINGS",
    "TIMINGS",
    "AccruingProbability",
    "Boundaries",
    "Diversity",
    "Exits",
    "Look",
    "Monitoring",
    "RequiredInformation",
    "Status",
    "boundaries",
    "classic_boundary",
    "diversity",
    "drift_of",
    "exit_probabilities",
    "inflation_factor",
    "monitor",
    "required_information_for_means",
    "required_information_for_proportions",
    "sequential_bayes",
    "spent",
]
