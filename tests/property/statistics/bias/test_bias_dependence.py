"""Checks of dependent effects: laws that hold for any data, and how often they raise a false alarm."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation.dependence import type_one_error

from enthesis.statistics import bias, pooling

README = Path(__file__).parents[4] / "validation/dependence/README.md"

seeds = st.integers(0, 2**32 - 1)


def effects_of(seed, studies=12):
    return type_one_error.draw(np.random.default_rng(seed), studies, 0.5)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_order_of_the_effects_changes_nothing(seed):
    some = effects_of(seed)
    order = np.random.default_rng(seed).permutation(len(some.y))
    shuffled = some.y[order], some.v[order], [some.study[i] for i in order]
    plain = bias.egger_test_by_study(some.y, some.v, some.study)
    mixed = bias.egger_test_by_study(*shuffled)
    assert mixed.slope == pytest.approx(plain.slope, rel=1e-6, abs=1e-9)
    assert mixed.p == pytest.approx(plain.p, rel=1e-5, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(seeds, st.floats(-3, 3), st.floats(0.01, 100))
def test_shift_and_unit_of_the_effects_do_what_they_must(seed, shift, unit):
    some = effects_of(seed)
    plain = bias.study_averages(some.y, some.v, some.study)
    moved = bias.study_averages(unit * (some.y + shift), unit**2 * some.v, some.study)
    np.testing.assert_allclose(moved.y, unit * (plain.y + shift), rtol=1e-5, atol=1e-6 * unit)
    np.testing.assert_allclose(moved.v, unit**2 * plain.v, rtol=1e-4)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_one_effect_per_study_is_the_analysis_of_independent_effects(seed):
    some = effects_of(seed, studies=14)
    first = np.unique(some.study, return_index=True)[1]
    y, v = some.y[first], some.v[first]
    by_study = bias.gosh_by_study(y, v, range(14))
    np.testing.assert_allclose(by_study.mu, bias.gosh(y, v).mu, rtol=0, atol=1e-12)
    by_study = bias.permutation_test_by_study(y, v, range(14), permutations=50)
    assert by_study.p == bias.permutation_test(y, v, permutations=50).p
    assert bias.influence_by_study(y, v, range(14)).mu == pytest.approx(pooling.pool(y, v).mu, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_more_selection_moves_the_mean_towards_the_results_that_are_not_affirmative(seed):
    some = effects_of(seed, studies=20)
    y = some.y + 0.4
    found = bias.publication_sensitivity(y, some.v, study=some.study, favours="greater")
    assert list(found.mu) == sorted(found.mu, reverse=True)
    assert found.worst_mu <= found.mu[-1] + 1e-12


def test_checks_by_study_keep_their_level_where_the_others_multiply_it():
    found = type_one_error.simulate(12, 0.8, 80, np.random.default_rng(8))
    # 5 % of 80 is 4; 13 or more comes by chance once in ten thousand runs.
    for name in ("Egger by study", "PET by study", "permutation by study"):
        assert found[name] <= 12 / 80
    for name in ("Egger", "permutation"):
        assert found[name] > 12 / 80


def test_the_readme_holds_every_cell():
    rows = [line for line in README.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    cells = [tuple(map(float, row.split("|")[1:3])) for row in rows]
    assert cells == [(m, r) for m in type_one_error.STUDIES for r in type_one_error.CORRELATIONS]
