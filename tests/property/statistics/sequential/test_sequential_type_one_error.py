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
