"""SYPRES project (github.com/pennlinc/sypres-docs), Reproducibility guide: psilocybin for depression.

Twelve trials as Hedges g with interval, pooled there with R packages meta (REML, Hartung-Knapp,
Q-profile) and bayesmeta (half-normal prior of scale 0.5 for tau, standard normal for mu).
The inputs are printed to four digits, which leaves three or four in the answers.
"""

import numpy as np
import pytest
from scipy.special import ndtri

from enthesis.statistics import pooling

TRIALS = np.array(
    [
        [-1.4215, -2.2271, -0.6160],
        [-2.4807, -3.5637, -1.3976],
        [-0.7092, -1.0308, -0.3876],
        [-1.2731, -1.8827, -0.6635],
        [-1.7297, -2.7230, -0.7365],
        [-0.3347, -1.0987, 0.4294],
        [-0.8700, -1.2941, -0.4459],
        [-0.3806, -1.0314, 0.2701],
        [-0.1417, -0.8599, 0.5765],
        [-0.7940, -1.5967, 0.0086],
        [-0.8275, -1.5562, -0.0988],
        [-0.9384, -1.5120, -0.3648],
    ]
)
Y = TRIALS[:, 0]
V = ((TRIALS[:, 2] - TRIALS[:, 1]) / (2.0 * ndtri(0.975))) ** 2


def test_hartung_knapp_interval_and_q_profile():
    found = pooling.pool(Y, V)
    assert (found.mu, *found.ci) == pytest.approx((-0.9031, -1.2561, -0.5501), abs=1e-4)
    assert found.statistic == pytest.approx(-5.63, abs=5e-3)
    assert found.p == pytest.approx(0.0002, abs=5e-5)
    assert (found.tau2, *found.tau2_ci) == pytest.approx((0.1174, 0.0140, 1.0125), abs=1e-4)
    assert (found.q, found.q_p) == pytest.approx((23.84, 0.0134), abs=5e-3)
    assert 100.0 * np.array(found.weights) == pytest.approx(
        [6.9, 4.7, 13.7, 9.2, 5.3, 7.3, 12.0, 8.7, 7.8, 6.9, 7.7, 9.7], abs=0.051
    )


def test_prediction_interval_with_classic_standard_error():
    found = pooling.pool(Y, V, interval="wald", prediction="t-k-minus-2")
    assert found.prediction_interval == pytest.approx((-1.7283, -0.0778), abs=1e-4)


def test_posterior_of_the_mean():
    found = pooling.bayes_pool(Y, V, tau_scale=0.5, mu_prior=(0.0, 1.0))
    assert (found.median, found.mean, found.sd) == pytest.approx(
        (-0.8714675, -0.8763131, 0.1426918), abs=1e-4
    )
    low, high = found.probability_below([-1.1694173, -0.5981181])
    assert high - low == pytest.approx(0.95, abs=1e-4)


def test_posterior_of_tau():
    found = pooling.bayes_pool(Y, V, tau_scale=0.5, mu_prior=(0.0, 1.0))
    assert (found.tau_median, found.tau_mean) == pytest.approx((0.2990692, 0.3127251), abs=1e-4)
    assert found.tau_above(0.6373571) == pytest.approx(0.05, abs=1e-4)
