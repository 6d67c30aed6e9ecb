"""Laws that hold for effects whatever the figures."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from enthesis.errors import EnthesisError
from enthesis.statistics import effects
from enthesis.statistics.conversions import critical_value
from enthesis.statistics.effects import MEASURES

means = st.floats(-1000, 1000)
positive_means = st.floats(0.1, 1000)
spreads = st.floats(0.01, 500)
sizes = st.integers(3, 5000)
levels = st.floats(0.5, 0.999)
correlations = st.floats(-0.99, 0.99)

arms = st.tuples(means, spreads, sizes)
positive_arms = st.tuples(positive_means, spreads, sizes)
TWO_ARMS = {
    "MD": effects.mean_difference,
    "SMD": effects.standardised_mean_difference,
    "SMDH": effects.standardised_mean_difference_separate_sds,
    "ROM": effects.log_ratio_of_means,
    "CVR": effects.log_coefficient_of_variation_ratio,
}
TABLES = {
    "OR": effects.log_odds_ratio,
    "RR": effects.log_risk_ratio,
    "RD": effects.risk_difference,
    "AS": effects.arcsine_difference,
    "PETO": effects.peto_log_odds_ratio,
}


@st.composite
def counts(draw):
    n = draw(st.integers(1, 400))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize("measure", TWO_ARMS)
@given(first=positive_arms, second=positive_arms)
def test_swapping_the_arms_turns_the_sign_and_keeps_the_variance(measure, first, second):
    one, other = TWO_ARMS[measure](*first, *second), TWO_ARMS[measure](*second, *first)
    assert one.y == pytest.approx(-other.y, rel=1e-9, abs=1e-9)
    assert one.v == pytest.approx(other.v, rel=1e-9)


@pytest.mark.parametrize("measure", TABLES)
@given(first=counts(), second=counts())
def test_swapping_the_arms_of_a_table_turns_the_sign_and_keeps_the_variance(measure, first, second):
    one = TABLES[measure]([first[0]], [first[1]], [second[0]], [second[1]])
    other = TABLES[measure]([second[0]], [second[1]], [first[0]], [first[1]])
    np.testing.assert_allclose(one.y, -other.y, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(one.v, other.v, rtol=1e-9)


@given(first=counts(), second=counts())
def test_counting_the_others_turns_odds_ratio_and_risk_difference_round(first, second):
    others = (first[1] - first[0], first[1], second[1] - second[0], second[1])
    for measure in (effects.log_odds_ratio, effects.risk_difference):
        one, other = measure(*first, *second), measure(*others)
        assert one.y == pytest.approx(-other.y, rel=1e-9, abs=1e-12)
        assert one.v == pytest.approx(other.v, rel=1e-9)


@given(first=arms, second=arms, shift=st.floats(-500, 500))
def test_a_shift_of_the_scale_leaves_differences_alone(first, second, shift):
    moved = ((first[0] + shift, *first[1:]), (second[0] + shift, *second[1:]))
    for measure in (effects.mean_difference, effects.standardised_mean_difference):
        plain, shifted = measure(*first, *second), measure(*moved[0], *moved[1])
        assert shifted.y == pytest.approx(plain.y, rel=1e-9, abs=1e-9 / min(first[1], second[1]))
        assert shifted.v == pytest.approx(plain.v, rel=1e-6)


@given(first=positive_arms, second=positive_arms, unit=st.floats(0.01, 100))
def test_a_change_of_unit_scales_md_and_leaves_smd_and_rom_alone(first, second, unit):
    scaled = [(m * unit, sd * unit, n) for m, sd, n in (first, second)]
    md, md_scaled = effects.mean_difference(*first, *second), effects.mean_difference(*scaled[0], *scaled[1])
    assert md_scaled.y == pytest.approx(md.y * unit, rel=1e-9, abs=1e-9)
    assert md_scaled.v == pytest.approx(md.v * unit**2, rel=1e-9)
    for measure in (effects.standardised_mean_difference, effects.log_ratio_of_means):
        plain, other = measure(*first, *second), measure(*scaled[0], *scaled[1])
        assert other.y == pytest.approx(plain.y, rel=1e-9, abs=1e-9)
        assert other.v == pytest.approx(plain.v, rel=1e-9)


@given(first=arms, second=arms)
def test_the_correction_shrinks_g_towards_zero_and_vanishes_in_large_groups(first, second):
    g = effects.standardised_mean_difference(*first, *second)
    d = effects.standardised_mean_difference(*first, *second, corrected=False)
    assert abs(g.y) <= abs(d.y)
    large = [(m, sd, 10_000_000) for m, sd, _ in (first, second)]
    near = effects.standardised_mean_difference(*large[0], *large[1])
    limit = effects.standardised_mean_difference(*large[0], *large[1], corrected=False)
    assert near.y == pytest.approx(limit.y, rel=1e-6)


@given(df=st.floats(2, 1e7))
def test_hedges_j_obeys_the_recurrence_of_the_gamma_function(df):
    # J(m) J(m+1) = Γ(m/2+1/2)/Γ(m/2-1/2) / (√(m/2) √((m+1)/2)) = ((m-1)/2) / √(m(m+1)/4).
    product = effects.hedges_correction(np.array(df)) * effects.hedges_correction(np.array(df + 1))
    assert product == pytest.approx((df - 1) / np.sqrt(df * (df + 1)), rel=1e-12)


@given(sd=spreads, n=sizes, first=means, second=means)
def test_equal_spreads_and_sizes_make_all_standardised_differences_one(sd, n, first, second):
    pooled = effects.standardised_mean_difference(first, sd, n, second, sd, n)
    separate = effects.standardised_mean_difference_separate_sds(first, sd, n, second, sd, n)
    assert separate.y == pytest.approx(pooled.y, rel=1e-9, abs=1e-12)
    separate_variance = effects.mean_difference(first, sd, n, second, sd, n)
    pooled_variance = effects.mean_difference(first, sd, n, second, sd, n, variance="pooled")
    assert separate_variance.v == pytest.approx(pooled_variance.v, rel=1e-12)


@given(first=arms, second=arms)
def test_g_from_its_own_t_is_g(first, second):
    g = effects.standardised_mean_difference(*first, *second)
    md = effects.mean_difference(*first, *second, variance="pooled")
    t = md.y / md.se
    from_t = effects.smd_from_t(t, first[2], second[2])
    assert (from_t.y, from_t.v) == (pytest.approx(g.y, rel=1e-9, abs=1e-12), pytest.approx(g.v, rel=1e-9))
    from_f = effects.smd_from_f(t**2, first[2], second[2], direction=1 if t >= 0 else -1)
    assert from_f.y == pytest.approx(g.y, rel=1e-9, abs=1e-9)


@given(y=st.floats(-50, 50), se=st.floats(0.01, 20), level=levels, df=st.none() | st.integers(1, 500))
def test_an_interval_built_from_a_contrast_gives_the_contrast_back(y, se, level, df):
    half = float(critical_value(level, df)) * se
    result = effects.contrast_from_ci(y, y - half, y + half, level=level, df=df)
    assert result.y == pytest.approx(y, rel=1e-15, abs=1e-99)
    assert result.v == pytest.approx(se**2, rel=1e-6)
    assert result.caveats == ()


@given(y=st.floats(-3, 3), se=st.floats(0.01, 1), level=levels)
def test_a_ratio_with_its_interval_gives_the_logarithm_back(y, se, level):
    half = float(critical_value(level)) * se
    result = effects.contrast_from_ci(np.exp(y), np.exp(y - half), np.exp(y + half), level=level, ratio=True)
    assert (result.y, result.v) == (pytest.approx(y, abs=1e-9), pytest.approx(se**2, rel=1e-6))


@given(y=st.floats(0.1, 5), sign=st.sampled_from([-1, 1]), p=st.floats(1e-12, 0.99), df=st.none() | sizes)
def test_p_t_and_f_of_one_contrast_agree(y, sign, p, df):
    by_p = effects.contrast_from_p(sign * y, p, df=df)
    by_direction = effects.contrast_from_p(y, p, df=df, direction=sign)
    t = sign * y / by_p.se
    by_t, by_f = effects.contrast_from_t(sign * y, t), effects.contrast_from_f(y, t**2, direction=sign)
    for other in (by_direction, by_t, by_f):
        assert (other.y, other.v) == (by_p.y, pytest.approx(by_p.v, rel=1e-9))


@given(arm=counts())
def test_two_equal_arms_have_no_effect(arm):
    for measure in TABLES.values():
        assert measure([arm[0]], [arm[1]], [arm[0]], [arm[1]]).y == pytest.approx(0, abs=1e-12)


@given(events=st.integers(1, 40), n=st.integers(100_000, 1_000_000))
def test_odds_and_risk_ratio_meet_when_events_are_rare(events, n):
    odds = effects.log_odds_ratio(2 * events, n, events, n)
    risk = effects.log_risk_ratio(2 * events, n, events, n)
    assert odds.y == pytest.approx(risk.y, abs=2e-3)
    assert odds.v == pytest.approx(risk.v, rel=2e-3)


@given(m1=means, m2=means, sd=spreads, n=sizes, r=correlations)
def test_a_change_is_most_precise_when_the_measurements_agree(m1, m2, sd, n, r):
    loose = effects.mean_change(m1, sd, m2, sd, n, r)
    tight = effects.mean_change(m1, sd, m2, sd, n, (r + 1) / 2)
    assert tight.v < loose.v
    half = effects.mean_change(m1, sd, m2, sd, n, 0.5)
    single = effects.single_mean(m1, sd, n)
    assert half.v == pytest.approx(single.v, rel=1e-9)


@given(m1=means, m2=means, sd=spreads, n=sizes)
def test_raw_score_and_change_score_standardisation_meet_at_a_correlation_of_one_half(m1, m2, sd, n):
    by_change = effects.standardised_mean_change(m1, sd, m2, sd, n, 0.5)
    by_raw = effects.standardised_mean_change_raw_score(m1, sd, m2, n, 0.5)
    assert by_change.y == pytest.approx(by_raw.y, rel=1e-9, abs=1e-9)
    assert by_change.v == pytest.approx(by_raw.v, rel=1e-9)


@given(x=st.integers(0, 300), n=st.integers(1, 300))
def test_a_proportion_and_its_complement_mirror_each_other(x, n):
    assume(x <= n)
    logit, other = effects.logit_proportion(x, n), effects.logit_proportion(n - x, n)
    assert (logit.y, logit.v) == (pytest.approx(-other.y, abs=1e-12), pytest.approx(other.v, rel=1e-12))
    arcsine, turned = effects.arcsine_proportion(x, n), effects.arcsine_proportion(n - x, n)
    assert arcsine.y + turned.y == pytest.approx(np.pi / 2, rel=1e-12)


numbers = st.floats() | st.integers(-5, 500) | st.none() | st.text(max_size=3)


@pytest.mark.parametrize("measure", sorted(MEASURES))
@given(data=st.data())
def test_whatever_is_given_only_our_own_errors_come_out(measure, data):
    layout = data.draw(st.sampled_from(MEASURES[measure].layouts))
    rows = data.draw(st.integers(0, 4))
    figures = {name: data.draw(st.lists(numbers, min_size=rows, max_size=rows)) for name in layout}
    try:
        result = effects.compute(measure, figures)
    except EnthesisError:
        return
    named = {row for note in result.not_estimable for row in note.rows}
    assert named == set(np.flatnonzero(np.isnan(result.y)).tolist())
    assert np.all(result.v[result.estimable] > 0)
    assert np.all(np.isfinite(result.v[result.estimable]))
