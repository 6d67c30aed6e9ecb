"""Viechtbauer 2010, doi:10.18637/jss.v036.i03: thirteen trials of BCG against tuberculosis.

Sections 3.3 (random effects), 3.4 (moderators) and the Knapp-Hartung output of the same example on
the metafor site. Tolerances are half of the last printed digit.
"""

import numpy as np
import pytest

from enthesis.statistics import pooling

# Cases and non-cases when vaccinated, cases and non-cases when not, absolute latitude, year.
TRIALS = np.array(
    [
        [4, 119, 11, 128, 44, 1948],
        [6, 300, 29, 274, 55, 1949],
        [3, 228, 11, 209, 42, 1960],
        [62, 13536, 248, 12619, 52, 1977],
        [33, 5036, 47, 5761, 13, 1973],
        [180, 1361, 372, 1079, 44, 1953],
        [8, 2537, 10, 619, 19, 1973],
        [505, 87886, 499, 87892, 13, 1980],
        [29, 7470, 45, 7232, 27, 1968],
        [17, 1699, 65, 1600, 42, 1961],
        [186, 50448, 141, 27197, 18, 1974],
        [5, 2493, 3, 2338, 33, 1969],
        [27, 16886, 29, 17825, 33, 1976],
    ],
    dtype=float,
)


def log_risk_ratios() -> tuple[np.ndarray, np.ndarray]:
    """Log risk ratio of each trial, and its variance."""
    a, b, c, d = TRIALS[:, :4].T
    return np.log(a / (a + b) / (c / (c + d))), 1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d)


def test_random_effects_by_reml():
    found = pooling.pool(*log_risk_ratios(), interval="wald")
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert found.tau2_se == pytest.approx(0.1664, abs=5e-5)
    assert found.i2 == pytest.approx(0.9222, abs=5e-5)
    assert found.h2 == pytest.approx(12.86, abs=5e-3)
    assert found.q == pytest.approx(152.2330, abs=5e-5)
    assert (found.mu, found.se) == pytest.approx((-0.7145, 0.1798), abs=5e-5)
    assert found.statistic == pytest.approx(-3.9744, abs=5e-5)
    assert found.ci == pytest.approx((-1.0669, -0.3622), abs=5e-5)


def test_knapp_hartung_interval():
    found = pooling.pool(*log_risk_ratios())
    assert found.se == pytest.approx(0.1808, abs=5e-5)
    assert (found.statistic, found.df) == pytest.approx((-3.9522, 12), abs=5e-5)
    assert found.p == pytest.approx(0.0019, abs=5e-5)
    assert found.ci == pytest.approx((-1.1084, -0.3206), abs=5e-5)
    assert np.exp(found.prediction_interval) == pytest.approx((0.14, 1.76), abs=5e-3)


def test_latitude_and_year_as_moderators():
    found = pooling.meta_regression(*log_risk_ratios(), TRIALS[:, 4:], ["ablat", "year"], interval="wald")
    intercept, latitude, year = found.coefficients
    assert found.tau2 == pytest.approx(0.1108, abs=5e-5)
    assert found.residual.tau2_se == pytest.approx(0.0845, abs=5e-5)
    assert found.residual.i2 == pytest.approx(0.7198, abs=5e-5)
    assert found.residual.h2 == pytest.approx(3.57, abs=5e-3)
    assert found.r2 == pytest.approx(0.6463, abs=5e-5)
    assert (found.residual.q, found.residual.p) == pytest.approx((28.3251, 0.0016), abs=5e-5)
    # The paper's tau2 stops at a step of 1e-5, a ten-thousandth of tau2, and so do these three.
    assert found.moderators.statistic == pytest.approx(12.2043, abs=5e-4)
    assert found.moderators.p == pytest.approx(0.0022, abs=5e-5)
    assert (intercept.estimate, intercept.se) == pytest.approx((-3.5455, 29.0959), abs=5e-4)
    assert latitude.ci == pytest.approx((-0.0481, -0.0080), abs=5e-5)
    assert (year.estimate, year.se, year.p) == pytest.approx((0.0019, 0.0147, 0.8966), abs=5e-5)
