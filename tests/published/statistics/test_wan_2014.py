"""Wan et al. 2014, doi:10.1186/1471-2288-14-135: Table 1, the expected range of a normal sample."""

import numpy as np
import pytest

from enthesis.statistics.conversions.five_numbers import five_numbers
from enthesis.statistics.conversions.moments_from_quantiles import expected_range, sd_wan

TABLE_1 = {
    5: 2.326,
    8: 2.847,
    10: 3.078,
    15: 3.472,
    20: 3.735,
    25: 3.931,
    30: 4.086,
    35: 4.213,
    40: 4.322,
    45: 4.415,
    50: 4.498,
}


@pytest.mark.parametrize(("n", "xi"), TABLE_1.items())
def test_the_approximation_stays_close_to_the_tabulated_constants(n, xi):
    # The paper approximates by Blom's normal scores, which are off by up to 1.5 % at n = 5, 0.5 % from 10 on.
    off = abs(float(expected_range(np.float64(n))) / xi - 1)
    assert off < (0.005 if n >= 10 else 0.015)


@pytest.mark.parametrize(("n", "xi"), TABLE_1.items())
def test_the_standard_deviation_is_the_range_over_the_constant(n, xi):
    numbers = five_numbers(n, 0.0, minimum=-xi / 2, maximum=xi / 2)
    assert float(sd_wan(numbers)) == pytest.approx(1, rel=0.015)
