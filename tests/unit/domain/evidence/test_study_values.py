"""Study and review values cannot be built wrong."""

import dataclasses
import pickle

import pytest

from enthesis.catalogue import load
from enthesis.domain.evidence.printed import (
    ArmFigures,
    Integrity,
    PrintedContrast,
    PrintedP,
    Source,
    WithinArm,
)
from enthesis.domain.evidence.review import PooledRow, Review
from enthesis.domain.evidence.study import Arm, Population, Result, Study
from enthesis.errors import InvalidData

READ = Source("table", "table 2")


def result(**changes):
    return Result(
        **{
            "outcome": "pain",
            "instrument": "vas-pain",
            "better": "lower",
            "kind": "final",
            "source": READ,
            **changes,
        }
    )


def study(**changes):
    given = {
        "id": "example-2026",
        "title": "An example",
        "title_is_descriptive": False,
        "first_author": None,
        "year": 2026,
        "year_is_inferred": False,
        "url": "https://example.org",
        "design": "rct",
        "condition": "knee-osteoarthritis",
        "population": Population(),
        "arms": (Arm("prp", "prp", "PRP"), Arm("saline", "saline", "saline")),
        "results": (result(),),
        "same_trial_as": (),
        "cautions": (),
        "identity": "partial",
    }
    return Study(**{**given, **changes})


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"sd": 0}, "0 is not above 0"),
        ({"se": -1.0}, "-1.0 is not above 0"),
        ({"n": 0}, "0 is not above 0"),
        ({"mean": float("nan")}, "nan is no number"),
        ({"mean": float("inf")}, "inf is no number"),
        ({"ci": (3, 1)}, r"\[3, 1\] is not ordered"),
        ({"events": 5, "n": 4}, "5 events among 4"),
        ({"events": -1}, "-1 events"),
        ({"percent": 101}, "101 percent"),
        ({"q1": 4, "median": 3, "q3": 5}, "not ordered"),
        ({"min": 4, "max": 3}, "not ordered"),
    ],
)
def test_figures_that_cannot_stand_together_are_refused(figures, said):
    with pytest.raises(InvalidData, match=said):
        ArmFigures("prp", **figures)


def test_no_events_among_no_known_number_are_accepted():
    assert ArmFigures("prp", events=0).events == 0
    assert ArmFigures("prp", events=3).events == 3


def test_all_faults_of_one_arm_are_told_together():
    with pytest.raises(InvalidData, match="sd") as caught:
        ArmFigures("prp", sd=-1, events=5, n=4)
    assert [fault.where for fault in caught.value.faults] == ["sd", "events"]


@pytest.mark.parametrize(
    ("contrast", "said"),
    [
        ({"versus": "prp"}, "compared with itself"),
        ({"measure": "RR", "estimate": 0}, "RR of 0 or less"),
        ({"measure": "OR", "ci": (-1, 2)}, "OR of 0 or less"),
        ({"favours": "exercise"}, "not one of the two arms"),
        ({"ci": (2, 1)}, "not ordered"),
        ({"se": 0}, "not above 0"),
    ],
)
def test_a_comparison_that_cannot_be_is_refused(contrast, said):
    with pytest.raises(InvalidData, match=said):
        PrintedContrast(**{"of": "prp", "versus": "saline", **contrast})


def test_which_measures_multiply():
    assert PrintedContrast("a", "b", measure="HR").is_ratio
    assert not PrintedContrast("a", "b", measure="MD").is_ratio


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"range": (10, 0)}, "no range"),
        ({"weeks": 4, "weeks_span": (4, 12)}, "exclude each other"),
        ({"weeks_span": (12, 4)}, "not ordered"),
        ({"weeks": 0, "kind": "change"}, "baseline row"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(row, said):
    with pytest.raises(InvalidData, match=said):
        result(**row)


@pytest.mark.parametrize(
    "row",
    [
        {"arms": (ArmFigures("exercise", n=3),)},
        {"contrast": PrintedContrast("prp", "exercise")},
        {"within_arm": (WithinArm("exercise"),)},
    ],
)
def test_a_row_about_an_arm_that_is_not_there_is_refused(row):
    with pytest.raises(
        InvalidData, match=r"results\[0\]: 'exercise' is no arm of this study \(prp, saline\)"
    ):
        study(results=(result(**row),))


def test_two_arms_of_one_name_are_refused():
    with pytest.raises(InvalidData, match="arm ids repeat"):
        study(arms=(Arm("prp", "prp", "one"), Arm("prp", "prp", "two")))


def test_p_is_a_probability_and_a_doubt_has_a_reason():
    with pytest.raises(InvalidData, match=r"p 1.2 lies outside \[0, 1\]"):
        PrintedP("=", 1.2)
    with pytest.raises(InvalidData, match="a doubt without a reason"):
        Integrity("suspect", (" ",))


def test_arms_and_their_figures_are_found_by_id():
    row = result(arms=(ArmFigures("prp", n=3), ArmFigures("saline", n=4)))
    one = study(results=(row,))
    assert one.arm("saline").intervention == "saline"
    assert row.figures_of("saline").n == 4
    assert row.figures_of("exercise") is None
    with pytest.raises(KeyError, match="exercise"):
        one.arm("exercise")


def test_an_arm_of_joined_or_crossed_people_is_not_original():
    assert Arm("a", "prp", "a").is_original
    assert not Arm("a", "prp", "a", combines=("b", "c")).is_original
    assert not Arm("a", "prp", "a", crossover_from="b").is_original


def test_a_pooled_row_names_what_it_compares():
    row = {
        "condition": "knee-osteoarthritis",
        "intervention": "prp",
        "comparator": "baseline",
        "comparison": "between-arm",
        "outcome": "pain",
        "instrument": "vas-pain",
        "measure": "MD",
        "source": READ,
    }
    with pytest.raises(InvalidData, match=r"'between-arm' against baseline\. Write before-after"):
        PooledRow(**row)


def test_a_review_holds_rows_about_its_own_conditions_only():
    row = PooledRow(
        "hip-osteoarthritis", "prp", "saline", "between-arm", "pain", "vas-pain", "MD", READ, estimate=1.0
    )
    fields = {"id": "r", "title": "t", "title_is_descriptive": True, "first_author": None, "year": None}
    fields |= {"year_is_inferred": False, "url": "https://example.org", "design": "guideline"}
    fields |= {"statements": (), "cautions": (), "identity": "partial"}
    with pytest.raises(InvalidData, match="'hip-osteoarthritis' is none of knee-osteoarthritis"):
        Review(conditions=("knee-osteoarthritis",), pooled=(row,), **fields)


def test_values_are_frozen_hashable_and_can_be_sent_to_another_process():
    one = load().studies["bennell-2021"]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign"):
        one.year = 1999
    assert hash(one) == hash(pickle.loads(pickle.dumps(one)))
    assert dataclasses.asdict(one)["results"][0]["arms"][0]["mean"] == -2.1
