"""Adverse events agree with themselves; adjudication follows its table."""

from dataclasses import replace
from datetime import date

import pytest

from enthesis.catalogue.adverse_events_loader import load_harm_reporting
from enthesis.domain.episodes import (
    AdjudicationAct,
    AdjudicationState,
    AdverseEvent,
    Causality,
    Expectedness,
    HarmGrade,
    HarmOutcome,
    Seriousness,
    adjudicate,
    can_adjudicate,
    is_related,
    is_serious,
    is_susar,
)
from enthesis.errors import InvalidData, NotAllowed

HARMS = load_harm_reporting()["standard"]
FLARE = AdverseEvent(
    term="post-injection flare",
    onset=date(2026, 1, 2),
    known_on=date(2026, 1, 3),
    grade=HarmGrade.MILD,
    seriousness=frozenset(),
    causality_product=Causality.POSSIBLE,
    causality_procedure=Causality.PROBABLE,
    expectedness=Expectedness.EXPECTED,
    outcome=HarmOutcome.RECOVERED,
    resolved=date(2026, 1, 4),
)
DEATH = {
    "grade": HarmGrade.DEATH,
    "seriousness": frozenset({Seriousness.DEATH}),
    "outcome": HarmOutcome.FATAL,
}


def test_a_flare_is_related_and_not_serious():
    assert (is_serious(FLARE), is_related(FLARE), is_susar(FLARE)) == (False, True, False)


def test_a_death_agreed_everywhere_is_taken():
    assert is_serious(replace(FLARE, **DEATH))


@pytest.mark.parametrize("left_out", sorted(DEATH))
def test_death_must_be_said_in_every_place(left_out):
    with pytest.raises(InvalidData, match=f"not in {left_out}"):
        replace(FLARE, **{name: value for name, value in DEATH.items() if name != left_out})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"term": " "}, "has no term"),
        ({"known_on": date(2026, 1, 1)}, "known on 2026-01-01, before its onset"),
        ({"resolved": date(2026, 1, 1)}, "resolved on 2026-01-01, before its onset"),
        ({"outcome": HarmOutcome.RECOVERING}, "the outcome is 'recovering'"),
        ({"grade": HarmGrade.LIFE_THREATENING}, "seriousness does not say so"),
        ({"seriousness": frozenset({Seriousness.LIFE_THREATENING})}, "with grade 1; must be 4 or 5"),
    ],
)
def test_an_event_that_contradicts_itself_is_refused(change, message):
    with pytest.raises(InvalidData, match=message):
        replace(FLARE, **change)


def test_every_grade_and_category_has_its_words():
    assert set(HARMS.grades) == set(HarmGrade)
    assert set(HARMS.causality) == set(Causality)


def test_every_rule_names_its_source_and_how_near_it_was_read():
    assert all(rule.source and rule.standing in ("read", "secondary", "house") for rule in HARMS.rules)
    assert not [rule.id for rule in HARMS.rules if rule.standing == "secondary" and not rule.note]


def test_a_judged_event_may_be_reopened_and_a_new_one_not_judged_at_once():
    state = AdjudicationState.REPORTED
    for act in ("take-up", "ask-site", "answer", "judge", "reopen"):
        state = adjudicate(state, AdjudicationAct(act))
    assert state is AdjudicationState.UNDER_REVIEW
    assert not can_adjudicate(AdjudicationState.REPORTED, AdjudicationAct.JUDGE)
    with pytest.raises(NotAllowed, match="'judge' is no step from 'reported'; possible: take-up"):
        adjudicate(AdjudicationState.REPORTED, AdjudicationAct.JUDGE)
