"""Jennison & Turnbull 2000, Group Sequential Methods with Applications to Clinical Trials, chapter 2.

Two-sided tests with equal groups. Tolerance: half of the last printed digit.
"""

import numpy as np
import pytest

from enthesis.statistics import sequential

LOOKS = tuple(range(1, 11))
LAST_DIGIT = 5.5e-4

#: Table 2.1: C_P(K, alpha).
POCOCK = {
    0.10: (1.645, 1.875, 1.992, 2.067, 2.122, 2.164, 2.197, 2.225, 2.249, 2.270),
    0.05: (1.960, 2.178, 2.289, 2.361, 2.413, 2.453, 2.485, 2.512, 2.535, 2.555),
    0.01: (2.576, 2.772, 2.873, 2.939, 2.986, 3.023, 3.053, 3.078, 3.099, 3.117),
}
#: Table 2.3: C_B(K, alpha).
OBRIEN_FLEMING = {
    0.10: (1.645, 1.678, 1.710, 1.733, 1.751, 1.765, 1.776, 1.786, 1.794, 1.801),
    0.05: (1.960, 1.977, 2.004, 2.024, 2.040, 2.053, 2.063, 2.072, 2.080, 2.087),
    0.01: (2.576, 2.580, 2.595, 2.609, 2.621, 2.631, 2.640, 2.648, 2.654, 2.660),
}
#: Tables 2.2 and 2.4, alpha 0.05: R_P and R_B, the maximum sample size over that of a fixed test.
RATIO_POCOCK = {
    0.8: (1.000, 1.110, 1.166, 1.202, 1.229, 1.249, 1.265, 1.279, 1.291, 1.301),
    0.9: (1.000, 1.100, 1.151, 1.183, 1.207, 1.225, 1.239, 1.252, 1.262, 1.271),
}
RATIO_OBRIEN_FLEMING = {
    0.8: (1.000, 1.008, 1.017, 1.024, 1.028, 1.032, 1.035, 1.037, 1.038, 1.040),
    0.9: (1.000, 1.007, 1.016, 1.022, 1.026, 1.030, 1.032, 1.034, 1.036, 1.037),
}


def looks(k: int) -> np.ndarray:
    return np.arange(1, k + 1) / k


@pytest.mark.parametrize("alpha", POCOCK)
@pytest.mark.parametrize("k", LOOKS)
def test_pocock_constants_of_table_2_1(alpha, k):
    found = sequential.classic_boundary(looks(k), alpha=alpha, shape=sequential.POCOCK)
    assert found == pytest.approx(np.full(k, POCOCK[alpha][k - 1]), abs=LAST_DIGIT)


@pytest.mark.parametrize("alpha", OBRIEN_FLEMING)
@pytest.mark.parametrize("k", LOOKS)
def test_obrien_fleming_constants_of_table_2_3(alpha, k):
    found = sequential.classic_boundary(looks(k), alpha=alpha, shape=sequential.OBRIEN_FLEMING)
    assert found[-1] == pytest.approx(OBRIEN_FLEMING[alpha][k - 1], abs=LAST_DIGIT)
    assert found == pytest.approx(found[-1] * np.sqrt(k / np.arange(1, k + 1)), rel=1e-12)


@pytest.mark.parametrize("power", [0.8, 0.9])
@pytest.mark.parametrize("k", LOOKS)
@pytest.mark.parametrize(("shape", "table"), [(0.5, RATIO_POCOCK), (0.0, RATIO_OBRIEN_FLEMING)])
def test_sample_size_ratios_of_tables_2_2_and_2_4(shape, table, k, power):
    bound = sequential.classic_boundary(looks(k), shape=shape)
    ratio = sequential.inflation_factor(looks(k), bound, power=power)
    assert ratio == pytest.approx(table[power][k - 1], abs=LAST_DIGIT)
