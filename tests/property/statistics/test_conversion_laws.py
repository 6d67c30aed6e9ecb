"""Laws that hold for conversions whatever the figures."""

import inspect

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enthesis.errors import EnthesisError
from enthesis.statistics import conversions
from enthesis.statistics.conversions.five_numbers import five_numbers
from enthesis.statistics.conversions.moments_from_quantiles import (
    expected_quartile_width,
    expected_range,
    mean_luo,
    mean_wan,
    sd_shi,
    sd_wan,
)

scores = st.floats(-500, 500)
spreads = st.floats(0.01, 200)
sizes = st.integers(5, 5000)
levels = st.floats(0.5, 0.999)
correlations = st.floats(-0.99, 0.99)
proportions = st.floats(0.01, 0.99)


@given(sd=spreads, n=sizes)
def test_standard_error_and_standard_deviation_are_one_road_both_ways(sd, n):
    assert conversions.sd_from_se(conversions.se_from_sd(sd, n), n) == pytest.approx(sd, rel=1e-12)


@given(mean=scores, sd=spreads, n=sizes, level=levels)
def test_the_interval_of_a_mean_gives_its_sd_back(mean, sd, n, level):
    half = float(conversions.critical_value(level, n - 1)) * sd / np.sqrt(n)
    assert conversions.sd_from_ci(mean - half, mean + half, n, level=level) == pytest.approx(sd, rel=1e-6)


@given(lo=st.floats(0.01, 10), factor=st.floats(1.01, 10), level=levels)
def test_a_ratio_interval_is_the_interval_of_its_logarithms(lo, factor, level):
    direct = conversions.se_from_ci(lo, lo * factor, level=level, ratio=True)
    by_logs = conversions.se_from_ci(np.log(lo), np.log(lo * factor), level=level)
    assert direct == pytest.approx(by_logs, rel=1e-9)


@given(st.lists(arrays(float, st.integers(2, 30), elements=st.floats(-100, 100)), min_size=1, max_size=5))
def test_combined_groups_equal_the_raw_data_put_together(groups):
    together = np.concatenate(groups)
    combined = conversions.combine_groups(
        [g.size for g in groups], [g.mean() for g in groups], [g.std(ddof=1) for g in groups]
    )
    assert combined.n == together.size
    assert combined.mean == pytest.approx(together.mean(), rel=1e-9, abs=1e-9)
    assert combined.sd == pytest.approx(together.std(ddof=1), rel=1e-9, abs=1e-6)


@given(n1=sizes, m1=scores, sd1=spreads, n2=sizes, m2=scores, sd2=spreads)
def test_two_groups_combine_as_the_handbook_writes_it(n1, m1, sd1, n2, m2, sd2):
    # Table 6.5.a of the Cochrane Handbook.
    total = n1 + n2
    between = n1 * n2 / total * (m1**2 + m2**2 - 2 * m1 * m2)
    handbook = np.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2 + between) / (total - 1))
    combined = conversions.combine_groups([n1, n2], [m1, m2], [sd1, sd2])
    assert combined.sd == pytest.approx(handbook, rel=1e-7)


@given(count=st.floats(0, 500), comparisons=st.integers(1, 6))
def test_shares_of_a_comparator_add_up_to_it(count, comparisons):
    share = conversions.split_shared_comparator(count, comparisons)
    assert share * comparisons == pytest.approx(count, rel=1e-12)


@given(before=spreads, after=spreads, r=correlations)
def test_the_correlation_comes_back_from_the_change_it_made(before, after, r):
    change = conversions.change_sd(before, after, r)
    assume(change > 1e-3 * max(before, after))
    assume(abs(before - after) <= change <= before + after)
    assert conversions.correlation_from_sds(before, after, change) == pytest.approx(r, abs=1e-6)


@given(before=spreads, after=spreads)
def test_changes_vary_less_the_closer_the_measurements_correlate(before, after):
    by_r = [conversions.change_sd(before, after, r) for r in (0.3, 0.5, 0.7)]
    assert by_r == sorted(by_r, reverse=True)


