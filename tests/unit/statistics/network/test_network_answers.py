"""What a network says, on small networks that can be worked out by hand."""

import math

import numpy as np
import pytest

from enthesis.errors import CannotEstimate
from enthesis.statistics import network


def trials(*pairs, sd=10.0, n=50):
    """Two-arm trials (first, second, mean of second less mean of first), each difference of variance 4."""
    study, drug, mean = [], [], []
    for i, (a, b, difference) in enumerate(pairs):
        study += [f"trial {i}"] * 2
        drug += [a, b]
        mean += [0.0, difference]
    figures = {"mean": mean, "sd": [sd] * len(mean), "n": [n] * len(mean)}
    return network.read_network(study, drug, "MD", **figures)


def analysed(held, **options):
    (part,) = network.network_meta_analysis(held, **{"method": "EE", "interval": "wald", **options}).parts
    return part


def codes(part):
    return {caveat.code for caveat in part.caveats}


def test_an_indirect_comparison_is_the_difference_of_two_direct_ones():
    """Bucher et al. 1997, doi:10.1016/S0895-4356(97)00049-8: effects subtract, variances add."""
    found = analysed(trials(("saline", "prp", -9.0), ("saline", "steroid", -4.0))).compare("prp", "steroid")
    assert found.estimate == pytest.approx(-5.0)
    assert found.se == pytest.approx(math.sqrt(8.0))
    assert (found.k, found.evidence) == (0, "indirect")
    assert found.prediction_interval is None


def test_direct_and_indirect_evidence_are_weighted_by_precision():
    """Triangle: direct -5 of variance 4, indirect -9 - (-3) = -6 of variance 8."""
    held = trials(("saline", "prp", -9.0), ("saline", "steroid", -3.0), ("steroid", "prp", -5.0))
    part = analysed(held)
    found = part.compare("prp", "steroid")
    assert found.estimate == pytest.approx((-5.0 / 4 - 6.0 / 8) / (1 / 4 + 1 / 8))
    assert found.se == pytest.approx(1 / math.sqrt(3 / 8))
    assert (found.k, found.evidence) == (1, "mixed")
    (parted,) = (
        x for x in network.direct_and_indirect(part) if {x.treatment, x.comparator} == {"prp", "steroid"}
    )
    sign = 1.0 if parted.treatment == "prp" else -1.0
    assert parted.direct_share == pytest.approx(2 / 3)
    assert parted.direct.estimate == pytest.approx(-5.0 * sign)
    assert parted.indirect.estimate == pytest.approx(-6.0 * sign)
    assert parted.difference.se == pytest.approx(math.sqrt(12.0))
    q = part.q
    assert (q.df_within, q.df_between) == (0, 1)
    assert q.between_designs == pytest.approx(1.0 / 12.0)


def test_evidence_flows_along_shorter_paths_more():
    """Triangle of equal trials: 2/3 straight, 1/3 over the third treatment, split over its two links."""
    part = analysed(trials(("a", "b", 1.0), ("a", "c", 1.0), ("b", "c", 1.0)))
    found = network.contributions(part)
    row = found.by_link[found.row("a", "b")]
    shares = dict(zip(found.links, row, strict=True))
    assert shares == pytest.approx({("b", "a"): 2 / 3, ("c", "a"): 1 / 6, ("c", "b"): 1 / 6})
    assert found.path_length == pytest.approx(np.full(3, 4 / 3))
    assert found.by_study == pytest.approx(found.by_link)


def test_a_link_shares_its_contribution_among_its_trials_by_precision():
    held = network.read_network(
        ["x", "x", "y", "y"],
        ["a", "b", "a", "b"],
        "MD",
        mean=[0.0, 1.0, 0.0, 2.0],
        sd=[10.0] * 4,
        n=[30, 30, 90, 90],
    )
    assert network.contributions(analysed(held)).by_study[0] == pytest.approx([0.25, 0.75])


