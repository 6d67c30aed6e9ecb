"""What a multiverse answers, and what it refuses."""

import numpy as np
import pytest

from enthesis.errors import CannotEstimate, InvalidData, NotFound
from enthesis.statistics import multiverse as mv
from enthesis.statistics import pooling
from enthesis.statistics.bias import permutation_test
from enthesis.statistics.multiverse.distinct import distinct_rows

# Three trials: pain on a scale "vas" or "womac", at 12 or 52 weeks; the second trial is at high risk of bias.
STUDY = ["a", "a", "b", "b", "c", "c"]
SCALE = ["vas", "womac", "vas", "womac", "vas", "vas"]
WEEKS = [12, 12, 12, 52, 12, 52]
HIGH_RISK = np.array([False, False, True, True, False, False])
Y = np.array([-1.0, -2.0, -8.0, -4.0, -3.0, -5.0])
V = np.array([1.0, 1.0, 2.0, 2.0, 0.5, 0.5])


def bias_axis() -> mv.SelectionAxis:
    return mv.SelectionAxis(
        "bias", ("all", "without high risk"), np.stack([HIGH_RISK * 0, np.where(HIGH_RISK, -1, 0)])
    )


def axes() -> list[mv.Axis]:
    return [
        mv.SelectionAxis("scale", ("vas first", "womac first"), [[0, 1, 0, 1, 0, 0], [1, 0, 1, 0, 0, 0]]),
        mv.selection_axis("weeks", WEEKS),
        bias_axis(),
        mv.AnalysisAxis("model", ("random", "common"), ({}, {"method": "EE", "interval": "wald"})),
    ]


def codes(found) -> set[str]:
    return {c.code for c in found.caveats}


@pytest.fixture(scope="module")
def found() -> mv.Multiverse:
    return mv.multiverse(Y, V, STUDY, axes(), interval="wald")


def test_the_full_factorial_has_every_combination_once(found):
    assert len(found) == 16
    assert len(np.unique(found.specifications, axis=0)) == 16
    assert found.specifications[1].tolist() == [0, 0, 0, 1]


def test_preference_decides_between_candidates_of_a_trial(found):
    vas = mv.specification(found, {"scale": "vas first", "weeks": "12", "bias": "all", "model": "random"})
    womac = mv.specification(found, {"scale": "womac first", "weeks": "12", "bias": "all", "model": "random"})
    assert vas.candidates == (0, 2, 4)
    assert womac.candidates == (1, 2, 4)
    assert vas.studies == ("a", "b", "c")


def test_estimates_are_those_of_pooling_by_hand(found):
    at = [1, 4]
    by_hand = pooling.pool(Y[at], V[at], method="EE", interval="wald")
    which = {"scale": "womac first", "weeks": "12", "bias": "without high risk", "model": "common"}
    alone = mv.rerun(found, which)
    assert alone.mu == pytest.approx(by_hand.mu)
    row = found.specifications.tolist().index([1, 0, 1, 1])
    assert found.mu[row] == pytest.approx(by_hand.mu, abs=1e-12)
    assert found.tau2[row] == 0.0
    assert found.k[row] == 2


def test_same_studies_are_computed_once(found):
    """At 52 weeks each trial has one candidate, so that the scale changes nothing there."""
    assert found.distinct == 12


def test_an_indifferent_candidate_is_let_in_by_every_level():
    axis = mv.selection_axis("correlation", ["0.3", "0.5", ""], everything="any")
    assert axis.levels == ("any", "0.3", "0.5")
    assert (axis.rank >= 0).tolist() == [[True, True, True], [True, False, True], [False, True, True]]


def test_empty_specifications_are_counted_and_have_no_answer():
    found = mv.multiverse(
        [1.0, 2.0], [1.0, 1.0], ["a", "b"], [mv.selection_axis("x", ["u", "u"], ["u", "w"])]
    )
    assert found.valid.tolist() == [True, False]
    assert "empty-specifications" in codes(found)
    assert mv.shares(found).unanswered == 1
    assert "unbalanced" in codes(mv.variance_explained(found))
    with pytest.raises(CannotEstimate, match="leaves no study"):
        mv.rerun(found, 1)


def test_an_undecided_choice_takes_the_first_and_says_so():
    found = mv.multiverse(
        [1.0, 9.0, 2.0], [1.0, 1.0, 1.0], ["a", "a", "b"], [mv.selection_axis("x", ["u"] * 3)]
    )
    assert mv.specification(found, 0).candidates == (0, 2)
    assert "undecided-choice" in codes(found)