@given(n=sizes, median=scores, inner=spreads, outer=spreads)
def test_symmetric_order_statistics_give_the_median_as_the_mean(n, median, inner, outer):
    quartiles = {"q1": median - inner, "q3": median + inner}
    extremes = {"minimum": median - inner - outer, "maximum": median + inner + outer}
    for printed in (quartiles, extremes, quartiles | extremes):
        numbers = five_numbers(n, median, **printed)
        for mean in (mean_luo, mean_wan):
            assert mean(numbers) == pytest.approx(median, rel=1e-9, abs=1e-9 * (inner + outer))


@given(n=sizes, centre=scores, sd=spreads)
def test_the_expected_order_statistics_of_a_normal_sample_give_its_mean_and_sd(n, centre, sd):
    half_range, half_width = expected_range(np.float64(n)) / 2, expected_quartile_width(np.float64(n)) / 2
    quartiles = {"q1": centre - half_width * sd, "q3": centre + half_width * sd}
    extremes = {"minimum": centre - half_range * sd, "maximum": centre + half_range * sd}
    assert sd_wan(five_numbers(n, centre, **quartiles)) == pytest.approx(sd, rel=1e-6)
    assert sd_wan(five_numbers(n, centre, **extremes)) == pytest.approx(sd, rel=1e-6)
    assert sd_shi(five_numbers(n, centre, **quartiles, **extremes)) == pytest.approx(sd, rel=1e-6)


@given(
    n=sizes,
    low=scores,
    steps=st.tuples(spreads, spreads, spreads, spreads),
    shift=scores,
    unit=st.floats(0.1, 10),
)
def test_estimated_moments_move_and_scale_with_the_scores(n, low, steps, shift, unit):
    points = dict(
        zip(("minimum", "q1", "median", "q3", "maximum"), low + np.cumsum((0, *steps)), strict=True)
    )
    plain = conversions.moments_from_quantiles(n, **points)
    moved = conversions.moments_from_quantiles(n, **{k: unit * x + shift for k, x in points.items()})
    assert moved.mean == pytest.approx(unit * plain.mean + shift, rel=1e-6, abs=1e-6)
    assert moved.sd == pytest.approx(unit * plain.sd, rel=1e-6)


@given(score=st.floats(0, 10), sd=spreads)
def test_rescaling_to_100_and_reversing_keep_distances(score, sd):
    assert conversions.rescale_score(score, 0, 10) == pytest.approx(10 * score)
    assert conversions.rescale_score(0, 0, 10) == 0
    assert conversions.rescale_score(10, 0, 10) == 100
    turned = conversions.reverse_direction(score, 0, 10)
    assert conversions.reverse_direction(turned, 0, 10) == pytest.approx(score, abs=1e-12)
    difference = conversions.rescale_score(score, 0, 10) - conversions.rescale_score(5, 0, 10)
    assert conversions.rescale_difference(score - 5, 0, 10) == pytest.approx(difference, abs=1e-9)
    assert conversions.rescale_sd(sd, -5, 15) == pytest.approx(5 * sd)


@given(smd=st.floats(-3, 3), v=st.floats(0.001, 2), distribution=st.sampled_from(["logistic", "normal"]))
def test_smd_and_log_odds_ratio_go_there_and_back(smd, v, distribution):
    there = conversions.log_odds_ratio_from_smd(smd, v, distribution=distribution)
    back = conversions.smd_from_log_odds_ratio(there.y, there.v, distribution=distribution)
    assert (back.y, back.v) == (pytest.approx(smd, abs=1e-12), pytest.approx(v, rel=1e-12))
    assert there.y / np.sqrt(there.v) == pytest.approx(smd / np.sqrt(v), abs=1e-9)


@given(smd=st.floats(-3, 3), p=proportions)
def test_responders_rise_with_the_effect_and_turn_back_with_its_sign(smd, p):
    assert conversions.responders_from_smd(0, p) == pytest.approx(p, rel=1e-12)
    treated = conversions.responders_from_smd(smd, p)
    assert (treated - p) * np.sign(smd) >= -1e-15
    assert conversions.responders_from_smd(-smd, treated) == pytest.approx(p, rel=1e-6)
    assert conversions.responder_difference_from_smd(smd, p) == pytest.approx(treated - p, abs=1e-12)


