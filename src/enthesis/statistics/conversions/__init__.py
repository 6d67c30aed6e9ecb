"""What a paper prints, turned into what a synthesis needs: spreads, groups, scales, responders.

The room owns the words of extraction: standard deviation against standard error, change against final score,
median and quartiles, shared comparator, points of an instrument, responders, number needed to treat. It also
owns how a column of figures is read and checked (``columns``), which every room of the statistics uses.
Each conversion is an assumption; whoever uses one says so beside the result.
"""

from enthesis.statistics.conversions.arms import (
    CombinedCounts,
    CombinedGroup,
    combine_counts,
    combine_groups,
    split_shared_comparator,
)
from enthesis.statistics.conversions.change_scores import (
    ASSUMED_CORRELATION,
    SENSITIVITY_CORRELATIONS,
    change_sd,
    correlation_from_sds,
)
from enthesis.statistics.conversions.five_numbers import FiveNumbers, five_numbers
from enthesis.statistics.conversions.moments_from_quantiles import EstimatedMoments, moments_from_quantiles
from enthesis.statistics.conversions.number_needed import (
    NumberNeeded,
    NumberNeededToTreat,
    number_needed_to_treat,
)
from enthesis.statistics.conversions.rescaling import (
    rescale_difference,
    rescale_score,
    rescale_sd,
    reverse_direction,
    smd_to_points,
)
from enthesis.statistics.conversions.responders import (
    responder_difference_from_smd,
    responders_from_odds_ratio,
    responders_from_smd,
)
from enthesis.statistics.conversions.skewness import quartile_skewness, skew_near_floor
from enthesis.statistics.conversions.smd_and_odds import (
    Converted,
    log_odds_ratio_from_smd,
    smd_from_log_odds_ratio,
)
from enthesis.statistics.conversions.standard_errors import (
    critical_value,
    sd_from_ci,
    sd_from_difference_ci,
    sd_from_difference_p,
    sd_from_difference_se,
    sd_from_se,
    se_from_ci,
    se_from_p,
    se_from_sd,
)

__all__ = [
    "ASSUMED_CORRELATION",
    "SENSITIVITY_CORRELATIONS",
    "CombinedCounts",
    "CombinedGroup",
    "Converted",
    "EstimatedMoments",
    "FiveNumbers",
    "NumberNeeded",
    "NumberNeededToTreat",
    "change_sd",
    "combine_counts",
    "combine_groups",
    "correlation_from_sds",
    "critical_value",
    "five_numbers",
    "log_odds_ratio_from_smd",
    "moments_from_quantiles",
    "number_needed_to_treat",
    "quartile_skewness",
    "rescale_difference",
    "rescale_score",
    "rescale_sd",
    "responder_difference_from_smd",
    "responders_from_odds_ratio",
    "responders_from_smd",
    "reverse_direction",
    "sd_from_ci",
    "sd_from_difference_ci",
    "sd_from_difference_p",
    "sd_from_difference_se",
    "sd_from_se",
    "se_from_ci",
    "se_from_p",
    "se_from_sd",
    "skew_near_floor",
    "smd_from_log_odds_ratio",
    "smd_to_points",
    "split_shared_comparator",
]