def test_a_star_says_that_nothing_checks_it():
    part = analysed(trials(("saline", "prp", -9.0), ("saline", "steroid", -4.0), ("saline", "prp", -7.0)))
    text = {caveat.code: caveat.text for caveat in part.caveats}["star-shaped"]
    assert text.startswith("All trials share saline")
    assert part.inconsistency is None
    assert part.q.p_between is None
    splits = network.split_nodes(part.component)
    assert splits.splits == ()
    assert len(splits.unsplit) == 2
    assert splits.caveats[0].code == "nothing-to-split"
    assert network.geometry(network_of(part)).hubs == ("saline",)


def network_of(part):
    component = part.component
    return network.Network(component.measure, component.treatments, (component,), (), ())


def test_trials_of_one_design_leave_nothing_indirect_to_check():
    held = network.read_network(
        ["x", "x", "x", "y", "y", "y"],
        ["a", "b", "c"] * 2,
        "MD",
        mean=[0.0, 1.0, 2.0, 0.0, 2.0, 2.0],
        sd=[10.0] * 6,
        n=[50] * 6,
    )
    part = analysed(held)
    assert {x.evidence for x in part.against("a")} == {"direct"}
    assert not codes(part) & {"star-shaped", "no-loops", "few-loops"}


def test_a_chain_is_not_a_star_and_has_no_loop_either():
    part = analysed(trials(("a", "b", 1.0), ("b", "c", 1.0), ("c", "d", 1.0)))
    assert "no-loops" in codes(part)
    assert "star-shaped" not in codes(part)


def test_few_loops_and_thin_links_are_said():
    part = analysed(trials(("a", "b", 1.0), ("a", "c", 1.0), ("b", "c", 1.0)))
    assert {"few-loops", "single-trial-comparisons"} <= codes(part)


def test_a_loop_that_does_not_close_is_said():
    part = analysed(trials(("a", "b", 10.0), ("a", "c", 10.0), ("b", "c", 10.0)))
    # 10 - (10 - 10) = 10 with variance 12.
    assert part.inconsistency.statistic == pytest.approx(100.0 / 12.0)
    assert part.inconsistency.df == 1
    assert "inconsistent" in codes(part)


def test_without_a_repeated_comparison_heterogeneity_is_unknown_not_zero():
    part = analysed(trials(("a", "b", 1.0), ("a", "c", 1.0)), method="REML", interval="hartung-knapp")
    assert part.heterogeneity.tau2 is None
    assert part.heterogeneity.i2 is None
    assert part.df is None
    assert part.ci_method == "wald"
    assert part.compare("a", "b").prediction_interval is None
    assert "no-replication" in codes(part)


def test_one_trial_is_that_trial():
    part = analysed(trials(("a", "b", 3.0)), method="REML", interval="hartung-knapp")
    assert part.compare("b", "a").ci == pytest.approx((3.0 - 1.959964 * 2.0, 3.0 + 1.959964 * 2.0), abs=1e-5)
    assert codes(part) == {"single-study"}


def test_parts_that_no_trial_links_are_never_compared():
    held = trials(("a", "b", 1.0), ("a", "b", 2.0), ("x", "y", 3.0))
    found = network.network_meta_analysis(held)
    assert [part.treatments for part in found.parts] == [("a", "b"), ("x", "y")]
    assert found.compare("b", "a").k == 2
    assert found.compare("y", "x").estimate == pytest.approx(3.0)
    with pytest.raises(CannotEstimate, match="No chain of trials links 'x' with 'a'"):
        found.compare("x", "a")
    (caveat,) = found.caveats
    assert caveat.code == "disconnected"
    assert "a, b; x, y" in caveat.text
    assert {node.part for node in network.geometry(held).nodes} == {0, 1}


def test_geometry_counts_trials_and_patients():
    held = network.read_network(
        ["x", "x", "x", "y", "y"],
        ["a", "b", "c", "a", "b"],
        "OR",
        events=[3, 4, 5, 6, 7],
        n=[20, 30, 40, 50, 60],
    )
    found = network.geometry(held)
    assert [(node.treatment, node.k, node.n) for node in found.nodes] == [
        ("a", 2, 70),
        ("b", 2, 90),
        ("c", 1, 40),
    ]
    links = {link.treatments: (link.k, link.n, link.studies, link.k_multi_arm) for link in found.links}
    assert links == {
        ("a", "b"): (2, 160, ("x", "y"), 1),
        ("a", "c"): (1, 60, ("x",), 1),
        ("b", "c"): (1, 70, ("x",), 1),
    }
    assert found.multi_arm == (("a", "b", "c"),)
    assert found.inconsistency_df == (1,)


