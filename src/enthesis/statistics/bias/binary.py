"""Tests of funnel-plot asymmetry made for odds ratios: Harbord's and Peters'."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias.applicability import MINIMUM_K, asymmetry_caveats, check_enough_studies
from enthesis.statistics.bias.asymmetry import AsymmetryTest
from enthesis.statistics.bias.weighted_line import weighted_line
from enthesis.statistics.effects import EffectSizes, log_odds_ratio, peto_log_odds_ratio
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["harbord_test", "peters_test"]


def harbord_test(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
    minimum_k: int = MINIMUM_K,
) -> AsymmetryTest:
    """Egger's test on score statistics, which are not linked to their variance when there is no effect.

    With Z the score and V the information of the log odds ratio at 0, Z/V (Peto's estimate) is regressed
    on 1/sqrt(V) with weights V. Trials without any event, or with nothing but events, are left out.

    Args:
        events1: Patients with the event in arm 1, shape (k,).
        n1: Patients of arm 1, shape (k,).
        events2: Patients with the event in arm 2, shape (k,).
        n2: Patients of arm 2, shape (k,).
        level: Coverage of the interval of the limit effect.
        minimum_k: Refuse below this many studies; lower it only to validate the code.

    When it misleads: with large effects or large heterogeneity it calls asymmetry too often.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: Too few informative trials, or all of one size.

    Source: Harbord, Egger & Sterne 2006, doi:10.1002/sim.2380.
    """
    peto = peto_log_odds_ratio(
        *_columns(events1, n1, events2, n2), zero_cells="none", double_zero="leave-out"
    )
    keep, caveats = _informative(peto)
    y, v = peto.y[keep], peto.v[keep]
    check_enough_studies(len(y), minimum_k, "Harbord's test")
    line = weighted_line(y, np.sqrt(v), 1 / v, dispersion=True, name="information")
    caveats += asymmetry_caveats(y, v)
    return AsymmetryTest.from_line(
        line, test="Harbord", predictor="1/sqrt(V)", level=check_level(level), limit=True, caveats=caveats
    )


def peters_test(
    events1: ArrayLike,
    n1: ArrayLike,
    events2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
    minimum_k: int = MINIMUM_K,
) -> AsymmetryTest:
    """Log odds ratio regressed on 1/n, weighted by events x non-events / n.

    A half is added to all four cells of a trial that has an empty one. Trials without any event, or with
    nothing but events, are left out.

    Args:
        events1: Patients with the event in arm 1, shape (k,).
        n1: Patients of arm 1, shape (k,).
        events2: Patients with the event in arm 2, shape (k,).
        n2: Patients of arm 2, shape (k,).
        level: Coverage of the interval of the limit effect.
        minimum_k: Refuse below this many studies; lower it only to validate the code.

    When it misleads: with large heterogeneity it calls asymmetry too often; with trials of similar size it
    sees nothing.

    Raises:
        InvalidData: Events below 0 or above n, or an arm without patients.
        CannotEstimate: Too few informative trials, or all of one size.

    Source: Peters et al. 2006, doi:10.1001/jama.295.6.676.
    """
    columns = _columns(events1, n1, events2, n2)
    ratios = log_odds_ratio(*columns, double_zero="leave-out")
    keep, caveats = _informative(ratios)
    check_enough_studies(int(keep.sum()), minimum_k, "Peters' test")
    n = (columns[1] + columns[3])[keep]
    events = (columns[0] + columns[2])[keep]
    line = weighted_line(
        ratios.y[keep], 1 / n, events * (n - events) / n, dispersion=True, name="number of participants"
    )
    caveats += asymmetry_caveats(ratios.y[keep], ratios.v[keep])
    return AsymmetryTest.from_line(
        line, test="Peters", predictor="1/n", level=check_level(level), limit=True, caveats=caveats
    )


def _columns(*columns: ArrayLike) -> tuple[Array, ...]:
    return tuple(np.atleast_1d(np.asarray(column, dtype=np.float64)) for column in columns)


def _informative(effects: EffectSizes) -> tuple[np.ndarray, tuple[Caveat, ...]]:
    keep = effects.estimable
    if keep.all():
        return keep, ()
    if not keep.any():
        raise CannotEstimate("No trial has both a patient with the event and one without.")
    text = f"{np.count_nonzero(~keep)} trials without events, or with nothing but events, were left out."
    return keep, (Caveat("uninformative-trials", text),)
