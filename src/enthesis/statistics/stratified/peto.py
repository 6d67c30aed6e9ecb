"""Peto's pooled odds ratio: observed less expected events over their variance, summed over studies."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.effects.risks_and_odds import peto_log_odds_ratio
from enthesis.statistics.stratified.strata import Strata, StratifiedEffect, read_strata, stratified_effect

__all__ = ["peto"]

# The handbook asks for similar arms and small effects without saying how similar and small; these two marks
# are ours, and bring a caveat, not a refusal.
UNBALANCED = 2.0
LARGE_LOG_ODDS_RATIO = float(np.log(4))


def peto(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> StratifiedEffect:
    """Log odds ratio common to all studies, for rare events, balanced arms and moderate effects.

    Args:
        events1: Patients with the event in arm 1, shape (k,), from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        level: Coverage of the interval, in (0, 1).

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: No study has both patients with and patients without the event.

    Source: Yusuf et al. 1985, doi:10.1016/S0033-0620(85)80003-7; limits Greenland & Salvan 1990,
    doi:10.1002/sim.4780090302, and Cochrane Handbook 10.4.4.2.
    """
    s = read_strata(events1, n1, events2, n2)
    information = float(s.hypergeometric_variance.sum())
    if not information > 0:
        raise CannotEstimate("No study has both patients with and patients without the event.")
    mu, se = float(s.excess.sum()) / information, float(1 / np.sqrt(information))
    own = peto_log_odds_ratio(s.a, s.n1, s.c, s.n2, zero_cells="none")
    return stratified_effect("PETO", "Peto", mu, se, s, own, level=level, caveats=_caveats(s, mu))


def _caveats(s: Strata, mu: float) -> tuple[str, ...]:
    caveats = []
    unbalanced = np.maximum(s.n1 / s.n2, s.n2 / s.n1) > UNBALANCED
    if count := int(np.sum(unbalanced & ~s.double_zero)):
        caveats.append(
            f"Studies with one arm more than twice the other, where Peto's method is biased: {count}."
        )
    if abs(mu) > LARGE_LOG_ODDS_RATIO:
        caveats.append("The effect is large: Peto's method understates large effects.")
    return tuple(caveats)
