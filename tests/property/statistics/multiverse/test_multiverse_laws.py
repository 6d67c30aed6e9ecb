"""Laws of a multiverse that hold for any candidates and axes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.statistics import multiverse as mv

#: Rounding of sums of at most ten terms; tau2 is refined to 1e-12 of itself.
SAME = 1e-10


@st.composite
def declared(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[mv.Axis]]:
    """Two to eight studies with one to five candidates, two or three selection axes and an estimator axis."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    study = np.repeat(np.arange(draw(st.integers(2, 8))), rng.integers(1, 6, 1))
    study = study[rng.permutation(len(study))]
    v = rng.uniform(0.05, 0.5, len(study))
    y = rng.normal(0.3, np.sqrt(v + 0.1))
    axes: list[mv.Axis] = []
    for i in range(draw(st.integers(2, 3))):
        levels = int(rng.integers(1, 4))
        rank = np.where(rng.random((levels, len(study))) < 0.75, 0, -1)
        if i == 0 and draw(st.booleans()):
            rank = np.where(rank == 0, rng.integers(0, 3, rank.shape), -1)
        axes.append(mv.SelectionAxis(f"axis {i}", tuple(f"level {j}" for j in range(levels)), rank))
    methods = ({"method": "REML"}, {"method": "DL", "interval": "wald"}, {})
    axes.append(mv.AnalysisAxis("estimator", ("REML", "DL", "as declared"), methods))
    return y, v, study, axes


@settings(max_examples=60, deadline=None)
@given(declared())
def test_every_specification_runs_alone_to_the_same_numbers(data):
    y, v, study, axes = data
    found = mv.multiverse(y, v, study, axes)
    for i in np.flatnonzero(found.valid):
        alone = mv.rerun(found, int(i))
        assert abs(found.mu[i] - alone.mu) <= 1e-12
        assert abs(found.se[i] - alone.se) <= 1e-12
        assert found.ci[i] == pytest.approx(alone.ci, rel=1e-12, abs=1e-12)
        assert found.p[i] == pytest.approx(alone.p, rel=1e-9)
        assert found.k[i] == alone.k
        assert (alone.tau2 is None and np.isnan(found.tau2[i])) or abs(found.tau2[i] - alone.tau2) <= 1e-12
    for i in np.flatnonzero(~found.valid):
        assert not mv.specification(found, int(i)).candidates


@settings(max_examples=40, deadline=None)
@given(declared(), st.randoms())
def test_the_order_of_axes_does_not_matter_while_one_axis_prefers(data, random):
    y, v, study, axes = data
    order = random.sample(range(len(axes)), len(axes))
    one = mv.multiverse(y, v, study, axes)
    other = mv.multiverse(y, v, study, [axes[i] for i in order])
    column = {tuple(row): i for i, row in enumerate(other.specifications.tolist())}
    match = [column[tuple(row[order])] for row in one.specifications]
    assert one.mu == pytest.approx(other.mu[match], abs=SAME, nan_ok=True)
    assert one.distinct == other.distinct


@settings(max_examples=40, deadline=None)
@given(declared(), st.randoms())
def test_the_order_of_studies_does_not_matter(data, random):
    """Whole studies move; candidates of one study keep their order, which breaks ties."""
    y, v, study, axes = data
    studies = int(study.max()) + 1
    new = np.array(random.sample(range(studies), studies))
    order = np.argsort(new[study], kind="stable")
    moved = [replace(a, rank=a.rank[:, order]) if isinstance(a, mv.SelectionAxis) else a for a in axes]
    one = mv.multiverse(y, v, study, axes)
    other = mv.multiverse(y[order], v[order], study[order], moved)
    assert one.mu == pytest.approx(other.mu, abs=SAME, nan_ok=True)
    assert (one.k == other.k).all()


