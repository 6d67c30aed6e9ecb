"""Counts of harm, and what a count of nought leaves open."""

import pytest
from scipy.optimize import brentq
from scipy.stats import binom

from enthesis.domain.counsel.trial_harms import upper_limit


@pytest.mark.parametrize(("events", "people"), [(0, 49), (0, 3485), (1, 41), (13, 20)])
def test_the_limit_is_where_so_few_events_would_be_seen_in_one_of_forty(events, people):
    solved = brentq(lambda p: binom.cdf(events, people, p) - 0.025, 1e-9, 1 - 1e-9, xtol=1e-14)
    assert upper_limit(events, people) == pytest.approx(solved, rel=1e-6)


def test_no_event_in_a_hundred_leaves_about_three_to_four_in_a_hundred_open():
    # Hanley & Lippman-Hand 1983: 3/n at one-sided 95 %, so 3.7/n at two-sided 95 %.
    assert upper_limit(0, 100, level=0.90) == pytest.approx(0.03, abs=0.001)
    assert upper_limit(0, 100) == pytest.approx(0.036, abs=0.001)


def test_if_all_had_it_nothing_is_ruled_out():
    assert upper_limit(5, 5) == 1.0
