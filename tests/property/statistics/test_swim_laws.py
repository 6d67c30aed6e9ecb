"""Laws that hold for the synthesis without meta-analysis."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import binomtest, combine_pvalues

from enthesis.errors import CannotEstimate, EnthesisError
from enthesis.statistics.effects import mean_difference, risk_difference
from enthesis.statistics.swim import (
    ReportedP,
    albatross_contour,
    albatross_points,
    combine_p_values,
    count_directions,
    n_on_contour,
    one_sided,
    proportion_interval,
)

exact = st.builds(
    ReportedP, p=st.floats(1e-12, 1), direction=st.sampled_from([-1, 1]), n=st.integers(10, 500)
)
studies = st.lists(exact, min_size=1, max_size=12)
votes = st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=40).filter(any)


@given(votes=votes, order=st.randoms())
def test_neither_order_nor_studies_without_direction_move_the_vote(votes, order):
    shuffled = list(votes)
    order.shuffle(shuffled)
    counted = count_directions(votes)
    assert count_directions(shuffled) == counted
    assert count_directions([v for v in votes if v]).ci == counted.ci


@given(votes=votes)
def test_turning_every_vote_mirrors_the_proportion_and_keeps_p(votes):
    one, other = count_directions(votes), count_directions([-v for v in votes])
    assert one.proportion == pytest.approx(1 - other.proportion)
    assert one.p == other.p
    assert one.ci[0] == pytest.approx(1 - other.ci[1], abs=1e-12)


@given(n=st.integers(1, 200), level=st.floats(0.5, 0.999), data=st.data())
def test_sign_test_and_intervals_agree_with_scipy(n, level, data):
    k = data.draw(st.integers(0, n))
    peer = binomtest(k, n)
    assert count_directions([1] * k + [-1] * (n - k)).p == pytest.approx(peer.pvalue, rel=1e-9)
    for method, name in (("wilson", "wilson"), ("clopper-pearson", "exact")):
        lo, hi = proportion_interval(k, n, level=level, method=method)
        theirs = peer.proportion_ci(confidence_level=level, method=name)
        assert (lo, hi) == (pytest.approx(theirs.low, abs=1e-8), pytest.approx(theirs.high, abs=1e-8))
        assert 0 <= lo <= k / n <= hi <= 1


# scipy takes 1 - p, which has few digits left where a strong effect goes against treatment.
@given(studies=st.lists(exact.filter(lambda s: s.p > 1e-6), min_size=1, max_size=12))
def test_combined_p_values_agree_with_scipy(studies):
    p = [s.p / 2 if s.direction > 0 else 1 - s.p / 2 for s in studies]
    fisher = combine_p_values(studies, method="fisher")
    assert fisher.p == pytest.approx(combine_pvalues(p, method="fisher").pvalue, rel=1e-6, abs=1e-300)
    for method, weights in (("stouffer", None), ("stouffer-weighted", np.sqrt([s.n for s in studies]))):
        ours = combine_p_values(studies, method=method)
        theirs = combine_pvalues(p, method="stouffer", weights=weights)
        assert ours.statistic == pytest.approx(theirs.statistic, rel=1e-6, abs=1e-6)
        assert ours.p == pytest.approx(theirs.pvalue, rel=1e-4, abs=1e-12)


@given(studies=studies)
def test_stouffers_z_turns_its_sign_with_the_directions(studies):
    turned = [ReportedP(s.p, -s.direction, n=s.n) for s in studies]
    one, other = combine_p_values(studies), combine_p_values(turned)
    assert one.statistic == pytest.approx(-other.statistic, abs=1e-9)


@given(p=st.floats(1e-12, 0.999), n=st.integers(4, 500), sign=st.sampled_from([-1, 1]))
def test_one_study_combines_to_itself(p, n, sign):
    study = ReportedP(p, sign, n=n)
    (entered,), _ = one_sided([study])
    for method in ("fisher", "stouffer", "stouffer-weighted"):
        assert combine_p_values([study], method=method).p == pytest.approx(entered.p, rel=1e-9)


@given(studies=studies, bound=st.sampled_from([0.001, 0.01, 0.05]))
def test_a_favourable_bound_weighs_no_more_than_the_exact_value_it_hides(studies, bound):
    hidden = ReportedP(bound / 3, 1, n=50)
    printed = ReportedP(bound, 1, "<", n=50)
    for method in ("fisher", "stouffer", "stouffer-weighted"):
        assert combine_p_values([*studies, printed], method=method).p >= combine_p_values(
            [*studies, hidden], method=method
        ).p * (1 - 1e-12)


@given(smd=st.floats(0.05, 0.5), n=st.integers(10, 500))
def test_a_study_of_one_mean_difference_lies_on_the_contour_of_it(smd, n):
    md = mean_difference(10 * smd, 10, n, 0, 10, n)
    (point,), _ = albatross_points([_wald(md.y / md.se, 2 * n)])
    (expected,) = n_on_contour("MD", 10 * smd, [10**-point.x], sd=10)
    assert expected == pytest.approx(point.n, rel=1e-6)
    # The standardised effect is estimated with its own error, so its contour lies a little higher.
    (standardised,) = n_on_contour("SMD", smd, [10**-point.x])
    assert standardised == pytest.approx(point.n * (1 + smd**2 / 8), rel=1e-6)


@given(events=st.integers(20, 60), more=st.integers(1, 30))
def test_a_study_of_one_risk_difference_lies_on_the_contour_of_it(events, more):
    rd = risk_difference(events + more, 100, events, 100)
    (point,), _ = albatross_points([_wald(rd.y / rd.se, 200)])
    (expected,) = n_on_contour("RD", rd.y, [10**-point.x], baseline_risk=events / 100)
    assert expected == pytest.approx(200, rel=1e-6)


@given(effect=st.floats(0.05, 2), sign=st.sampled_from([-1, 1]), allocation=st.floats(0.2, 5))
def test_contours_rise_outwards_and_mirror_each_other(effect, sign, allocation):
    contour = albatross_contour("SMD", sign * effect, allocation=allocation)
    mirrored = albatross_contour("SMD", -sign * effect, allocation=allocation)
    assert contour.n == pytest.approx(mirrored.n)
    assert contour.x == pytest.approx([-x for x in mirrored.x])
    assert list(contour.n) == sorted(contour.n)
    stronger = albatross_contour("SMD", 2 * sign * effect, allocation=allocation)
    assert all(n > m for n, m in zip(contour.n, stronger.n, strict=True))


@given(
    st.lists(
        st.builds(
            ReportedP,
            p=st.floats(1e-300, 1),
            direction=st.sampled_from([-1, 0, 1]),
            relation=st.sampled_from("=<>"),
            two_sided=st.booleans(),
            n=st.none() | st.integers(2, 10_000),
        ),
        max_size=6,
    ),
    st.sampled_from(["fisher", "stouffer", "stouffer-weighted"]),
)
def test_every_study_enters_or_is_left_out_with_a_reason(studies, method):
    entered, left_out = one_sided(studies)
    assert sorted([e.study for e in entered] + [x.study for x in left_out]) == list(range(len(studies)))
    assert all(x.why for x in left_out)
    points, not_drawn = albatross_points(studies)
    assert len(points) + len(not_drawn) == len(studies)
    try:
        result = combine_p_values(studies, method=method)
    except CannotEstimate:
        return
    assert 0 <= result.p <= 1
    assert result.k + len(result.left_out) == len(studies)


@given(p=st.floats(), direction=st.integers(-3, 3), relation=st.text(max_size=1), n=st.floats())
def test_whatever_a_paper_prints_only_our_own_errors_come_out(p, direction, relation, n):
    try:
        study = ReportedP(p, direction, relation, n=n)
    except EnthesisError:
        return
    assert 0 < study.p <= 1


def _wald(z, n):
    return ReportedP(float(2 * ndtr(-abs(z))), 1 if z > 0 else -1, n=n)