@given(ratio=st.floats(0.05, 20), p=proportions)
def test_an_odds_ratio_gives_responders_with_those_odds(ratio, p):
    treated = conversions.responders_from_odds_ratio(ratio, p)
    assert treated / (1 - treated) == pytest.approx(ratio * p / (1 - p), rel=1e-9)


@given(limits=st.lists(st.integers(-1000, 1000).map(lambda i: i / 1000), min_size=3, max_size=3).map(sorted))
def test_the_number_needed_keeps_the_order_of_its_interval(limits):
    lo, point, hi = limits
    needed = conversions.number_needed_to_treat(point, (lo, hi))
    assert needed.through_infinity == (lo < 0 < hi)
    for end, limit in ((needed.best, hi), (needed.estimate, point), (needed.worst, lo)):
        assert end.patients * abs(limit) == pytest.approx(1) or limit == 0
        assert end.benefit == (limit >= 0)
    reverse = conversions.number_needed_to_treat(-point, (-hi, -lo))
    assert reverse.best.patients == needed.worst.patients


@pytest.mark.parametrize("n", [15, 40, 200])
@pytest.mark.parametrize("printed", ["range", "quartiles", "five-numbers"])
def test_normal_data_are_called_skewed_about_once_in_twenty(n, printed):
    # The approximated critical values hold the 5 % level to within sampling error and the choice of quartile.
    samples = np.random.default_rng(n).normal(50, 10, size=(4000, n))
    quartiles = dict(zip(("q1", "q3"), np.quantile(samples, [0.25, 0.75], axis=1), strict=True))
    extremes = {"minimum": samples.min(axis=1), "maximum": samples.max(axis=1)}
    figures = {"range": extremes, "quartiles": quartiles, "five-numbers": quartiles | extremes}[printed]
    found = conversions.moments_from_quantiles(n, np.median(samples, axis=1), **figures)
    assert 0.02 < found.skewed.mean() < 0.07


@pytest.mark.parametrize(
    ("n", "printed"),
    # Quartiles of forty patients show a lognormal only three times in ten.
    [(40, "range"), (40, "five-numbers"), (200, "range"), (200, "quartiles"), (200, "five-numbers")],
)
def test_lognormal_data_are_mostly_called_skewed(n, printed):
    samples = np.exp(np.random.default_rng(n).normal(0, 1, size=(1000, n)))
    quartiles = dict(zip(("q1", "q3"), np.quantile(samples, [0.25, 0.75], axis=1), strict=True))
    extremes = {"minimum": samples.min(axis=1), "maximum": samples.max(axis=1)}
    figures = {"range": extremes, "quartiles": quartiles, "five-numbers": quartiles | extremes}[printed]
    found = conversions.moments_from_quantiles(n, np.median(samples, axis=1), **figures)
    assert found.skewed.mean() > 0.5
    assert "skewed" in found.caveats[1]


@pytest.mark.parametrize("n", [25, 100])
def test_the_estimates_are_unbiased_for_normal_data(n):
    samples = np.random.default_rng(7).normal(50, 10, size=(4000, n))
    q1, median, q3 = np.quantile(samples, [0.25, 0.5, 0.75], axis=1)
    low, high = samples.min(axis=1), samples.max(axis=1)
    found = conversions.moments_from_quantiles(n, median, q1=q1, q3=q3, minimum=low, maximum=high)
    assert found.mean.mean() == pytest.approx(50, abs=0.2)
    # numpy's quartiles lie a little inside those the paper assumes.
    assert found.sd.mean() == pytest.approx(10, rel=0.03)


FUNCTIONS = {
    name: function
    for name in conversions.__all__
    if inspect.isfunction(function := getattr(conversions, name)) and name != "number_needed_to_treat"
}
anything = st.floats() | st.integers(-5, 500) | st.none() | st.text(max_size=3)


@pytest.mark.parametrize("name", FUNCTIONS)
@given(data=st.data())
def test_whatever_is_given_only_our_own_errors_come_out(name, data):
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    given = {p.name: data.draw(anything, label=p.name) for p in parameters if p.default is p.empty}
    try:
        FUNCTIONS[name](**given)
    except EnthesisError as error:
        assume(error)
