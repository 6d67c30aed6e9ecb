"""p-values of several studies combined: is there evidence of benefit in at least one of them?

It says nothing of size, and a small p may come from one large study; never shown as an effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.conversions.rules import check_option
from enthesis.statistics.distributions import chdtrc, ndtr, ndtri
from enthesis.statistics.swim.reported_p import LeftOut, OneSidedP, ReportedP, one_sided

__all__ = ["CombinationMethod", "CombinedP", "combine_p_values"]

CombinationMethod = Literal["fisher", "stouffer", "stouffer-weighted"]


@dataclass(frozen=True, slots=True)
class CombinedP:
    """The combined one-sided p-value of "treatment is better in at least one study"."""

    method: CombinationMethod
    statistic: float
    """Fisher: chi-squared; Stouffer: z, positive in favour of treatment."""
    df: int | None
    """Fisher's degrees of freedom, 2k."""
    p: float
    k: int
    """Studies that entered."""
    left_out: tuple[LeftOut, ...]
    caveats: tuple[str, ...]


def combine_p_values(reported: Sequence[ReportedP], *, method: CombinationMethod = "stouffer") -> CombinedP:
    """One p-value from those of several studies, one-sided in favour of treatment.

    Args:
        reported: p-values with their directions; see ``one_sided`` for what "p < 0.05" becomes.
        method: "fisher" is swayed by the smallest p, in favour only; "stouffer" lets studies for and against
            balance; "stouffer-weighted" weighs them by √n, and leaves out a study without n.

    Raises:
        CannotEstimate: No study can enter.

    Source: Cochrane Handbook 12.2.1.2; Fisher 1932, Statistical Methods for Research Workers, section 21.1;
    Stouffer et al. 1949, The American Soldier 1:45; weights Whitlock 2005,
    doi:10.1111/j.1420-9101.2005.00917.x.
    """
    check_option("method", method, CombinationMethod)
    entered, left_out = one_sided(reported)
    if method == "stouffer-weighted":
        left_out += tuple(
            LeftOut(e.study, "no number of patients to weigh it by.") for e in entered if e.n is None
        )
        entered = tuple(e for e in entered if e.n is not None)
    if not entered:
        reasons = "; ".join(f"study {left.study + 1}: {left.why}" for left in left_out) or "no studies given."
        raise CannotEstimate(f"No p-value can be combined. {reasons}")
    statistic, df, p = _fisher(entered) if method == "fisher" else _stouffer(entered, method)
    return CombinedP(method, statistic, df, p, len(entered), left_out, _caveats(entered, left_out))


def _fisher(entered: Sequence[OneSidedP]) -> tuple[float, int, float]:
    logarithms = [np.log(e.tail) if e.direction > 0 else np.log1p(-e.tail) for e in entered]
    statistic, df = -2 * float(np.sum(logarithms)), 2 * len(entered)
    return statistic, df, float(chdtrc(df, statistic))


def _stouffer(entered: Sequence[OneSidedP], method: CombinationMethod) -> tuple[float, None, float]:
    z = np.array([-e.direction * ndtri(e.tail) for e in entered])
    weights = np.ones_like(z)
    if method == "stouffer-weighted":
        weights = np.sqrt([e.n for e in entered if e.n is not None])
    statistic = float(weights @ z / np.sqrt(weights @ weights))
    return statistic, None, float(ndtr(-statistic))


def _caveats(entered: Sequence[OneSidedP], left_out: Sequence[LeftOut]) -> tuple[str, ...]:
    caveats = ["Combined p-values say nothing of size; one large study can decide them."]
    if bounded := [e for e in entered if e.at_bound]:
        caveats.append(
            "Studies that printed only a bound such as p < 0.05 and entered at it, which understates their "
            f"evidence: {len(bounded)}."
        )
    if any(e.direction < 0 for e in bounded):
        caveats.append(
            "At least one of them favours the comparator: its evidence against treatment is understated."
        )
    if left_out:
        caveats.append(f"Studies that could not enter: {len(left_out)}.")
    return tuple(caveats)
