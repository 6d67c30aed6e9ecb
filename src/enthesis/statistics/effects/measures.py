"""Every measure by its code, with the columns and options it has: the list that the command line shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from enthesis.errors import Fault, InvalidData, NotFound
from enthesis.statistics.effects.correlations import correlation, fisher_z
from enthesis.statistics.effects.effect_sizes import EffectSizes
from enthesis.statistics.effects.mean_differences import mean_difference
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
from enthesis.statistics.effects.standardised_mean_differences import (
    glass_delta,
    standardised_mean_difference,
    standardised_mean_difference_separate_sds,
)
from enthesis.statistics.effects.variability import (
    log_coefficient_of_variation,
    log_coefficient_of_variation_ratio,
    log_sd,
    log_variability_ratio,
)

__all__ = ["CELLS", "MEASURES", "REFUSED", "Measure", "find_measure", "missing_columns"]

Scale = Literal["additive", "log", "transformed"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is called, what it needs, and how it is computed."""

    code: str
    title: str
    scale: Scale
    """"log": the exponential of y is the ratio to report; "transformed": y has another way back."""
    layouts: tuple[tuple[str, ...], ...]
    """The sets of columns it can be computed from; any one of them is enough."""
    options: tuple[str, ...]
    """Options of the calculation that ``compute`` passes on."""
    calculate: Callable[..., EffectSizes]

    def column(self, name: str) -> str:
        """The column's own name: a metafor name with a final i ("m1i") is the same column as "m1"."""
        known = {column for layout in self.layouts for column in layout}
        return name if name in known else name.removesuffix("i")


CELLS = ("ai", "bi", "ci", "di")
"""Events and non-events of arm 1, then of arm 2."""
EVENTS = ("ai", "n1", "ci", "n2")
"""Events and patients of arm 1, then of arm 2."""
TWO_MEANS = ("m1", "sd1", "n1", "m2", "sd2", "n2")
ONE_MEAN = ("m", "sd", "n")
PAIRED = ("m1", "sd1", "m2", "sd2", "n", "r")
TWO_RATES = ("x1", "t1", "x2", "t2")


def _table(
    code: str, title: str, scale: Scale, calculate: Callable[..., EffectSizes], *options: str
) -> Measure:
    return Measure(code, title, scale, (CELLS, EVENTS), options, calculate)


def _of(
    code: str,
    title: str,
    scale: Scale,
    layout: tuple[str, ...],
    calculate: Callable[..., EffectSizes],
    *options: str,
) -> Measure:
    return Measure(code, title, scale, (layout,), options, calculate)


