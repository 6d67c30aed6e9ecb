"""A prediction interval that rests on little estimated heterogeneity says that it is probably too short."""

import numpy as np
import pytest
from validation.simulation import prediction

from enthesis.statistics import pooling


def codes(found):
    return {caveat.code for caveat in found.caveats}


def test_a_tau2_of_0_from_three_studies_makes_the_interval_doubtful():
    found = pooling.pool([0.9, 1.0, 1.1], [0.25] * 3)
    assert "prediction-too-short" in codes(found)
    text = next(c.text for c in found.caveats if c.code == "prediction-too-short")
    # The half width goes with the root of tau2 + se2, and tau2 is 0 here.
    times = np.sqrt((found.tau2_ci[1] + found.se**2) / found.se**2)
    assert f"{times:.1f} times" in text


def test_large_heterogeneity_makes_no_such_doubt():
    found = pooling.pool([0.0, 1.0, 2.0, 3.0], [0.01] * 4)
    assert found.i2 > 0.9
    assert "prediction-too-short" not in codes(found)


def test_many_studies_that_pin_tau2_make_no_such_doubt():
    rng = np.random.default_rng(3)
    v = np.full(600, 0.1)
    found = pooling.pool(rng.normal(0.4, np.sqrt(v + 0.04)), v)
    assert found.i2 < 0.5
    assert "prediction-too-short" not in codes(found)


def test_a_common_effect_has_no_interval_to_doubt():
    assert "prediction-too-short" not in codes(pooling.pool([0.9, 1.0], [0.25] * 2, method="EE"))


@pytest.mark.parametrize("k", [5, 10])
def test_the_simulation_finds_it_short_just_where_i2_is_estimated_small(k):
    cells = prediction.simulate(k, 1.0, 4000, np.random.default_rng(6))
    assert cells["I² 0"].covered < 0.65
    assert cells["I² under 50 %"].covered < 0.95
    assert cells["I² 50 % or more"].covered > 0.97
