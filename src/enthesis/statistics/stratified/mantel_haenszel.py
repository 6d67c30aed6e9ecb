"""Mantel-Haenszel odds ratio, risk ratio and risk difference, and the test of no association."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.effects.risks_and_odds import log_odds_ratio, log_risk_ratio, risk_difference
from enthesis.statistics.stratified.homogeneity import ChiSquared
from enthesis.statistics.stratified.strata import Strata, StratifiedEffect, read_strata, stratified_effect

__all__ = [
    "cochran_mantel_haenszel",
    "mantel_haenszel_log_odds_ratio",
    "mantel_haenszel_log_risk_ratio",
    "mantel_haenszel_risk_difference",
]

METHOD = "Mantel-Haenszel"


def mantel_haenszel_log_odds_ratio(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> StratifiedEffect:
    """Log odds ratio common to all studies, nothing added to empty cells.

    Args:
        events1: Patients with the event in arm 1, shape (k,), from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        level: Coverage of the interval, in (0, 1).

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: All events, or all non-events, stand in one arm.

    Source: Mantel & Haenszel 1959, doi:10.1093/jnci/22.4.719; variance Robins, Breslow & Greenland 1986,
    doi:10.2307/2531052.
    """
    s = read_strata(events1, n1, events2, n2)
    r, t = s.a * s.d / s.total, s.b * s.c / s.total
    _require_both_sides(r.sum(), t.sum())
    p, q = (s.a + s.d) / s.total, (s.b + s.c) / s.total
    v = (
        np.sum(p * r) / (2 * r.sum() ** 2)
        + np.sum(p * t + q * r) / (2 * r.sum() * t.sum())
        + np.sum(q * t) / (2 * t.sum() ** 2)
    )
    own = log_odds_ratio(s.a, s.n1, s.c, s.n2, double_zero="leave-out")
    mu = float(np.log(r.sum() / t.sum()))
    return stratified_effect("OR", METHOD, mu, float(np.sqrt(v)), s, own, level=level)


def mantel_haenszel_log_risk_ratio(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> StratifiedEffect:
    """Log risk ratio common to all studies, nothing added to empty cells.

    Args:
        events1: Patients with the event in arm 1, shape (k,), from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        level: Coverage of the interval, in (0, 1).

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: All events stand in one arm, or everybody has the event.

    Source: Greenland & Robins 1985, doi:10.2307/2530643.
    """
    s = read_strata(events1, n1, events2, n2)
    r, t = np.sum(s.a * s.n2 / s.total), np.sum(s.c * s.n1 / s.total)
    _require_both_sides(r, t)
    spread = np.sum(s.n1 * s.n2 * s.events / s.total**2 - s.a * s.c / s.total)
    if not spread > 0:
        raise CannotEstimate("Everybody has the event: the risk ratio is 1 without a sampling error.")
    own = log_risk_ratio(s.a, s.n1, s.c, s.n2, double_zero="leave-out")
    se = float(np.sqrt(spread / (r * t)))
    return stratified_effect("RR", METHOD, float(np.log(r / t)), se, s, own, level=level)


def mantel_haenszel_risk_difference(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> StratifiedEffect:
    """Risk difference common to all studies; those without any event pull it towards 0, as they should.

    Args:
        events1: Patients with the event in arm 1, shape (k,), from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        level: Coverage of the interval, in (0, 1).

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: No study has an event, or all have nothing but events.

    Source: Greenland & Robins 1985, doi:10.2307/2530643; variance Sato 1989, doi:10.2307/2531726.
    """
    s = read_strata(events1, n1, events2, n2)
    if s.double_zero.all():
        raise CannotEstimate("No study has both patients with and patients without the event.")
    weights = s.n1 * s.n2 / s.total
    mu = float(np.sum(weights * (s.a / s.n1 - s.c / s.n2)) / weights.sum())
    p = (s.n1**2 * s.c - s.n2**2 * s.a + s.n1 * s.n2 * (s.n2 - s.n1) / 2) / s.total**2
    q = (s.a * s.d + s.b * s.c) / (2 * s.total)
    se = float(np.sqrt(mu * p.sum() + q.sum()) / weights.sum())
    informative = ~s.double_zero
    a, n_1, c, n_2 = (column[informative] for column in (s.a, s.n1, s.c, s.n2))
    return stratified_effect("RD", METHOD, mu, se, s, risk_difference(a, n_1, c, n_2), level=level)


def cochran_mantel_haenszel(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike, *, continuity: bool = True
) -> ChiSquared:
    """Test that event and arm are independent in every study.

    Args:
        events1: Patients with the event in arm 1, shape (k,), from 0 to n1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        continuity: Whether half an event is taken from the difference of observed and expected.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: No study has both patients with and patients without the event.

    Source: Mantel & Haenszel 1959, doi:10.1093/jnci/22.4.719.
    """
    s: Strata = read_strata(events1, n1, events2, n2)
    spread = float(s.hypergeometric_variance.sum())
    if not spread > 0:
        raise CannotEstimate("No study has both patients with and patients without the event.")
    excess = max(abs(float(s.excess.sum())) - (0.5 if continuity else 0.0), 0.0)
    statistic = excess**2 / spread
    return ChiSquared(statistic, 1, float(chdtrc(1, statistic)))


def _require_both_sides(r: float, t: float) -> None:
    if not (r > 0 and t > 0):
        raise CannotEstimate(
            "The ratio is 0 or infinite: the events, or the non-events, stand in one arm only."
        )
