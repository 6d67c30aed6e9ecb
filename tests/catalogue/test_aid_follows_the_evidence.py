"""A changed study file changes what the patient sees, and nothing else does."""

from dataclasses import replace
from datetime import date

import pytest

from enthesis import catalogue
from enthesis.catalogue.counsel_loader import load_counsel
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.counsel import decision_aid
from enthesis.domain.counsel.blocks import People, ResultLine
from enthesis.domain.evidence import build

TRIAL = "bennell-2021"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def shipped():
    return catalogue.load()


def aid_from(shipped, studies, language="en"):
    held = build(studies, shipped.reviews, shipped.vocabulary, load_evidence_rules())
    topic = held.topic("knee-osteoarthritis", "prp")
    return decision_aid(topic, held, load_counsel(), language, made_on=DAY, evidence_state="x")


def with_pain_of_prp_at_a_year(study, mean):
    """The study with the final pain of its PRP arm at week 52 replaced, on 0-10; lower is better."""

    def changed(row):
        if (row.instrument, row.weeks, row.kind) != ("nrs-pain", 52, "final"):
            return row
        return replace(row, arms=tuple(replace(a, mean=mean) if a.arm == "prp" else a for a in row.arms))

    results = tuple(map(changed, study.results))
    assert results != study.results
    return replace(study, results=results)


@pytest.mark.parametrize("language", ["en", "bn"])
def test_a_larger_effect_in_the_study_file_is_drawn_and_said(shipped, language):
    changed = dict(shipped.studies)
    changed[TRIAL] = with_pain_of_prp_at_a_year(shipped.studies[TRIAL], 1.9)  # saline: 3.9
    before, after = (aid_from(shipped, studies, language) for studies in (shipped.studies, changed))

    def first(aid, kind):
        return next(b for b in aid.section("results").blocks if isinstance(b, kind))

    drawn = [first(aid, People).panels for aid in (before, after)]
    assert drawn[1][0].count > drawn[0][0].count + 5  # with PRP
    assert drawn[1][1].count == drawn[0][1].count  # the dummy group of the trial is as it was
    sizes = [first(aid, ResultLine).size.text for aid in (before, after)]
    assert ("20 points better" if language == "en" else "২০ পয়েন্ট ভালো") in sizes[1]
    assert sizes[0] != sizes[1]
    assert before.content_hash != after.content_hash


def test_the_trial_taken_away_takes_its_numbers_with_it(shipped):
    without = {name: study for name, study in shipped.studies.items() if name != TRIAL}
    aid = aid_from(shipped, without)
    told = " ".join(b.ground.text for b in aid.section("results").blocks if isinstance(b, ResultLine))
    assert "288 people" not in told


def test_studies_of_another_condition_change_nothing(shipped):
    others = {n: s for n, s in shipped.studies.items() if s.condition != "plantar-fasciitis"}
    assert len(others) < len(shipped.studies)
    assert aid_from(shipped, others).content_hash == aid_from(shipped, shipped.studies).content_hash
