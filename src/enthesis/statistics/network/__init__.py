"""Network meta-analysis: many treatments, compared through the trials that link them.

Arms go in, one row each, so that the variances of a multi-arm trial cannot contradict one another; out
come comparisons with intervals, each part of a network that hangs together for itself and never one
across. The words owned here: ``network``, ``component`` or part, ``design`` (the treatments a trial
compared), direct, indirect and mixed evidence, ``league``, ``p_score``, inconsistency, contribution.
"""

from enthesis.statistics.network.analysis import ComponentAnalysis, NetworkMetaAnalysis
from enthesis.statistics.network.arms import NETWORK_MEASURES
from enthesis.statistics.network.back_calculation import DirectIndirect, direct_and_indirect
from enthesis.statistics.network.confidence import (
    INDIRECTNESS,
    RISK_OF_BIAS,
    ComparisonConfidence,
    propose_confidence,
)
from enthesis.statistics.network.confidence_rules import Concern
from enthesis.statistics.network.consistency import network_meta_analysis
from enthesis.statistics.network.contributions import Contributions, contributions
from enthesis.statistics.network.design_interaction import inconsistency_test
from enthesis.statistics.network.evidence import Component, Network, read_network
from enthesis.statistics.network.geometry import Geometry, Link, Node, geometry
from enthesis.statistics.network.league import League
from enthesis.statistics.network.node_splitting import Estimate, NodeSplit, NodeSplits, Unsplit, split_nodes
from enthesis.statistics.network.q_decomposition import decompose_q
from enthesis.statistics.network.random_inconsistency import RandomInconsistency, random_inconsistency
from enthesis.statistics.network.ranking import Ranking, rank_treatments
from enthesis.statistics.network.results import (
    Comparison,
    DesignQ,
    Heterogeneity,
    InconsistencyTest,
    QDecomposition,
)
from enthesis.statistics.network.solving import NETWORK_METHODS
from enthesis.statistics.network.trials import LeftOut, Trial

__all__ = [
    "INDIRECTNESS",
    "NETWORK_MEASURES",
    "NETWORK_METHODS",
    "RISK_OF_BIAS",
    "Comparison",
    "ComparisonConfidence",
    "Component",
    "ComponentAnalysis",
    "Concern",
    "Contributions",
    "DesignQ",
    "DirectIndirect",
    "Estimate",
    "Geometry",
    "Heterogeneity",
    "InconsistencyTest",
    "League",
    "LeftOut",
    "Link",
    "Network",
    "NetworkMetaAnalysis",
    "Node",
    "NodeSplit",
    "NodeSplits",
    "QDecomposition",
    "RandomInconsistency",
    "Ranking",
    "Trial",
    "Unsplit",
    "contributions",
    "decompose_q",
    "direct_and_indirect",
    "geometry",
    "inconsistency_test",
    "network_meta_analysis",
    "propose_confidence",
    "random_inconsistency",
    "rank_treatments",
    "read_network",
    "split_nodes",
]
