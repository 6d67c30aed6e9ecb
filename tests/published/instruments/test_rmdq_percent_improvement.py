"""RMDQ from 12 to 2 points is an improvement of 83 % in the worked example of its scoring page.

https://yhocphuchoi.com (rehabilitation scales, Roland-Morris page, read 2026-11-22):
(12 - 2) / 12 x 100 % = 83 %.
"""

import pytest

from enthesis.domain.instruments import change


def test_twelve_to_two_points_is_83_percent_improvement():
    assert change([12], [2], "lower").percent[0] == pytest.approx(83, abs=0.5)
