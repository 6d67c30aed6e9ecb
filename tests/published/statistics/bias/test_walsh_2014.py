"""Walsh et al. 2014, doi:10.1016/j.jclinepi.2013.10.019, Introduction: two trials with the same p-value."""

import pytest

from enthesis.statistics.bias import fragility_index


@pytest.mark.parametrize(
    ("events1", "events2", "n", "index"),
    [(1, 9, 100, 1), (200, 250, 4000, 9)],
)
def test_two_trials_with_a_p_value_of_0_02_differ_in_fragility(events1, events2, n, index):
    found = fragility_index(events1, n, events2, n)
    assert round(found.p, 2) == 0.02
    assert found.index == index