def test_every_multiverse_says_that_shares_are_no_probabilities(found):
    assert "same-trials-throughout" in codes(found)
    assert "few-studies" in codes(found)


def test_shares_count_specifications_in_the_direction_of_benefit(found):
    said = mv.shares(found, threshold=3.5, favours="less")
    assert said.benefit == 1.0
    assert said.beyond == pytest.approx(np.mean(found.mu < -3.5))
    assert said.significant_benefit == pytest.approx(np.mean(found.ci[:, 1] < 0.0))
    assert said.significant_harm == 0.0
    assert (said.lowest, said.median, said.highest) == (found.mu.min(), np.median(found.mu), found.mu.max())


def test_the_curve_rises_and_keeps_both_ends(found):
    whole, few = mv.specification_curve(found), mv.specification_curve(found, points=5)
    assert (np.diff(whole.mu) >= 0.0).all()
    assert len(few.mu) == 5
    assert (few.mu[0], few.mu[-1]) == (whole.mu[0], whole.mu[-1])
    assert found.mu[few.position] == pytest.approx(few.mu)


def test_variance_explained_is_the_textbook_anova():
    """Common effect, equal variances: two axes that add 1 and 3 to one trial's effect, no interaction.

    Cell means 0, 3, 1, 4 (grand mean 2): sums of squares 4 x 0.5^2 = 1 and 4 x 1.5^2 = 9 of 10.
    """
    y = [0.0, 3.0, 1.0, 4.0]
    first = mv.selection_axis("first", ["p", "p", "q", "q"])
    second = mv.selection_axis("second", ["r", "s", "r", "s"])
    found = mv.multiverse(y, np.ones(4), ["a"] * 4, [first, second])
    said = mv.variance_explained(found)
    assert [a.eta2 for a in said.axes] == pytest.approx([0.1, 0.9])
    assert [a.unique for a in said.axes] == pytest.approx([0.1, 0.9])
    assert (said.joint, said.interactions) == pytest.approx((1.0, 0.0))
    assert said.variance == pytest.approx(2.5)
    assert said.axes[1].means == pytest.approx((0.5, 3.5))


def test_a_pure_interaction_is_no_axis_of_its_own():
    found = mv.multiverse(
        [1.0, -1.0, -1.0, 1.0],
        np.ones(4),
        ["a"] * 4,
        [mv.selection_axis("first", ["p", "p", "q", "q"]), mv.selection_axis("second", ["r", "s", "r", "s"])],
    )
    said = mv.variance_explained(found)
    assert (said.joint, said.interactions) == pytest.approx((0.0, 1.0))


def test_equal_estimates_leave_nothing_to_explain():
    found = mv.multiverse(
        np.full(4, 7.0), V[:4], ["a", "b", "c", "d"], [mv.selection_axis("x", ["u", "u", "w", "w"])]
    )
    said = mv.variance_explained(found)
    assert (said.joint, said.interactions) == (0.0, 0.0)
    assert "no-variance" in codes(said)


def test_sign_flips_of_one_specification_are_the_permutation_test():
    """Two routes: with one specification, Stouffer's average z orders patterns as |z| does."""
    rng = np.random.default_rng(5)
    y, v = rng.normal(0.4, 0.5, 8), rng.uniform(0.05, 0.3, 8)
    found = mv.multiverse(y, v, np.arange(8), [mv.selection_axis("x", ["u"] * 8)], interval="wald")
    test = mv.sign_flip_test(found, flips=128)
    assert test.exact
    assert test.flips == 256
    assert test.p_stouffer == pytest.approx(permutation_test(y, v, permutations=256).p)
    assert test.smallest_p == 2.0**-7
    drawn, again = (mv.sign_flip_test(found, flips=100, seed=3) for _ in range(2))
    assert not drawn.exact
    assert drawn == again


def test_sign_flips_see_an_effect_that_all_specifications_share():
    rng = np.random.default_rng(6)
    study = np.repeat(np.arange(12), 2)
    y = np.repeat(rng.normal(1.0, 0.1, 12), 2) + rng.normal(0.0, 0.05, 24)
    kind = np.tile(["final", "change"], 12)
    found = mv.multiverse(y, np.full(24, 0.04), study, [mv.selection_axis("kind", kind)])
    seen = mv.sign_flip_test(found, flips=200)
    assert max(seen.p_median, seen.p_stouffer) < 0.02
    assert seen.significant == 1.0


