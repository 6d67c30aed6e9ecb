"""Laws of the robustness methods, for any studies."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enthesis.errors import CannotEstimate, EnthesisError
from enthesis.statistics.bias import (
    baujat_plot,
    excess_significance_test,
    fail_safe_n_rosenberg,
    fail_safe_n_rosenthal,
    fragility_index,
    fragility_of_meta_analysis,
    gosh,
    harbord_test,
    henmi_copas,
    permutation_test,
    permutation_test_of_moderators,
    pet_peese,
    peters_test,
    robust_fit,
    selection_model,
)
from enthesis.statistics.pooling import pool

K = 8
effects = arrays(float, K, elements=st.integers(-300, 300).map(lambda i: i / 128), unique=True)
errors = arrays(float, K, elements=st.integers(8, 150).map(lambda i: i / 128), unique=True)
orders = st.permutations(range(K)).map(list)
units = st.sampled_from([0.25, 8.0, 1024.0])


@settings(deadline=None)
@given(effects, errors, orders)
def test_the_order_of_studies_does_not_matter(y, se, order):
    v = se**2
    first, second = henmi_copas(y, v), henmi_copas(y[order], v[order])
    assert second.ci == pytest.approx(first.ci, rel=1e-9, abs=1e-10)
    assert permutation_test(y[order], v[order]).p == permutation_test(y, v).p
    moved, still = baujat_plot(y[order], v[order]), baujat_plot(y, v)
    assert moved.influence == pytest.approx(np.array(still.influence)[order], rel=1e-6, abs=1e-9)
    mean, same = robust_fit(y, v).coefficients[0], robust_fit(y[order], v[order]).coefficients[0]
    assert same.se == pytest.approx(mean.se, rel=1e-7)


@settings(deadline=None)
@given(effects, errors, units)
def test_a_change_of_unit_changes_the_unit_only(y, se, unit):
    v = se**2
    first, second = henmi_copas(y, v), henmi_copas(unit * y, unit**2 * v)
    assert second.critical == pytest.approx(first.critical, rel=1e-9)
    assert second.ci == pytest.approx([unit * bound for bound in first.ci], rel=1e-9, abs=1e-9 * unit)
    assert permutation_test(unit * y, unit**2 * v).p == permutation_test(y, v).p
    assert fail_safe_n_rosenthal(unit * y, unit**2 * v).n == fail_safe_n_rosenthal(y, v).n
    assert fail_safe_n_rosenberg(unit * y, unit**2 * v).n == fail_safe_n_rosenberg(y, v).n
    found, scaled = excess_significance_test(y, v), excess_significance_test(unit * y, unit**2 * v)
    assert scaled.power == pytest.approx(found.power, rel=1e-9)


@settings(deadline=None)
@given(effects, errors, st.sampled_from([-4.0, 0.5, 16.0]))
def test_a_shift_moves_intervals_and_leaves_contributions(y, se, shift):
    v = se**2
    first, second = henmi_copas(y, v), henmi_copas(y + shift, v)
    assert second.ci == pytest.approx([bound + shift for bound in first.ci], rel=1e-9, abs=1e-9)
    still, moved = baujat_plot(y, v), baujat_plot(y + shift, v)
    assert moved.heterogeneity == pytest.approx(still.heterogeneity, rel=1e-6, abs=1e-9)
    line, same = (
        pet_peese(x, v, favours="greater", dispersion=False, minimum_k=3).pet for x in (y, y + shift)
    )
    assert same.slope == pytest.approx(line.slope, rel=1e-6, abs=1e-8)


@settings(deadline=None)
@given(effects, errors)
def test_mirroring_the_effects_mirrors_the_answers(y, se):
    v = se**2
    assert permutation_test(-y, v).p == permutation_test(y, v).p
    assert fail_safe_n_rosenthal(-y, v).n == fail_safe_n_rosenthal(y, v).n
    low, high = henmi_copas(y, v).ci
    assert henmi_copas(-y, v).ci == pytest.approx((-high, -low), rel=1e-9, abs=1e-10)


@settings(max_examples=25, deadline=None)
@given(effects, errors)
def test_a_selection_model_mirrors_and_is_never_less_likely_than_none(y, se):
    try:
        found = selection_model(y, se**2, favours="greater", steps=(0.3,), minimum_k=3)
    except CannotEstimate:
        assume(False)
    mirrored = selection_model(-y, se**2, favours="less", steps=(0.3,), minimum_k=3)
    assert mirrored.log_likelihood == pytest.approx(found.log_likelihood, abs=1e-7)
    assert found.log_likelihood >= found.log_likelihood_unadjusted - 1e-9
    assert 0 <= found.p <= 1


@settings(deadline=None)
@given(effects, errors)
def test_the_full_subset_of_gosh_is_the_pooled_effect(y, se):
    found = gosh(y, se**2)
    everyone = found.members.all(axis=1)
    assert found.mu[everyone] == pytest.approx(pool(y, se**2).mu, rel=1e-9, abs=1e-11)
    assert ((found.i2 >= 0) & (found.i2 <= 1)).all()


@settings(deadline=None)
@given(effects, errors, st.integers(0, 2**32 - 1))
def test_permutation_p_values_are_probabilities_and_repeat_with_the_seed(y, se, seed):
    x = np.sqrt(np.arange(K))
    first, second = (
        permutation_test_of_moderators(y, se**2, x, ["x"], permutations=40, seed=seed) for _ in range(2)
    )
    assert first == second
    assert 1 / 41 <= first.p[0] <= 1


counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)
@given(counts, counts)
def test_fragility_does_not_depend_on_which_arm_is_first(one, two):
    try:
        found = fragility_index(*one, *two)
    except CannotEstimate:
        assume(False)
    swapped = fragility_index(*two, *one)
    assert found.index >= 1
    # With equal risks either arm may be called the lower one.
    if one[0] * two[1] != two[0] * one[1]:
        assert swapped.index == found.index
        assert swapped.arm == 3 - found.arm
    assert (found.p < 0.05) != (found.p_after < 0.05)


anything = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=14)
sound = st.integers(1, 14).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(-1e30, 1e30), min_size=n, max_size=n),
        st.lists(st.floats(1e-30, 1e30), min_size=n, max_size=n),
    )
)
METHODS = {
    "baujat": baujat_plot,
    "excess": excess_significance_test,
    "rosenthal": fail_safe_n_rosenthal,
    "rosenberg": fail_safe_n_rosenberg,
    "gosh": lambda y, v: gosh(y, v, subsets=20),
    "henmi_copas": henmi_copas,
    "permutation": lambda y, v: permutation_test(y, v, permutations=20),
    "pet_peese": lambda y, v: pet_peese(y, v, favours="less", minimum_k=2),
    "robust": robust_fit,
    "selection": lambda y, v: selection_model(y, v, favours="less", minimum_k=2),
}


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=40, deadline=None)
@given(st.one_of(st.tuples(anything, anything), sound))
def test_whatever_is_given_only_our_own_errors_come_out(method, pair):
    with suppress(EnthesisError):
        METHODS[method](*pair)


numbers = st.floats(allow_nan=True, allow_infinity=True) | st.integers(0, 30)
column = st.lists(numbers, max_size=12)
few = st.lists(st.integers(0, 9), min_size=10, max_size=10)
many = st.lists(st.integers(9, 40), min_size=10, max_size=10)


@settings(max_examples=60, deadline=None)
@given(column | few, column | many, column | few, column | many)
def test_whatever_counts_are_given_only_our_own_errors_come_out(e1, n1, e2, n2):
    for method in (harbord_test, peters_test, fragility_of_meta_analysis):
        with suppress(EnthesisError):
            method(e1, n1, e2, n2)
