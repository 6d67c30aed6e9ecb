"""The multiverse of the real trials: the declared way is the answer, and every way can be remade by hand."""

import numpy as np
import pytest

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build
from enthesis.domain.evidence.fragility import (
    ESTIMATORS,
    INTERVALS,
    READINGS,
    TRAITS,
    Asked,
    Reading,
    fragility,
    gather,
    kin_of,
    read,
    why_none,
)
from enthesis.domain.evidence.risk_of_bias import RANDOMISED
from enthesis.report.fragility_json import fragility_object
from enthesis.report.fragility_words import counts_words, fragility_brief, fragility_sentences
from enthesis.statistics.multiverse import rerun, specification
from enthesis.statistics.pooling import pool

# The same arithmetic on the same figures; only the order of a sum may differ.
SAME = 1e-12
WAYS_REMADE = 25


@pytest.fixture(scope="module")
def evidence():
    held = catalogue.load()
    return build(held.studies, held.reviews, held.vocabulary, load_evidence_rules())


@pytest.fixture(scope="module")
def trials(evidence):
    return gather(evidence)


@pytest.fixture(scope="module")
def answers(evidence):
    return [a for topic in evidence.topics.values() for a in topic.answers]


@pytest.fixture(scope="module")
def found(evidence, trials, answers):
    return [(a, fragility(a, trials[kin_of(a.question)], evidence.rules)) for a in answers if not why_none(a)]


def test_every_answer_of_two_trials_or_more_has_a_multiverse_and_no_other(answers, found):
    assert len(found) == sum(a.k >= 2 for a in answers) > 30


def test_the_declared_way_is_the_answer(found):
    for a, f in found:
        assert f.declared_mu == pytest.approx(a.synthesis.pooled.mu, abs=SAME), a.question
        assert f.declared_ci == pytest.approx(a.synthesis.judged.fit.ci, abs=SAME), a.question
        used = {f.held[i].trial.id for i in specification(f.pools, f.declared).candidates}
        assert len(used) == a.k


def test_every_way_alone_gives_what_it_gave_among_all(found):
    rng = np.random.default_rng(7)
    for _, f in found:
        for i in rng.integers(0, len(f.pools), WAYS_REMADE).tolist():
            alone = rerun(f.pools, i)
            assert alone.mu == pytest.approx(float(f.pools.mu[i]), abs=SAME)
            assert alone.ci == pytest.approx(tuple(f.pools.ci[i].tolist()), rel=SAME, abs=SAME)


def test_every_way_can_be_remade_from_the_trials_without_the_engine(evidence, trials, found):
    """Read each trial by the rule with these choices, drop what they drop, and pool the rest."""
    rng = np.random.default_rng(11)
    for a, f in found:
        asked = Asked(a.question, a.synthesis.scale, evidence.rules)
        for i in rng.integers(0, len(f.whole), WAYS_REMADE).tolist():
            levels = specification(f.whole, i).levels
            y, v = remade(trials[kin_of(a.question)], levels, asked, a)
            assert len(y) == f.whole.k[i]
            if not y:
                continue
            method = next(m for m, word in ESTIMATORS.items() if word == levels["estimator"])
            interval = next(x for x, word in INTERVALS.items() if word == levels["interval"])
            alone = pool(y, v, method=method, interval=interval)
            assert alone.mu == pytest.approx(float(f.whole.mu[i]), abs=SAME)


def remade(trials, levels, asked, answer):
    chosen = {
        name: next(x for x in options if str(x) == levels[name])
        for name, options in READINGS.items()
        if name in levels
    }
    was_randomised = any(c.pick.study.design in RANDOMISED for c in answer.synthesis.contrasts)
    effects = []
    for one in trials:
        said = read(one, Reading(**chosen), asked)
        if said is None or (not was_randomised and said.contrast.pick.study.design in RANDOMISED):
            continue
        kept = all(
            dict(trait.levels)[levels.get(trait.name, trait.levels[0][0])](said.contrast, asked.rules)
            for trait in TRAITS
        )
        if kept:
            effects.append(said.effect)
    return [e.y for e in effects], [e.v for e in effects]


def test_no_pool_holds_two_classes_of_comparator_or_one_trial_twice(found):
    for a, f in found:
        for candidate in f.held:
            figures = [candidate.trial.figures[i] for i in candidate.read.places]
            assert {x.contrast.pick.question.comparator_class for x in figures} == {
                a.question.comparator_class
            }
        used = f.pools.choice[f.pools.selection]
        assert used.shape[1] == len({c.trial.id for c in f.held})


def test_words_and_objects_can_be_made_of_every_multiverse(found):
    for _, f in found:
        made = fragility_object(f)
        assert made["pools"] + made["empty"] + made["single_trial"] == made["specifications"]
        text = " ".join((*fragility_sentences(f), fragility_brief(f), counts_words(f)))
        assert "nan" not in text
        assert "proven" not in text
