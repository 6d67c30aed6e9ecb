"""Harbord's and Peters' tests by another route, and what they refuse."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.bias import harbord_test, peters_test

EVENTS1 = np.array([1, 2, 4, 3, 8, 10, 12, 20, 22, 31, 44, 60])
N1 = np.array([12, 15, 22, 20, 40, 52, 60, 90, 110, 150, 210, 320])
EVENTS2 = np.array([4, 5, 9, 4, 12, 15, 16, 26, 24, 40, 49, 66])
N2 = np.array([11, 16, 20, 22, 41, 50, 62, 95, 100, 155, 205, 330])
TABLES = EVENTS1, N1, EVENTS2, N2


def test_harbord_is_least_squares_of_standardised_score_on_root_information():
    margins = [hypergeom(n1 + n2, e1 + e2, n1) for e1, n1, e2, n2 in zip(*TABLES, strict=True)]
    score = EVENTS1 - np.array([m.mean() for m in margins])
    root = np.sqrt([m.var() for m in margins])
    design = np.column_stack([root, np.ones(12)])
    (limit, bias), (residual,) = np.linalg.lstsq(design, score / root, rcond=None)[:2]
    se = np.sqrt(residual / 10 * np.linalg.inv(design.T @ design)[1, 1])
    found = harbord_test(*TABLES)
    assert found.slope == pytest.approx(bias, rel=1e-9)
    assert found.se == pytest.approx(se, rel=1e-9)
    assert found.limit == pytest.approx(limit, rel=1e-9)
    assert found.df == 10


def test_peters_is_weighted_least_squares_of_the_log_odds_ratio_on_the_inverse_size():
    n, events = N1 + N2, EVENTS1 + EVENTS2
    ratio = np.log(EVENTS1 / (N1 - EVENTS1) / (EVENTS2 / (N2 - EVENTS2)))
    root = np.sqrt(1 / (1 / events + 1 / (n - events)))
    design = np.column_stack([root, root / n])
    (limit, slope), (residual,) = np.linalg.lstsq(design, root * ratio, rcond=None)[:2]
    se = np.sqrt(residual / 10 * np.linalg.inv(design.T @ design)[1, 1])
    found = peters_test(*TABLES)
    assert found.slope == pytest.approx(slope, rel=1e-9)
    assert found.se == pytest.approx(se, rel=1e-9)
    assert found.limit == pytest.approx(limit, rel=1e-9)


@pytest.mark.parametrize("test", [harbord_test, peters_test])
def test_a_trial_without_events_is_left_out_and_said(test):
    padded = [np.append(column, extra) for column, extra in zip(TABLES, (0, 30, 0, 30), strict=True)]
    found, without = test(*padded), test(*TABLES)
    assert found.slope == without.slope
    assert found.k == 12
    assert "1 trials without events" in found.caveats[0].text


@pytest.mark.parametrize("test", [harbord_test, peters_test])
def test_swapping_the_arms_turns_the_sign(test):
    found, swapped = test(*TABLES), test(EVENTS2, N2, EVENTS1, N1)
    assert swapped.slope == pytest.approx(-found.slope, rel=1e-9)
    assert swapped.p == pytest.approx(found.p, rel=1e-9)


@pytest.mark.parametrize("test", [harbord_test, peters_test])
def test_what_cannot_be_tested_is_refused_with_the_reason(test):
    with pytest.raises(CannotEstimate, match="at least 10 studies; 9 given"):
        test(*(column[:9] for column in TABLES))
    with pytest.raises(CannotEstimate, match="No trial has both"):
        test([0] * 10, [9] * 10, [0] * 10, [9] * 10)
    with pytest.raises(InvalidData, match="events1"):
        test([20, *EVENTS1[1:]], N1, EVENTS2, N2)
