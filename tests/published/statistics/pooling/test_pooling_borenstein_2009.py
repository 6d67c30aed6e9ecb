"""Borenstein, Hedges, Higgins & Rothstein 2009, Introduction to Meta-Analysis, table 14.1.

Six trials as mean, SD and n; chapters 14 (pooling), 16 (heterogeneity) and 17 (prediction interval).
Tolerances are half of the last printed digit.
"""

import numpy as np
import pytest

from enthesis.statistics import pooling

MEAN = np.array([[94, 92], [98, 92], [98, 88], [94, 82], [98, 88], [96, 92]], dtype=float)
SD = np.array([[22, 20], [21, 22], [28, 26], [19, 17], [21, 22], [21, 22]], dtype=float)
N = np.array([[60, 60], [65, 65], [40, 40], [200, 200], [50, 45], [85, 85]], dtype=float)


def hedges_g() -> tuple[np.ndarray, np.ndarray]:
    """g and its variance as chapter 4 of the book has them (approximate J, shrunken variance)."""
    df = N.sum(axis=1) - 2.0
    pooled = np.sqrt(((N - 1.0) * SD**2).sum(axis=1) / df)
    d = (MEAN[:, 0] - MEAN[:, 1]) / pooled
    v = (1.0 / N).sum(axis=1) + d**2 / (2.0 * N.sum(axis=1))
    j = 1.0 - 3.0 / (4.0 * df - 1.0)
    return j * d, j**2 * v


def test_random_effects_by_dersimonian_and_laird():
    found = pooling.pool(*hedges_g(), method="DL", interval="wald")
    assert found.mu == pytest.approx(0.358, abs=5e-4)
    assert found.se == pytest.approx(0.105, abs=5e-4)
    assert found.statistic == pytest.approx(3.404, abs=5e-4)
    assert found.ci == pytest.approx((0.152, 0.565), abs=6e-4)


def test_heterogeneity():
    found = pooling.pool(*hedges_g(), method="DL", interval="wald")
    assert found.q == pytest.approx(12.003, abs=5e-4)
    assert found.q_df == 5
    assert found.tau2 == pytest.approx(0.037, abs=5e-4)
    assert found.i2 == pytest.approx(0.5834, abs=5e-5)


def test_prediction_interval_with_k_minus_2_degrees_of_freedom():
    found = pooling.pool(*hedges_g(), method="DL", interval="wald", prediction="t-k-minus-2")
    assert found.prediction_df == 4
    assert found.prediction_interval == pytest.approx((-0.2525, 0.9690), abs=5e-5)