@settings(max_examples=40, deadline=None)
@given(declared(), st.floats(-100.0, 100.0), st.sampled_from((0.001, 10.0, 1000.0)))
def test_a_shift_and_a_change_of_unit_move_the_estimates_alike_and_explain_the_same(data, shift, unit):
    y, v, study, axes = data
    one = mv.multiverse(y, v, study, axes)
    other = mv.multiverse(unit * y + shift, unit**2 * v, study, axes)
    assert other.mu == pytest.approx(unit * one.mu + shift, abs=1e-9 * (unit + abs(shift)), nan_ok=True)
    assert other.tau2 == pytest.approx(unit**2 * one.tau2, rel=1e-7, abs=1e-7 * unit**2, nan_ok=True)
    if not one.valid.any():
        return
    a, b = mv.variance_explained(one), mv.variance_explained(other)
    # Below this spread, what the axes share out is the rounding of the shifted estimates.
    if a.variance * unit**2 > 1e-12 * (abs(shift) + unit) ** 2:
        assert [x.eta2 for x in a.axes] == pytest.approx([x.eta2 for x in b.axes], abs=1e-6)
        assert a.joint == pytest.approx(b.joint, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(declared())
def test_an_axis_with_a_single_level_explains_nothing_and_changes_nothing(data):
    y, v, study, axes = data
    one = mv.multiverse(y, v, study, axes)
    only = mv.selection_axis("only", ["a"] * len(y))
    other = mv.multiverse(y, v, study, [*axes, only])
    assert one.mu == pytest.approx(other.mu, abs=0.0, nan_ok=True)
    if one.valid.any():
        effect = mv.variance_explained(other).axes[-1]
        assert effect.eta2 == pytest.approx(0.0, abs=SAME)
        assert effect.unique == pytest.approx(0.0, abs=SAME)


@settings(max_examples=40, deadline=None)
@given(declared(), st.integers(0, 10))
def test_a_level_that_selects_the_same_data_changes_no_estimate(data, pick):
    y, v, study, axes = data
    first = axes[0]
    same = pick % len(first.levels)
    wider = mv.SelectionAxis(first.name, (*first.levels, "again"), np.vstack([first.rank, first.rank[same]]))
    one = mv.multiverse(y, v, study, axes)
    other = mv.multiverse(y, v, study, [wider, *axes[1:]])
    assert other.distinct == one.distinct
    block = len(one) // len(first.levels)
    assert other.mu[: len(one)] == pytest.approx(one.mu, abs=SAME, nan_ok=True)
    assert other.mu[len(one) :] == pytest.approx(
        one.mu[same * block : (same + 1) * block], abs=SAME, nan_ok=True
    )


@settings(max_examples=40, deadline=None)
@given(declared())
def test_shares_and_variance_are_shares(data):
    found = mv.multiverse(*data)
    if not found.valid.any():
        return
    said = mv.shares(found, threshold=0.2, favours="greater")
    assert said.significant_benefit + said.significant_harm + said.neither == pytest.approx(1.0)
    assert said.surely_beyond <= said.beyond + SAME
    assert said.beyond <= said.benefit + SAME
    assert said.answered + said.unanswered == len(found)
    explained = mv.variance_explained(found)
    assert -SAME <= explained.interactions <= 1.0 + SAME
    for axis in explained.axes:
        assert axis.eta2 <= explained.joint + 1e-8
        assert axis.unique <= explained.joint + 1e-8
    if found.valid.all() and explained.joint > 0.0:
        assert sum(axis.eta2 for axis in explained.axes) == pytest.approx(explained.joint, abs=1e-8)


@settings(max_examples=25, deadline=None)
@given(declared())
def test_mirrored_effects_mirror_the_shares(data):
    y, v, study, axes = data
    found = mv.multiverse(y, v, study, axes)
    if not found.valid.any():
        return
    one = mv.shares(found, threshold=0.1, favours="greater")
    other = mv.shares(mv.multiverse(-y, v, study, axes), threshold=0.1, favours="less")
    assert (one.benefit, one.beyond, one.significant_harm) == pytest.approx(
        (other.benefit, other.beyond, other.significant_harm)
    )


@settings(max_examples=25, deadline=None)
@given(declared(), st.integers(1, 60), st.integers(0, 100))
def test_a_sample_of_specifications_holds_each_once_and_gives_the_same_answers(data, n, seed):
    y, v, study, axes = data
    whole = mv.multiverse(y, v, study, axes)
    drawn = mv.sample_specifications(axes, n, seed=seed)
    assert len(np.unique(drawn, axis=0)) == len(drawn) == min(n, len(whole))
    part = mv.multiverse(y, v, study, axes, specifications=drawn, workers=1)
    place = {tuple(row): i for i, row in enumerate(whole.specifications.tolist())}
    assert part.mu == pytest.approx(
        whole.mu[[place[tuple(row)] for row in drawn.tolist()]], abs=SAME, nan_ok=True
    )
