"""Newcombe 1998, Statistics in Medicine 17:857: Table I, 95 % intervals of four proportions.

doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E
"""

import pytest

from enthesis.statistics.swim import proportion_interval

TABLE_I = [
    # events, n, score method (Wilson), exact method (Clopper-Pearson)
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("events", "n", "wilson", "exact"), TABLE_I)
def test_intervals_of_a_proportion(events, n, wilson, exact):
    assert tuple(round(x, 4) for x in proportion_interval(events, n)) == wilson
    assert tuple(round(x, 4) for x in proportion_interval(events, n, method="clopper-pearson")) == exact
