"""From arm figures and reported comparisons to y and v: an effect and its sampling variance per study.

The room owns the effect measures: what each needs, which variance it has, what is done about empty cells.
Columns go in, one frozen ``EffectSizes`` comes out; rows without an answer are named with the reason. Arm 1
is the treatment, and y is arm 1 less arm 2 (ratios: the logarithm of arm 1 over arm 2).
"""

from enthesis.statistics.effects.compute import compute
from enthesis.statistics.effects.contrasts import (
    contrast_from_ci,
    contrast_from_f,
    contrast_from_p,
    contrast_from_se,
    contrast_from_t,
)
from enthesis.statistics.effects.correlations import correlation, fisher_z
from enthesis.statistics.effects.effect_sizes import EffectSizes, RowNote
from enthesis.statistics.effects.mean_differences import mean_difference
from enthesis.statistics.effects.measures import MEASURES, REFUSED, Measure, missing_columns
from enthesis.statistics.effects.paired_changes import (
    log_ratio_of_paired_means,
    mean_change,
    standardised_mean_change,
    standardised_mean_change_raw_score,
    standardised_mean_change_raw_score_separate_sds,
)
from enthesis.statistics.effects.proportions import (
    arcsine_proportion,
    log_proportion,
    logit_proportion,
    raw_proportion,
)
from enthesis.statistics.effects.rates import (
    log_rate,
    log_rate_ratio,
    rate,
    rate_difference,
    square_root_rate,
    square_root_rate_difference,
)
from enthesis.statistics.effects.ratios_of_means import log_ratio_of_means
from enthesis.statistics.effects.risks_and_odds import (
    arcsine_difference,
    log_odds_ratio,
    log_risk_ratio,
    peto_log_odds_ratio,
    risk_difference,
)
from enthesis.statistics.effects.single_means import log_mean, single_mean, standardised_mean
from enthesis.statistics.effects.smd_from_tests import smd_from_f, smd_from_p, smd_from_t
from enthesis.statistics.effects.standardised_mean_differences import (
    glass_delta,
    hedges_correction,
    standardised_mean_difference,
    standardised_mean_difference_separate_sds,
)
from enthesis.statistics.effects.two_by_two import TwoByTwo, two_by_two
from enthesis.statistics.effects.variability import (
    log_coefficient_of_variation,
    log_coefficient_of_variation_ratio,
    log_sd,
    log_variability_ratio,
)

__all__ = [
    "MEASURES",
    "REFUSED",
    "EffectSizes",
    "Measure",
    "RowNote",
    "TwoByTwo",
    "arcsine_difference",
    "arcsine_proportion",
    "compute",
    "contrast_from_ci",
    "contrast_from_f",
    "contrast_from_p",
    "contrast_from_se",
    "contrast_from_t",
    "correlation",
    "fisher_z",
    "glass_delta",
    "hedges_correction",
    "log_coefficient_of_variation",
    "log_coefficient_of_variation_ratio",
    "log_mean",
    "log_odds_ratio",
    "log_proportion",
    "log_rate",
    "log_rate_ratio",
    "log_ratio_of_means",
    "log_ratio_of_paired_means",
    "log_risk_ratio",
    "log_sd",
    "log_variability_ratio",
    "logit_proportion",
    "mean_change",
    "mean_difference",
    "missing_columns",
    "peto_log_odds_ratio",
    "rate",
    "rate_difference",
    "raw_proportion",
    "risk_difference",
    "single_mean",
    "smd_from_f",
    "smd_from_p",
    "smd_from_t",
    "square_root_rate",
    "square_root_rate_difference",
    "standardised_mean",
    "standardised_mean_change",
    "standardised_mean_change_raw_score",
    "standardised_mean_change_raw_score_separate_sds",
    "standardised_mean_difference",
    "standardised_mean_difference_separate_sds",
    "two_by_two",
]