_ALL = (
    _table("OR", "log odds ratio", "log", log_odds_ratio, "zero_cells", "double_zero"),
    _table("RR", "log risk ratio", "log", log_risk_ratio, "zero_cells", "double_zero"),
    _table("RD", "risk difference", "additive", risk_difference, "zero_cells"),
    _table("PETO", "Peto's log odds ratio", "log", peto_log_odds_ratio, "zero_cells", "double_zero"),
    _table("AS", "arcsine difference of risks", "transformed", arcsine_difference),
    _of("MD", "mean difference", "additive", TWO_MEANS, mean_difference, "variance"),
    _of(
        "SMD",
        "standardised mean difference (Hedges' g)",
        "additive",
        TWO_MEANS,
        standardised_mean_difference,
        "variance",
        "corrected",
    ),
    _of(
        "SMDH",
        "standardised mean difference, separate SDs",
        "additive",
        TWO_MEANS,
        standardised_mean_difference_separate_sds,
    ),
    _of("SMD1", "Glass' delta", "additive", ("m1", "n1", "m2", "sd2", "n2"), glass_delta),
    _of("ROM", "log ratio of means", "log", TWO_MEANS, log_ratio_of_means, "variance"),
    _of("VR", "log variability ratio", "log", ("sd1", "n1", "sd2", "n2"), log_variability_ratio),
    _of("CVR", "log coefficient-of-variation ratio", "log", TWO_MEANS, log_coefficient_of_variation_ratio),
    _of("MN", "mean", "additive", ONE_MEAN, single_mean),
    _of("MNLN", "log mean", "log", ONE_MEAN, log_mean),
    _of("SMN", "standardised mean", "additive", ONE_MEAN, standardised_mean),
    _of("SDLN", "log standard deviation", "log", ("sd", "n"), log_sd),
    _of("CVLN", "log coefficient of variation", "log", ONE_MEAN, log_coefficient_of_variation),
    _of("MC", "mean change", "additive", PAIRED, mean_change),
    _of(
        "SMCC",
        "standardised mean change, SD of the changes",
        "additive",
        PAIRED,
        standardised_mean_change,
        "variance",
    ),
    _of(
        "SMCR",
        "standardised mean change, raw score",
        "additive",
        ("m1", "sd1", "m2", "n", "r"),
        standardised_mean_change_raw_score,
        "variance",
    ),
    _of(
        "SMCRH",
        "standardised mean change, raw score, separate SDs",
        "additive",
        PAIRED,
        standardised_mean_change_raw_score_separate_sds,
    ),
    _of("ROMC", "log ratio of paired means", "log", PAIRED, log_ratio_of_paired_means),
    _of("PR", "proportion", "additive", ("x", "n"), raw_proportion, "zero_cells"),
    _of("PLN", "log proportion", "log", ("x", "n"), log_proportion, "zero_cells"),
    _of("PLO", "logit proportion", "transformed", ("x", "n"), logit_proportion, "zero_cells"),
    _of("PAS", "arcsine proportion", "transformed", ("x", "n"), arcsine_proportion),
    _of("COR", "correlation", "additive", ("r", "n"), correlation, "variance"),
    _of("ZCOR", "Fisher's z", "transformed", ("r", "n"), fisher_z),
    _of("IRR", "log rate ratio", "log", TWO_RATES, log_rate_ratio, "zero_cells"),
    _of("IRD", "rate difference", "additive", TWO_RATES, rate_difference, "zero_cells"),
    _of("IRSD", "difference of root rates", "transformed", TWO_RATES, square_root_rate_difference),
    _of("IR", "rate", "additive", ("x", "t"), rate, "zero_cells"),
    _of("IRLN", "log rate", "log", ("x", "t"), log_rate, "zero_cells"),
    _of("IRS", "root rate", "transformed", ("x", "t"), square_root_rate),
)

MEASURES: Mapping[str, Measure] = {measure.code: measure for measure in _ALL}
"""Every measure by its code."""

_FREEMAN_TUKEY = (
    "The Freeman-Tukey double arcsine has no single way back to a proportion and can mislead seriously "
    "(Schwarzer et al. 2019, doi:10.1002/jrsm.1348)."
)
REFUSED: Mapping[str, str] = {
    "PFT": f"{_FREEMAN_TUKEY} Use PLO (logit) or PAS (arcsine).",
    "IRFT": f"{_FREEMAN_TUKEY} The double square root of rates shares the fault: use IRLN or IRS.",
}
"""Measures that are known and not computed, with the reason and what to use instead."""


def find_measure(measure: str) -> Measure:
    """The measure of this code.

    Raises:
        NotFound: No measure has this code.
        InvalidData: The measure is refused.
    """
    if measure in REFUSED:
        raise InvalidData(Fault(REFUSED[measure], measure))
    if measure not in MEASURES:
        raise NotFound("measure", measure, MEASURES)
    return MEASURES[measure]


def missing_columns(measure: str, given: Iterable[str]) -> tuple[str, ...]:
    """What the measure still needs beside the columns given; empty when it can be computed.

    Of several possible sets of columns, the one with the fewest missing counts. A metafor name with a final i
    ("m1i") is the same column.

    Raises:
        NotFound: No measure has this code.
        InvalidData: The measure is refused.
    """
    found = find_measure(measure)
    names = {found.column(name) for name in given}
    gaps = [tuple(c for c in layout if c not in names) for layout in found.layouts]
    return min(gaps, key=len)
