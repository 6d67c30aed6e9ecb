"""Synthesis without meta-analysis: what can be said when studies print only a direction or a p-value.

The room owns direction of effect, combined p-values and the albatross plot. None of them is an effect size,
and none is ever shown as one (Campbell et al. 2020, doi:10.1136/bmj.l6890; Cochrane Handbook chapter 12).
"""

from enthesis.statistics.swim.albatross import (
    AlbatrossContour,
    AlbatrossPoint,
    albatross_contour,
    albatross_points,
    n_on_contour,
)
from enthesis.statistics.swim.combined_p import CombinedP, combine_p_values
from enthesis.statistics.swim.effect_direction import (
    EffectDirection,
    count_directions,
    proportion_interval,
)
from enthesis.statistics.swim.reported_p import LeftOut, OneSidedP, Relation, ReportedP, one_sided

__all__ = [
    "AlbatrossContour",
    "AlbatrossPoint",
    "CombinedP",
    "EffectDirection",
    "LeftOut",
    "OneSidedP",
    "Relation",
    "ReportedP",
    "albatross_contour",
    "albatross_points",
    "combine_p_values",
    "count_directions",
    "n_on_contour",
    "one_sided",
    "proportion_interval",
]