def test_rows_that_share_a_hash_are_still_told_apart(monkeypatch):
    monkeypatch.setattr(
        "enthesis.statistics.multiverse.distinct._hash", lambda w: np.zeros(len(w), np.uint64)
    )
    table = np.array([[3, 1], [2, 2], [3, 1], [1, 3]])
    first, kind = distinct_rows(table)
    assert (table[first][kind] == table).all()
    assert len(first) == 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mv.multiverse(Y, V, STUDY, []), "at least one axis"),
        (lambda: mv.multiverse(Y, V, STUDY[:2], axes()), "6 effects need as many studies"),
        (lambda: mv.multiverse(Y, V, STUDY, [bias_axis(), bias_axis()]), "bias: is the name of two axes"),
        (lambda: mv.multiverse(Y[:2], V[:2], STUDY[:2], [bias_axis()]), "ranks 6 candidates; there are 2"),
        (lambda: mv.multiverse(Y, V, STUDY, axes(), specifications=[[0, 0, 0, 2]]), "model has no level 2"),
        (
            lambda: mv.multiverse(Y, V, STUDY, axes(), specifications=[[0, 0]]),
            "one level number for each of 4",
        ),
        (lambda: mv.multiverse(Y, V, STUDY, axes(), workers=0), "workers: 0 is no number"),
        (lambda: mv.SelectionAxis("x", ("a", "a"), [[0], [0]]), "x: a level is named twice"),
        (lambda: mv.SelectionAxis("x", (), np.empty((0, 1))), "x: an axis needs at least one level"),
        (lambda: mv.SelectionAxis("x", ("a",), [[0], [0]]), "do not fit 1 levels"),
        (lambda: mv.AnalysisAxis("x", ("a",), ()), "x: 0 sets of options do not fit"),
        (lambda: mv.AnalysisAxis("x", ("a",), ({"level": 2.0},)), "2.0 is not a coverage"),
        (lambda: mv.sample_specifications(axes(), 0), "0 is no number of specifications"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InvalidData, match=message):
        call()


def test_too_many_specifications_are_refused_with_a_way_out():
    many = [mv.selection_axis(f"x{i}", ["u"], ["u", "w"]) for i in range(22)]
    with pytest.raises(
        InvalidData, match="4194304 are more than 2000000; draw some with sample_specifications"
    ):
        mv.multiverse([1.0], [1.0], ["a"], many)
    drawn = mv.sample_specifications(many, 1000)
    assert len(mv.multiverse([1.0], [1.0], ["a"], many, specifications=drawn)) == 1000


def test_two_axes_may_not_set_one_option():
    one = mv.AnalysisAxis("one", ("a",), ({"method": "DL"},))
    two = mv.AnalysisAxis("two", ("b",), ({"method": "PM"},))
    with pytest.raises(InvalidData, match="two: sets method, as one does"):
        mv.multiverse(Y, V, STUDY, [one, two])


def test_names_that_nothing_answers_to(found):
    with pytest.raises(NotFound, match=r"No axis is called 'wees'\. Did you mean weeks"):
        mv.specification(found, {"wees": "12"})
    with pytest.raises(NotFound, match="No level of weeks is called '13'"):
        mv.specification(found, {"scale": "vas first", "weeks": "13", "bias": "all", "model": "random"})
    with pytest.raises(InvalidData, match="No level was given for bias"):
        mv.specification(found, {"scale": "vas first", "weeks": "12", "model": "random"})
    with pytest.raises(InvalidData, match="There are 16 specifications"):
        mv.specification(found, 16)
    with pytest.raises(ValueError, match="Unknown option 'estimator'"):
        mv.AnalysisAxis("x", ("a",), ({"estimator": "DL"},))
    with pytest.raises(ValueError, match="Unknown direction 'up'"):
        mv.shares(found, favours="up")


def test_summaries_refuse_what_makes_no_sense(found):
    with pytest.raises(InvalidData, match="threshold: -1"):
        mv.shares(found, threshold=-1.0)
    with pytest.raises(InvalidData, match="points: 1 points"):
        mv.specification_curve(found, points=1)
    with pytest.raises(InvalidData, match="flips: 0"):
        mv.sign_flip_test(found, flips=0)
    nothing = mv.multiverse([1.0], [1.0], ["a"], [mv.selection_axis("x", ["u"], ["w"])])
    for ask in (mv.shares, mv.specification_curve, mv.variance_explained):
        with pytest.raises(CannotEstimate, match="leaves a study"):
            ask(nothing)
    with pytest.raises(CannotEstimate, match="at least 2 studies; 0 used"):
        mv.sign_flip_test(nothing)
