"""Conditions of rules: three-valued truth, and the facts that keep one open."""

import pytest

from enthesis.domain.selection.logic import (
    UNKNOWN_MEMBER,
    AllOf,
    AnyOf,
    AtMost,
    Comparison,
    Not,
    facts_asked,
    holds,
    unknowns,
)
from enthesis.errors import InvalidData

OLD = Comparison("age_years", "at_least", 65.0)
SMOKES = Comparison("smoker", "is", frozenset({True}))
FEVER = Comparison("red_flags", "includes", frozenset({"fever"}))


@pytest.mark.parametrize(("value", "truth"), [(64.9, False), (65, True), (None, None)])
def test_at_least_includes_its_limit(value, truth):
    assert holds(OLD, {"age_years": value}) is truth


@pytest.mark.parametrize(("value", "truth"), [(64.9, True), (65, False)])
def test_below_leaves_its_limit_out(value, truth):
    assert holds(Comparison("age_years", "below", 65.0), {"age_years": value}) is truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [(frozenset(), False), (frozenset({"fever", "saddle-anaesthesia"}), True), (None, None)],
)
def test_an_empty_list_says_that_there_is_none(value, truth):
    assert holds(FEVER, {"red_flags": value}) is truth


@pytest.mark.parametrize(
    ("relation", "known", "truth"),
    [("below", 29, True), ("below", 30, None), ("at_least", 29, False), ("at_least", 30, None)],
)
def test_a_number_known_only_from_above_decides_only_below(relation, known, truth):
    assert holds(Comparison("steroid", relation, 30.0), {"steroid": AtMost(known)}) is truth


@pytest.mark.parametrize(
    ("held", "truth"),
    [({"fever", UNKNOWN_MEMBER}, True), ({UNKNOWN_MEMBER}, None), ({"headache"}, False)],
)
def test_a_list_with_something_unplaced_denies_nothing(held, truth):
    assert holds(FEVER, {"red_flags": frozenset(held)}) is truth


def test_an_unknown_fact_does_no_harm_where_the_rest_decides():
    assert holds(AllOf((OLD, SMOKES)), {"age_years": 40}) is False
    assert holds(AnyOf((OLD, SMOKES)), {"age_years": 70}) is True


def test_an_unknown_fact_leaves_open_what_it_alone_decides():
    assert holds(AllOf((OLD, SMOKES)), {"age_years": 70}) is None
    assert unknowns(AllOf((OLD, SMOKES)), {"age_years": 70}) == {"smoker"}


def test_a_fact_that_cannot_matter_any_more_is_not_asked_for():
    assert unknowns(AllOf((OLD, SMOKES)), {"age_years": 40}) == frozenset()


def test_no_condition_at_all_always_holds():
    assert holds(AllOf(()), {}) is True


def test_the_opposite_of_unknown_is_unknown():
    assert holds(Not(SMOKES), {}) is None
    assert unknowns(Not(SMOKES), {}) == {"smoker"}


def test_every_comparison_of_a_condition_is_found():
    assert facts_asked(AllOf((OLD, AnyOf((SMOKES, Not(FEVER)))))) == (OLD, SMOKES, FEVER)


@pytest.mark.parametrize(
    ("relation", "against"), [("equals", frozenset({1})), ("below", frozenset({1})), ("is", 3.0)]
)
def test_a_comparison_that_cannot_be_made_is_refused(relation, against):
    with pytest.raises(InvalidData, match=r"is no relation|cannot compare"):
        Comparison("age_years", relation, against)
