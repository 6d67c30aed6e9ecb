"""Fragility of one trial and of a meta-analysis, against exhaustive search."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from scipy.stats import fisher_exact

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.bias import fragility_index, fragility_of_meta_analysis
from enthesis.statistics.effects import log_risk_ratio
from enthesis.statistics.pooling import pool

TRIALS = np.array([[3, 40, 10, 41], [5, 60, 12, 58], [8, 90, 14, 92]])


def test_the_trial_turns_exactly_at_its_index():
    found = fragility_index(5, 50, 18, 52)

    def p(k):
        return fisher_exact([[5 + k, 45 - k], [18, 34]]).pvalue

    assert found.significant
    assert p(found.index) >= 0.05 > p(found.index - 1)
    assert found.p_after == pytest.approx(p(found.index))
    assert found.quotient == found.index / 102


def test_a_trial_that_is_not_significant_has_a_reverse_index():
    found = fragility_index(8, 50, 14, 50)
    assert not found.significant
    assert found.events_after == 8 - found.index
    assert found.p_after < 0.05
    assert fisher_exact([[9 - found.index, 41 + found.index], [14, 36]]).pvalue >= 0.05


def test_the_lower_risk_arm_is_changed_even_if_it_has_more_events():
    assert fragility_index(10, 400, 8, 50).arm == 1
    assert fragility_index(8, 50, 10, 400).arm == 2


def test_more_patients_lost_than_the_index_is_a_caveat():
    assert fragility_index(1, 100, 9, 100, lost=5).caveats[0].code == "lost-more-than-index"
    assert fragility_index(1, 100, 9, 100, lost=0).caveats == ()


def test_a_trial_too_small_to_turn_is_refused():
    with pytest.raises(CannotEstimate, match=r"moves p across 0\.05"):
        fragility_index(1, 5, 2, 5)


def test_impossible_counts_are_named_arm_by_arm():
    with pytest.raises(InvalidData, match=r"arm 1: 9 events of 5 patients(?s:.*)arm 2: 1.5 events"):
        fragility_index(9, 5, 1.5, 10)


def interval(tables):
    effect = log_risk_ratio(*np.asarray(tables, dtype=float).T)
    return pool(effect.y, effect.v, method="DL", interval="wald").ci


def is_significant(tables):
    lower, upper = interval(tables)
    return lower > 0 or upper < 0


def fewest_changes(tables, largest):
    """The true index by trying every set of changes."""
    cells = [(t, column, step) for t in range(len(tables)) for column in (0, 2) for step in (-1, 1)]
    before = is_significant(tables)
    for size in range(1, largest + 1):
        for changes in combinations_with_replacement(cells, size):
            changed = np.array(tables)
            for trial, column, step in changes:
                changed[trial, column] += step
            possible = (changed[:, 0] <= changed[:, 1]) & (changed[:, 2] <= changed[:, 3])
            if (changed >= 0).all() and possible.all() and is_significant(changed) != before:
                return size
    return None


@pytest.mark.parametrize(
    "tables",
    [TRIALS, [[4, 40, 9, 41], [6, 60, 12, 58]], [[5, 30, 7, 31], [6, 42, 11, 40], [9, 55, 10, 54]]],
)
def test_the_greedy_index_is_the_true_one_in_small_meta_analyses(tables):
    found = fragility_of_meta_analysis(*np.array(tables).T, measure="RR", method="DL")
    assert found.significant == is_significant(tables)
    assert found.index == fewest_changes(tables, found.index)


def test_replaying_the_changes_gives_the_interval_after():
    found = fragility_of_meta_analysis(*TRIALS.T, measure="RR", method="DL")
    changed = TRIALS.copy()
    for change in found.changes:
        changed[change.trial, 2 * (change.arm - 1)] += change.events
    assert interval(changed) == pytest.approx(found.ci_after, rel=1e-9)
    assert is_significant(changed) != found.significant


@pytest.mark.parametrize("measure", ["OR", "RD"])
def test_other_measures_turn_too(measure):
    found = fragility_of_meta_analysis(*TRIALS.T, measure=measure, interval="hartung-knapp")
    assert found.index == len(found.changes) > 0
    before, after = ((ci[0] > 0 or ci[1] < 0) for ci in (found.ci, found.ci_after))
    assert before != after


def test_what_cannot_turn_is_refused():
    with pytest.raises(CannotEstimate, match="No trial has both"):
        fragility_of_meta_analysis([0, 0], [10, 10], [0, 0], [10, 10])
    with pytest.raises(CannotEstimate, match="No 1 changes"):
        fragility_of_meta_analysis([1, 2], [200, 200], [60, 70], [200, 200], largest=1)
    with pytest.raises(InvalidData, match="measure: 'HR' is unknown"):
        fragility_of_meta_analysis(*TRIALS.T, measure="HR")
