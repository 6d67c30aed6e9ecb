"""Block models: dependent effects, several outcomes, time points or arms of one trial in one analysis.

Effects of one trial form a block; blocks are independent. A block's covariance is its sampling covariance
plus what random effects add: one per study and one per effect (three-level), or one per outcome or time
with a structure (multivariate). The words owned here: block, term, structure, component, sampling
covariance, cluster, random effect.
"""

from enthesis.statistics.blocks.correlation_effects import correlation_covariance
from enthesis.statistics.blocks.covariances import sampling_covariance
from enthesis.statistics.blocks.fit import fit
from enthesis.statistics.blocks.profile import ComponentInterval, profile_intervals
from enthesis.statistics.blocks.ranef import RandomEffect, ranef
from enthesis.statistics.blocks.results import BlockCertificate, BlockFit, Component, Residual
from enthesis.statistics.blocks.robust import RobustBlocks, robust
from enthesis.statistics.blocks.sampling import SamplingCovariance
from enthesis.statistics.blocks.scenarios import Scenario, over_correlations
from enthesis.statistics.blocks.shared_control import shared_control_covariance, shared_control_smd_covariance
from enthesis.statistics.blocks.terms import STRUCTURES, Multivariate, RandomIntercept, Term, ThreeLevel

__all__ = [
    "STRUCTURES",
    "BlockCertificate",
    "BlockFit",
    "Component",
    "ComponentInterval",
    "Multivariate",
    "RandomEffect",
    "RandomIntercept",
    "Residual",
    "RobustBlocks",
    "SamplingCovariance",
    "Scenario",
    "Term",
    "ThreeLevel",
    "correlation_covariance",
    "fit",
    "over_correlations",
    "profile_intervals",
    "ranef",
    "robust",
    "sampling_covariance",
    "shared_control_covariance",
    "shared_control_smd_covariance",
]