def test_only_trials_without_one_of_the_two_are_indirect_evidence():
    """A three-arm trial and a two-arm trial of a and b: c leads back only to the same trial."""
    held = network.read_network(
        ["x", "x", "x", "y", "y"],
        ["a", "b", "c", "a", "b"],
        "MD",
        mean=[0.0, 1.0, 2.0, 0.0, 3.0],
        sd=[10.0] * 5,
        n=[50] * 5,
    )
    part = analysed(held)
    assert part.compare("a", "b").evidence == "direct"
    assert network.split_nodes(part.component).splits == ()


def test_a_split_separates_what_its_own_trials_say():
    held = trials(("a", "b", 6.0), ("a", "b", 4.0), ("a", "c", 1.0), ("c", "b", 2.0))
    splits = network.split_nodes(held.components[0], method="EE", interval="wald")
    (found,) = (s for s in splits.splits if {s.treatment, s.comparator} == {"a", "b"})
    assert (found.treatment, found.comparator, found.k, found.k_multi_arm) == ("b", "a", 2, 0)
    assert found.direct.estimate == pytest.approx(5.0)
    assert found.direct.se == pytest.approx(math.sqrt(2.0))
    assert found.indirect.estimate == pytest.approx(3.0)
    assert found.indirect.se == pytest.approx(math.sqrt(8.0))
    assert found.difference.estimate == pytest.approx(2.0)
    assert found.difference.se == pytest.approx(math.sqrt(10.0))


def test_p_scores_of_two_treatments_are_one_sided_p_values():
    part = analysed(trials(("a", "b", -4.0)))
    found = network.rank_treatments(part, better="lower")
    # 4 / 2 standard errors; the normal distribution function at 2.
    assert found.p_score == pytest.approx([1.0 - 0.977250, 0.977250], abs=1e-6)
    assert found.mean_rank == pytest.approx([1.977250, 1.022750], abs=1e-6)
    assert found.caveats[0].code == "ranks-are-not-certainty"


def test_the_simulated_sucra_is_the_p_score_within_its_error():
    held = trials(("a", "b", -4.0), ("a", "c", -3.0), ("a", "d", 1.0), ("b", "c", 0.5), ("c", "d", 2.0))
    for options in ({"method": "EE"}, {"method": "REML", "interval": "hartung-knapp"}):
        part = analysed(held, **options)
        found = network.rank_treatments(part, better="lower", draws=200_000)
        # A sucra is a mean of T - 1 cumulative probabilities, so its error is at most theirs.
        assert found.sucra == pytest.approx(found.p_score, abs=5.0 * found.error)
        again = network.rank_treatments(part, better="lower", draws=200_000)
        assert (found.rank_probability == again.rank_probability).all()


def test_the_league_is_closed_for_writing():
    table = analysed(trials(("a", "b", 1.0))).league
    with pytest.raises(ValueError, match="read-only"):
        table.estimate[0, 0] = 1.0


def test_ratios_are_logarithms_and_say_so():
    held = network.read_network(["t", "t"], ["a", "b"], "OR", events=[10, 20], n=[40, 40])
    assert held.is_ratio
    assert analysed(held).compare("b", "a").estimate == pytest.approx(math.log(3.0))


def test_a_network_says_when_its_prediction_intervals_are_probably_too_short():
    pairs = [("a", "b", d) for d in (9.0, 10.0, 11.0)] + [("a", "c", d) for d in (19.0, 20.0, 21.0)]
    part = analysed(trials(*pairs), method="REML")
    assert part.heterogeneity.tau2 == 0.0
    text = next(one.text for one in part.caveats if one.code == "prediction-too-short")
    # By hand: the best known comparisons rest on three differences of variance 4.
    least = 4.0 / 3
    times = math.sqrt((part.heterogeneity.tau2_ci[1] + least) / least)
    assert f"they would be up to {times:.1f} times as wide" in text
