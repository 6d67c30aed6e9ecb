"""Laws of the asymmetry tests and of trim and fill, for any studies."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enthesis.errors import EnthesisError
from enthesis.statistics.bias import egger_test, funnel_plot, rank_test, trim_and_fill

K = 12
effects = arrays(float, K, elements=st.integers(-400, 400).map(lambda i: i / 128), unique=True)
errors = arrays(float, K, elements=st.integers(8, 200).map(lambda i: i / 128), unique=True)


def bent(y, x):
    """Whether the points leave a residual that rounding does not drown."""
    return np.polynomial.Polynomial.fit(x, y, 1, full=True)[1][0].sum() > 1e-6


studies = st.tuples(effects, errors).filter(lambda pair: bent(*pair))
variants = st.sampled_from(["classical", "random-effects"])
sides = st.sampled_from(["left", "right"])


@settings(deadline=None)
@given(studies, variants, st.permutations(range(K)))
def test_the_order_of_studies_does_not_matter(pair, variant, order):
    y, se = pair
    order = list(order)
    first, second = (
        egger_test(y, se**2, variant=variant),
        egger_test(y[order], se[order] ** 2, variant=variant),
    )
    assert second.statistic == pytest.approx(first.statistic, rel=1e-7, abs=1e-9)
    assert rank_test(y[order], se[order] ** 2).tau == pytest.approx(rank_test(y, se**2).tau, abs=1e-12)


@settings(deadline=None)
@given(studies, variants, st.sampled_from([-8.0, 0.5, 32.0]))
def test_a_shift_moves_the_limit_and_nothing_else(pair, variant, shift):
    y, se = pair
    first, second = egger_test(y, se**2, variant=variant), egger_test(y + shift, se**2, variant=variant)
    assert second.slope == pytest.approx(first.slope, rel=1e-7, abs=1e-9)
    assert second.se == pytest.approx(first.se, rel=1e-7)
    assert second.limit == pytest.approx(first.limit + shift, rel=1e-7, abs=1e-9)


@settings(deadline=None)
@given(studies, variants, st.sampled_from([0.25, 8.0, 1024.0]))
def test_a_change_of_unit_leaves_the_tests_alone(pair, variant, unit):
    y, se = pair
    first = egger_test(y, se**2, variant=variant)
    second = egger_test(unit * y, (unit * se) ** 2, variant=variant)
    assert second.p == pytest.approx(first.p, rel=1e-6, abs=1e-12)
    assert second.slope == pytest.approx(first.slope, rel=1e-7, abs=1e-9)
    assert rank_test(unit * y, (unit * se) ** 2).tau == rank_test(y, se**2).tau


@settings(deadline=None)
@given(studies, variants)
def test_mirroring_the_effects_turns_the_sign(pair, variant):
    y, se = pair
    first, second = egger_test(y, se**2, variant=variant), egger_test(-y, se**2, variant=variant)
    assert second.slope == pytest.approx(-first.slope, rel=1e-7, abs=1e-9)
    assert rank_test(-y, se**2).tau == pytest.approx(-rank_test(y, se**2).tau, abs=1e-12)


@settings(deadline=None)
@given(arrays(float, 6, elements=st.floats(-3, 3)), arrays(float, 6, elements=st.floats(0.1, 2), unique=True))
def test_a_funnel_with_its_own_mirror_image_has_no_asymmetry(half, se):
    assume(np.abs(half).max() > 0.01)
    y, v = np.concatenate([0.5 + half, 0.5 - half]), np.tile(se, 2) ** 2
    for variant in ("classical", "random-effects"):
        found = egger_test(y, v, variant=variant)
        assert found.slope == pytest.approx(0, abs=1e-9 * max(1, np.abs(half).max() / se.min()))


@settings(deadline=None)
@given(effects, errors, sides, st.sampled_from(["L0", "R0"]))
def test_trim_and_fill_mirrors_with_the_data(y, se, side, estimator):
    other = {"left": "right", "right": "left"}[side]
    try:
        first = trim_and_fill(y, se**2, side=side, estimator=estimator, method="EE")
    except EnthesisError:
        assume(False)
    second = trim_and_fill(-y, se**2, side=other, estimator=estimator, method="EE")
    assert second.filled == first.filled
    assert second.mu == pytest.approx(-first.mu, rel=1e-9, abs=1e-11)


@settings(deadline=None)
@given(effects, errors, sides)
def test_filling_on_the_left_never_raises_the_effect(y, se, side):
    try:
        found = trim_and_fill(y, se**2, side=side, method="EE")
    except EnthesisError:
        assume(False)
    moved = found.mu - found.unadjusted
    assert moved * (1 if side == "right" else -1) >= -1e-12


@settings(deadline=None)
@given(effects, errors)
def test_a_study_is_in_a_band_when_it_lies_outside_that_contour(y, se):
    plot = funnel_plot(y, se**2)
    for point in plot.points:
        outside = [
            c.p for c in plot.contours if abs(point.y) > c.right * point.se / plot.se_max * (1 + 1e-12)
        ]
        if outside:
            assert point.band is not None
            assert point.band <= min(outside)


@settings(deadline=None)
@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=14),
    st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=14),
)
def test_whatever_is_given_only_our_own_errors_come_out(y, v):
    for method in (egger_test, rank_test, trim_and_fill, funnel_plot):
        with suppress(EnthesisError):
            method(y, v)
