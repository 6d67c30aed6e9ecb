"""Laws that hold for every network on the studies that ship."""

import inspect
from itertools import product

import pytest

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import answers, build, headlines, topics, verdicts
from enthesis.domain.evidence.network_trials import PLACEBO
from enthesis.domain.evidence.networks import fit_network, read_networks
from enthesis.domain.evidence.per_trial import trial_roots
from enthesis.domain.evidence.risk_of_bias import RANDOMISED
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.errors import CannotEstimate
from enthesis.report.figures import Provenance, render, to_csv
from enthesis.report.figures.network_plot import draw_network
from enthesis.report.network_words import network_opening


@pytest.fixture(scope="module")
def evidence():
    held = catalogue.load()
    return build(held.studies, held.reviews, held.vocabulary, load_evidence_rules())


@pytest.fixture(scope="module")
def networks(evidence):
    return read_networks(evidence)


@pytest.fixture(scope="module")
def fitted(networks):
    return [fit_network(held) for held in networks.values()]


def test_there_are_networks_with_many_treatments(networks):
    assert sum(len(held.network.treatments) > 2 for held in networks.values()) >= 5


def test_every_trial_counts_once_and_is_not_left_out_too(networks, evidence):
    roots = trial_roots(evidence.studies)
    for held in networks.values():
        told = [roots[t.study.id] for t in held.trials] + [roots[x.study.id] for x in held.left_out]
        assert len(set(told)) == len(told), held.key


def test_every_trial_kept_is_in_exactly_one_part(networks):
    for held in networks.values():
        inside = [trial.study for part in held.network.components for trial in part.trials]
        assert sorted(inside) == sorted(t.study.id for t in held.trials)


def test_no_suspect_and_no_unrandomised_trial_is_in_a_network(networks, evidence):
    for held in networks.values():
        for trial in held.trials:
            assert not trial.study.is_suspect
            assert not [
                d
                for d in evidence.doubts.get(trial.study.id, ())
                if d.excludes and d.row in (None, trial.pick.row)
            ]
            assert trial.study.design in RANDOMISED


def test_a_trial_speaks_at_its_own_condition_outcome_and_time(networks):
    for key, held in networks.items():
        for trial in held.trials:
            row = trial.pick.result
            assert trial.study.condition == key.condition
            assert row.outcome == key.outcome
            assert row.subgroup is None
            assert (row.weeks if row.weeks is not None else row.weeks_span[0]) in key.horizon


def test_everything_left_out_has_a_reason(networks):
    assert all(x.why.strip() for held in networks.values() for x in held.left_out)


def test_nothing_is_compared_across_parts(fitted):
    seen = 0
    for x in fitted:
        for i, one in enumerate(x.parts):
            for other in x.parts[i + 1 :]:
                for a, b in product(one.treatments, other.treatments):
                    seen += 1
                    with pytest.raises(CannotEstimate, match="No chain of trials"):
                        x.compare(a, b)
    assert seen


def test_agreement_is_assessed_only_where_loops_allow_it(fitted):
    for x in fitted:
        for part in x.parts:
            assert part.can_be_checked == (part.analysis.component.inconsistency_df > 0)


def test_two_treatments_with_the_trials_of_an_answer_give_its_pooled_effect(networks, evidence):
    placebo = {
        (a.question.condition, a.question.outcome, a.question.horizon, a.question.intervention): a
        for topic in evidence.topics.values()
        for a in topic.answers
        if a.question.comparator_class is ComparatorClass.PLACEBO and a.synthesis
    }
    compared = 0
    for key, held in networks.items():
        if set(held.network.treatments) - {PLACEBO} and len(held.network.treatments) == 2:
            other = next(t for t in held.network.treatments if t != PLACEBO)
            a = placebo.get((key.condition, key.outcome, key.horizon, other))
            if not a or {a.synthesis.scale.kind, held.scale.kind} != {ScaleKind.POINTS}:
                continue
            rows = {(c.pick.study.id, c.pick.row) for c in a.synthesis.contrasts}
            if rows != {(t.study.id, t.pick.row) for t in held.trials}:
                continue
            (part,) = fit_network(held).parts
            found = part.analysis.compare(other, PLACEBO)
            # Two routes to one optimum; each stops within its own tolerance.
            assert found.estimate == pytest.approx(a.synthesis.pooled.mu, rel=1e-6), key
            compared += 1
    assert compared


def test_direct_contrasts_of_two_arm_trials_are_those_of_the_answers(networks, evidence):
    """The same arms on the same scale give the same effect and variance."""
    compared = 0
    for held in networks.values():
        if held.scale.kind is not ScaleKind.POINTS:
            continue
        for part in held.network.components:
            for engine in part.trials:
                trial = next(t for t in held.trials if t.study.id == engine.study)
                for contrast, y, v in zip(
                    trial.contrasts,
                    engine_contrasts(trial, engine),
                    engine_variances(trial, engine),
                    strict=True,
                ):
                    assert y == pytest.approx(contrast.on[ScaleKind.POINTS].y, rel=1e-9, abs=1e-9)
                    assert v == pytest.approx(contrast.on[ScaleKind.POINTS].v, rel=1e-9)
                    compared += 1
    assert compared > 20


def engine_contrasts(trial, engine):
    """First arm of the trial less each other one, from the engine's contrasts against its baseline."""
    at = dict(zip(engine.treatments, [0.0, *engine.y], strict=True))
    first, *others = trial.arms
    return [at[first.treatment] - at[other.treatment] for other in others]


def engine_variances(trial, engine):
    size = len(engine.treatments)
    full = [[0.0] * size for _ in range(size)]
    for i in range(1, size):
        for j in range(1, size):
            full[i][j] = float(engine.covariance[i - 1][j - 1])
    place = {name: i for i, name in enumerate(engine.treatments)}
    first, *others = (place[a.treatment] for a in trial.arms)
    return [full[first][first] + full[o][o] - 2 * full[first][o] for o in others]


def test_verdicts_know_nothing_of_networks():
    for module in (answers, headlines, topics, verdicts):
        assert "network" not in inspect.getsource(module)


def test_every_network_can_be_drawn_told_and_handed_on(fitted, evidence):
    provenance = Provenance("0" * 64, evidence.rules.version)
    for x in fitted:
        figure = draw_network(x.trials, evidence.vocabulary, provenance)
        assert "nan" not in render(figure).lower().replace("nano", "")
        assert "style=" not in render(figure)
        assert len(figure.table.rows) == len(x.trials.geometry.nodes) + len(x.trials.geometry.links)
        assert to_csv(figure.table).startswith("# network:")
        words = network_opening(x, evidence.vocabulary).lower()
        assert not any(bad in words for bad in ("proven", "best", "breakthrough", "regenerates"))
