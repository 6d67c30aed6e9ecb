"""Simulated type I error of the engine, small; the long run is validation/sequential."""

import numpy as np
import pytest
from validation.sequential.type_one_error import crossing_rate

from enthesis.statistics import sequential

ANALYSES, LOOKS = 6000, 6
#: Four standard errors of a share of 5 % among so many.
FOUR_SE = 4.0 * np.sqrt(0.05 * 0.95 / ANALYSES)


@pytest.mark.parametrize("spending", sequential.SPENDINGS)
def test_the_common_effect_crosses_in_five_percent_when_nothing_works(spending):
    bound = sequential.boundaries(np.arange(1, LOOKS + 1) / LOOKS, spending=spending).efficacy
    assert crossing_rate(11, ANALYSES, LOOKS, 0.0, "EE", "wald", bound) == pytest.approx(0.05, abs=FOUR_SE)


def test_testing_at_1_96_every_time_crosses_far_too_often():
    """Armitage, McPherson & Rowe 1969, doi:10.2307/2343787, table 2: 14.2 % after five looks."""
    assert crossing_rate(11, ANALYSES, 5, 0.0, "EE", "wald", np.full(5, 1.96)) == pytest.approx(
        0.142, abs=4.0 * np.sqrt(0.142 * 0.858 / ANALYSES)
    )


PATHS = 200_000


def brownian_z(drift: float, t: np.ndarray) -> np.ndarray:
    """Z at each look of many trials, drawn step by step, (PATHS, K)."""
    rng = np.random.default_rng(1969)
    steps = np.diff(t, prepend=0.0)
    return np.cumsum(rng.normal(drift * steps, np.sqrt(steps), (PATHS, len(t))), axis=1) / np.sqrt(t)


def test_futile_and_crossing_shares_of_drawn_paths_are_those_integrated():
    """Looks as unequal as trials; the effect that matters is real; the wedge is kept to."""
    t = np.array([0.15, 0.22, 0.5, 0.85, 1.0])
    found = sequential.boundaries(t, beta=0.1, futility="obrien-fleming")
    z = brownian_z(found.drift, t)
    exits = sequential.exit_probabilities(t, found.efficacy, found.futility, drift=found.drift)
    going = np.ones(PATHS, dtype=bool)
    four_se = 4.0 * np.sqrt(0.25 / PATHS)
    for k in range(len(t)):
        shares = [
            (going & (z[:, k] >= found.efficacy[k])).mean(),
            (going & (z[:, k] <= -found.efficacy[k])).mean(),
            (going & (np.abs(z[:, k]) < found.futility[k])).mean(),
        ]
        integrated = [exits.upper[0, k], exits.lower[0, k], exits.futile[0, k]]
        assert shares == pytest.approx(integrated, abs=four_se)
        going &= (np.abs(z[:, k]) < found.efficacy[k]) & (np.abs(z[:, k]) >= found.futility[k])
    assert (z >= found.efficacy).any(axis=1).mean() == pytest.approx(found.power, abs=four_se)


def test_repeated_intervals_hold_the_true_effect_at_all_looks_together():
    """Jennison & Turnbull 1989: estimate -/+ boundary x standard error, whatever the true effect."""
    t = np.array([0.15, 0.22, 0.5, 0.85, 1.0])
    bound = sequential.boundaries(t).efficacy
    estimate = brownian_z(2.0, t) / np.sqrt(t)
    covered = (np.abs(estimate - 2.0) < bound / np.sqrt(t)).all(axis=1).mean()
    assert covered == pytest.approx(0.95, abs=4.0 * np.sqrt(0.05 * 0.95 / PATHS))
