"""escalc results of the univariate reference sets, and how each is computed here. Origin: data/README.md."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import numpy as np
from metafor_files import all_sets, csv_rows

from enthesis.statistics import conversions, effects

Columns = Mapping[str, np.ndarray]
Answer = tuple[np.ndarray, np.ndarray]


def effect_sets() -> dict[str, dict[str, Any]]:
    """Every set with escalc results, by name."""
    return {name: content for name, content in all_sets().items() if "escalc" in content}


@cache
def columns(name: str) -> Columns:
    """The figures of the set by escalc's argument names; an empty cell is NaN."""
    case = effect_sets()[name]
    rows = csv_rows(case["csv"])
    return {
        argument: np.array([_number(row[column]) for row in rows])
        for argument, column in case["input_columns"].items()
    }


def _number(cell: str) -> float:
    return float("nan") if cell in ("", "NA") else float(cell)


def expected(name: str, measure: str, vtype: str) -> Answer:
    """metafor's yi and vi; NaN where it has no yi, even if it prints a vi."""
    block = effect_sets()[name]["escalc"][measure][vtype]
    y, v = np.array(block["yi"], dtype=float), np.array(block["vi"], dtype=float)
    return y, np.where(np.isfinite(y), v, np.nan)


def grid() -> list[tuple[str, str, str]]:
    """(set, measure, vtype) of every escalc block in the files."""
    return [
        (name, measure, vtype)
        for name, case in effect_sets().items()
        for measure, blocks in case["escalc"].items()
        for vtype in blocks
    ]


def _computed(measure: str, **options: Any) -> Callable[[Columns], Answer]:
    def answer(figures: Columns) -> Answer:
        result = effects.compute(measure, figures, **options)
        return result.y, result.v

    return answer


def _smd_as_log_odds(distribution: str, figures: Columns) -> Answer:
    d, v = _computed("SMD", corrected=False)(figures)
    known = np.isfinite(d)
    y, w = np.full_like(d, np.nan), np.full_like(d, np.nan)
    converted = conversions.log_odds_ratio_from_smd(d[known], v[known], distribution=distribution)
    y[known], w[known] = converted.y, converted.v
    return y, w


def _log_odds_as_smd(distribution: str, figures: Columns) -> Answer:
    log_odds, v = _computed("OR")(figures)
    known = np.isfinite(log_odds)
    y, w = np.full_like(v, np.nan), np.full_like(v, np.nan)
    converted = conversions.smd_from_log_odds_ratio(log_odds[known], v[known], distribution=distribution)
    y[known], w[known] = converted.y, converted.v
    return y, w


def _bonett_as_in_3_8(measure: str, figures: Columns) -> Answer:
    """metafor 3.8 multiplies Bonett's variance by J² although g, not d, stands in it; 4.6 dropped that."""
    y, v = _computed(measure)(figures)
    df = figures["n1i"] + figures["n2i"] - 2 if measure == "SMDH" else figures["ni"] - 1
    return y, v * effects.hedges_correction(df) ** 2


_TABLE = ("OR", "RR", "RD")
_ANY_VTYPE = ("default", "LS", "LS2", "UB", "AV", "HO")

COMPUTED: dict[tuple[str, str], Callable[[Columns], Answer]] = {
    **{(m, "default"): _computed(m) for m in (*_TABLE, "PETO", "AS")},
    **{(m, "to_all"): _computed(m, zero_cells="add-half-to-all") for m in _TABLE},
    **{("MD", vtype): _computed("MD") for vtype in ("default", "LS", "UB")},
    ("MD", "HO"): _computed("MD", variance="pooled"),
    ("SMD", "default"): _computed("SMD"),
    ("SMD", "LS"): _computed("SMD", variance="large-sample"),
    ("SMD", "LS2"): _computed("SMD", variance="shrunken-large-sample"),
    ("SMD", "UB"): _computed("SMD", variance="unbiased"),
    ("SMD", "AV"): _computed("SMD", variance="average-effect"),
    **{("SMDH", vtype): partial(_bonett_as_in_3_8, "SMDH") for vtype in ("default", "LS")},
    ("SMD1", "default"): _computed("SMD1"),
    **{("ROM", vtype): _computed("ROM") for vtype in ("default", "LS")},
    ("ROM", "HO"): _computed("ROM", variance="pooled"),
    ("ROM", "AV"): _computed("ROM", variance="average-cv"),
    ("VR", "default"): _computed("VR"),
    ("CVR", "default"): _computed("CVR"),
    **{("D2OR" + tail, "default"): partial(_smd_as_log_odds, "logistic") for tail in ("", "L")},
    ("D2ORN", "default"): partial(_smd_as_log_odds, "normal"),
    ("OR2DL", "default"): partial(_log_odds_as_smd, "logistic"),
    ("OR2DN", "default"): partial(_log_odds_as_smd, "normal"),
    # escalc has one variance for these and takes any vtype without a word.
    **{(m, vtype): _computed(m) for m in ("MN", "MNLN", "MC") for vtype in _ANY_VTYPE},
    **{("SMCRH", vtype): partial(_bonett_as_in_3_8, "SMCRH") for vtype in _ANY_VTYPE},
    **{("ZCOR", vtype): _computed("ZCOR") for vtype in _ANY_VTYPE if vtype != "UB"},
    **{(m, "default"): _computed(m) for m in ("SMN", "SDLN", "CVLN", "ROMC")},
    **{(m, vtype): _computed(m) for m in ("SMCC", "SMCR") for vtype in ("default", "LS")},
    **{(m, "LS2"): _computed(m, variance="shrunken-large-sample") for m in ("SMCC", "SMCR")},
    **{(m, "default"): _computed(m) for m in ("PLO", "PR", "PLN", "PAS")},
    **{("COR", vtype): _computed("COR") for vtype in ("default", "LS")},
    ("COR", "AV"): _computed("COR", variance="average-effect"),
    **{(m, "default"): _computed(m) for m in ("IRR", "IRD", "IRSD", "IR", "IRLN", "IRS")},
}
"""Every (measure, vtype) that is compared, and the call that answers it."""

_ASSOCIATION = "a coefficient of association, which no question about a treatment asks for"
NOT_COMPARED: dict[tuple[str, str], str] = {
    (
        "SMDH",
        "LS2",
    ): "no published formula gives metafor 3.8's numbers; the estimate itself is compared as LS",
    ("SMD", "uncorrected"): "the block repeats the corrected numbers of LS; d itself is compared in D2OR",
    ("PFT", "default"): effects.REFUSED["PFT"],
    ("IRFT", "default"): effects.REFUSED["IRFT"],
    ("PHI", "default"): _ASSOCIATION,
    ("PHI", "LS"): _ASSOCIATION,
    ("YUQ", "default"): _ASSOCIATION,
    ("YUY", "default"): _ASSOCIATION,
    ("RTET", "default"): _ASSOCIATION,
    ("RPB", "default"): _ASSOCIATION,
    ("RBIS", "default"): _ASSOCIATION,
    (
        "PBIT",
        "default",
    ): "a standardised difference of probits; the logistic and normal OR2D are there instead",
    ("UCOR", "default"): "metafor itself refused it (a package was not installed)",
}
"""Every (measure, vtype) in the files that is not compared, and why."""
