"""PROMIS T-score tables, recomputed from the published item calibrations.

Summed-score expected a posteriori of the graded response model (Thissen et al. 1995,
doi:10.1177/014662169501900105): N(0, 1) prior, grid from -4 to 4 in steps of 0.1, T = 50 + 10 theta.
Calibrations of the version 1.0 banks as published with the PROMIS item banks.
"""

import numpy as np
import pytest

from enthesis.catalogue.instruments_loader import load_instruments

GRID = np.arange(-40, 41) / 10

# Slope, then the four thresholds.
CALIBRATIONS = {
    "PAININ3": (4.98134, 0.1293, 0.8809, 1.3825, 1.9123),
    "PAININ9": (6.53406, 0.1579, 0.8959, 1.4377, 2.0103),
    "PAININ12": (5.29892, 0.1808, 0.8281, 1.2865, 1.8824),
    "PAININ13": (5.03924, 0.4688, 1.0753, 1.6277, 2.1736),
    "PAININ22": (5.3971, 0.1709, 0.8366, 1.3266, 1.9589),
    "PAININ31": (5.90514, 0.473, 1.0094, 1.5063, 2.077),
    "PAININ34": (4.92619, 0.1771, 0.8447, 1.363, 1.9795),
    "PAININ36": (5.69697, 0.3417, 0.959, 1.4786, 2.036),
    "PFA11": (4.83487, -1.9837, -1.5298, -1.1056, -0.4545),
    "PFA21": (4.23685, -1.885, -1.4805, -1.0464, -0.3953),
    "PFA23": (4.28753, -1.9146, -1.5792, -1.1944, -0.6814),
    "PFA53": (4.43957, -2.546, -1.9738, -1.4509, -0.8195),
}
FORMS = ["promis-pain-interference-4a", "promis-pain-interference-8a", "promis-physical-function-4a-v1"]


def _levels(slope, *thresholds):
    """Probability of each of five answers along the grid, shape (5, grid)."""
    beyond = [1 / (1 + np.exp(-slope * (GRID - t))) for t in thresholds]
    steps = np.vstack([np.ones_like(GRID), *beyond, np.zeros_like(GRID)])
    return steps[:-1] - steps[1:]


def _t_scores(items):
    """Expected T for every summed score, by the recursion of Lord and Wingersky."""
    likelihood = np.ones((1, GRID.size))
    for item in items:
        wider = np.zeros((len(likelihood) + 4, GRID.size))
        for level, probability in enumerate(_levels(*CALIBRATIONS[item])):
            wider[level : level + len(likelihood)] += likelihood * probability
        likelihood = wider
    posterior = likelihood * np.exp(-(GRID**2) / 2)
    return 50 + 10 * (posterior @ GRID) / posterior.sum(axis=1)


@pytest.mark.parametrize("form", FORMS)
def test_table_is_the_expected_t_score_of_its_items(form):
    instrument = load_instruments()[form]
    (rule,) = instrument.scores
    computed = _t_scores([item.id for item in instrument.items])
    assert np.abs(np.round(computed, 1) - rule.rule.values).max() == pytest.approx(0, abs=1e-9)
