"""Bias and robustness: could small-study effects, selection or a few patients have made the result?

Effects ``y`` and sampling variances ``v`` in, frozen results with their caveats out. Every method
says when it misleads, and refuses with a reason where it is not defined. The words owned here:
asymmetry, small-study effect, limit effect, selection model, trim and fill, contour, fragility.
"""

from enthesis.statistics.bias.asymmetry import AsymmetryTest
from enthesis.statistics.bias.binary import harbord_test, peters_test
from enthesis.statistics.bias.egger import egger_test
from enthesis.statistics.bias.funnel import Contour, FunnelPlot, FunnelPoint, funnel_plot
from enthesis.statistics.bias.rank import RankTest, rank_test
from enthesis.statistics.bias.smd import pustejovsky_rodgers_test
from enthesis.statistics.bias.trim_and_fill import TrimAndFill, trim_and_fill

__all__ = [
    "AsymmetryTest",
    "Contour",
    "FunnelPlot",
    "FunnelPoint",
    "RankTest",
    "TrimAndFill",
    "egger_test",
    "funnel_plot",
    "harbord_test",
    "peters_test",
    "pustejovsky_rodgers_test",
    "rank_test",
    "trim_and_fill",
]
