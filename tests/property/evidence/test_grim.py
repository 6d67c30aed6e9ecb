"""Real whole-number answers never fail the granularity tests, however they are rounded."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from enthesis.domain.evidence.grim import mean_is_possible, sd_is_possible


@given(st.lists(st.integers(0, 100), min_size=2, max_size=60), st.integers(0, 3), st.integers(0, 3))
def test_rounded_means_and_spreads_of_whole_numbers_are_possible(answers, mean_digits, sd_digits):
    mean = round(statistics.fmean(answers), mean_digits)
    sd = round(statistics.stdev(answers), sd_digits)
    assert mean_is_possible(mean, len(answers))
    assert sd_is_possible(mean, sd, len(answers))
