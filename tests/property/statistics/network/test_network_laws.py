"""Laws of network meta-analysis that hold for any trials."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enthesis.statistics import effects, network, pooling
from made_networks import Rows, names_of, networks, read, read_rows, renamed, reordered, size_of

#: Two routes to one number differ by the rounding of sums over at most 40 contrasts whose variances lie
#: four powers of ten apart, and of a Newton step that ends within 1e-12 of the root.
SAME = 1e-8

methods = st.sampled_from(network.NETWORK_METHODS)
intervals = st.sampled_from(("wald", "wald-t", "hartung-knapp", "hartung-knapp-floor"))
LAWS = settings(max_examples=60, deadline=None)


def same_league(one: network.ComponentAnalysis, other: network.ComponentAnalysis, scale: float) -> None:
    """Every comparison of ``one``, by name, is the same in ``other``."""
    at = [other.treatments.index(name) for name in one.treatments]
    for field in ("estimate", "se", "ci_low", "ci_high", "prediction_low", "prediction_high"):
        mine, theirs = getattr(one.league, field), getattr(other.league, field)
        assert (mine is None) == (theirs is None)
        if mine is not None:
            # A t quantile with one degree of freedom is 12.7, so limits carry that many times the rounding.
            assert mine == pytest.approx(theirs[np.ix_(at, at)], abs=100.0 * SAME * scale)


@LAWS
@given(networks(), methods, intervals, st.randoms())
def test_the_order_of_arms_and_trials_does_not_matter(rows, method, interval, random):
    other = reordered(rows, random)
    for one in network.network_meta_analysis(read(rows), method=method, interval=interval).parts:
        again = network.network_meta_analysis(read(other), method=method, interval=interval)
        same_league(one, again.part_of(one.treatments[0]), size_of(rows))


@LAWS
@given(networks(), methods, st.randoms())
def test_the_reference_treatment_does_not_matter(rows, method, random):
    order = random.sample(names_of(rows), len(names_of(rows)))
    here = network.network_meta_analysis(read(rows), method=method)
    there = network.network_meta_analysis(read_rows(rows, "MD", treatments=order), method=method)
    for one in here.parts:
        other = there.part_of(one.treatments[0])
        same_league(one, other, size_of(rows))
        if one.heterogeneity.tau2 is not None:
            assert one.heterogeneity.tau2 == pytest.approx(
                other.heterogeneity.tau2, abs=SAME * size_of(rows) ** 2
            )


@LAWS
@given(networks(), methods)
def test_new_names_for_treatments_change_nothing_but_names(rows, method):
    here = network.network_meta_analysis(read(rows), method=method)
    there = network.network_meta_analysis(read(renamed(rows)), method=method)
    for one, other in zip(here.parts, there.parts, strict=True):
        assert one.league.estimate.tolist() == other.league.estimate.tolist()
        assert tuple(f"new {name}" for name in one.treatments) == other.treatments


@LAWS
@given(networks(), methods, intervals)
def test_every_loop_of_comparisons_closes(rows, method, interval):
    for part in network.network_meta_analysis(read(rows), method=method, interval=interval).parts:
        table = part.league.estimate
        assert table == pytest.approx(-table.T, abs=0.0)
        round_trip = table[:, :, None] + table[None, :, :]
        assert round_trip == pytest.approx(
            np.broadcast_to(table[:, None, :], round_trip.shape), abs=SAME * size_of(rows)
        )


@LAWS
@given(networks(most_treatments=2, least_trials=1), methods, intervals)
def test_two_treatments_give_what_pooling_gives(rows, method, interval):
    assume(len(names_of(rows)) == 2)
    held = read(rows)
    (part,) = network.network_meta_analysis(held, method=method, interval=interval).parts
    a, b = held.treatments
    figures = [[rows.of(trial, name) for name in (b, a)] for trial in rows.trials()]
    m1, sd1, n1, m2, sd2, n2 = np.array([[*one, *two] for one, two in figures]).T
    pairs = effects.mean_difference(m1, sd1, n1, m2, sd2, n2)
    alone = pooling.pool(pairs.y, pairs.v, method=method, interval=interval)
    found, scale = part.compare(b, a), size_of(rows)
    assert found.estimate == pytest.approx(alone.mu, abs=SAME * scale)
    assert found.se == pytest.approx(alone.se, abs=SAME * scale)
    assert found.ci == pytest.approx(alone.ci, abs=100.0 * SAME * scale)
    assert found.p == pytest.approx(alone.p, abs=1e-6)
    assert (found.prediction_interval is None) == (alone.prediction_interval is None)
    if alone.prediction_interval is not None:
        assert found.prediction_interval == pytest.approx(alone.prediction_interval, abs=100.0 * SAME * scale)
    for name in ("q", "q_p", "i2", "h2"):
        mine, theirs = getattr(part.heterogeneity, name), getattr(alone, name)
        assert (mine is None) == (theirs is None)
        assert mine is None or mine == pytest.approx(theirs, rel=1e-6, abs=1e-6)
    assert part.ci_method == alone.ci_method
    assert part.df == alone.df
    assert {c.code for c in part.caveats} == {c.code for c in alone.caveats}


@LAWS
@given(networks(), networks(), methods)
def test_parts_that_no_trial_links_are_independent(one, two, method):
    both = Rows(one.rows + renamed(two).rows)
    together = network.network_meta_analysis(read(both), method=method)
    for rows in (one, renamed(two)):
        for part in network.network_meta_analysis(read(rows), method=method).parts:
            same_league(part, together.part_of(part.treatments[0]), size_of(rows))
    assert len(together.parts) >= 2
    assert "disconnected" in {caveat.code for caveat in together.caveats}


@LAWS
@given(networks(), st.sampled_from(("EE", "REML", "DL", "PM")), st.floats(-20.0, 20.0), st.randoms())
def test_an_arm_of_a_treatment_that_nothing_else_has_changes_nothing(rows, method, mean, random):
    """Its one contrast is spent on its own effect. (ML is not listed: its log |V| counts every contrast.)"""
    trial = random.choice(rows.trials())
    more = rows.with_arm(trial, "newcomer", mean=mean, sd=10.0, n=30)
    there = network.network_meta_analysis(read(more), method=method)
    for part in network.network_meta_analysis(read(rows), method=method).parts:
        other = there.part_of(part.treatments[0])
        same_league(part, other, size_of(more))


@LAWS
@given(networks())
def test_q_parts_add_up_and_their_degrees_of_freedom_too(rows):
    for component in read(rows).components:
        q = network.decompose_q(component)
        scale = 1e-8 * (1.0 + q.total)
        assert q.within_designs + q.between_designs == pytest.approx(q.total, abs=scale)
        assert sum(one.q for one in q.by_design) == pytest.approx(q.within_designs, abs=scale)
        assert q.df_within + q.df_between == q.df_total
        assert sum(one.df for one in q.by_design) == q.df_within
        assert min(q.within_designs, q.between_designs) >= 0.0


@LAWS
@given(networks(), methods)
def test_direct_and_indirect_evidence_make_the_network_estimate(rows, method):
    for part in network.network_meta_analysis(read(rows), method=method).parts:
        for found in network.direct_and_indirect(part):
            assert 0.0 <= found.direct_share <= 1.0
            assert (found.k > 0) == (found.direct is not None)
            if found.direct is not None and found.indirect is not None:
                share = found.direct_share
                mean = share * found.direct.estimate + (1.0 - share) * found.indirect.estimate
                loss = 1e-8 / max(1.0 - share, 1e-6)
                assert mean == pytest.approx(found.network.estimate, abs=loss * size_of(rows))


@LAWS
@given(networks(), methods, st.sampled_from(("lower", "higher")))
def test_p_scores_average_one_half_and_turn_with_the_direction(rows, method, better):
    for part in network.network_meta_analysis(read(rows), method=method).parts:
        found = network.rank_treatments(part, better=better, draws=100)
        turned = network.rank_treatments(part, better="higher" if better == "lower" else "lower", draws=100)
        assert found.p_score.mean() == pytest.approx(0.5, abs=1e-12)
        assert found.p_score == pytest.approx(1.0 - turned.p_score, abs=1e-12)
        assert found.rank_probability.sum(axis=0) == pytest.approx(np.ones(len(part.treatments)))
        assert found.rank_probability.sum(axis=1) == pytest.approx(np.ones(len(part.treatments)))
