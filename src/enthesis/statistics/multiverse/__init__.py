"""Multiverse analysis: the same question under every defensible combination of choices, at once.

Candidate effects and declared axes in; the pooled effect of 10^4 to 10^6 specifications out, each of
which can be run again alone. The words owned here: candidate, axis, level, specification, specification
curve, variance explained by an axis.
"""

from enthesis.statistics.multiverse.axes import AnalysisAxis, Axis, SelectionAxis, selection_axis
from enthesis.statistics.multiverse.candidates import Candidates
from enthesis.statistics.multiverse.estimation import Estimates
from enthesis.statistics.multiverse.rerunning import Specification, rerun, specification
from enthesis.statistics.multiverse.sign_flips import SignFlipTest, sign_flip_test
from enthesis.statistics.multiverse.specifications import Multiverse, multiverse, sample_specifications
from enthesis.statistics.multiverse.summaries import Shares, SpecificationCurve, shares, specification_curve
from enthesis.statistics.multiverse.variance import AxisEffect, VarianceExplained, variance_explained

__all__ = [
    "AnalysisAxis",
    "Axis",
    "AxisEffect",
    "Candidates",
    "Estimates",
    "Multiverse",
    "SelectionAxis",
    "Shares",
    "SignFlipTest",
    "Specification",
    "SpecificationCurve",
    "VarianceExplained",
    "multiverse",
    "rerun",
    "sample_specifications",
    "selection_axis",
    "shares",
    "sign_flip_test",
    "specification",
    "specification_curve",
    "variance_explained",
]
