"""Every refusal names the place, the value and what is allowed; all faults come at once."""

import math

import numpy as np
import pytest

from enthesis.errors import CannotEstimate, InvalidData, NotFound
from enthesis.statistics import network

STUDY = ["one", "one", "two", "two"]
DRUG = ["saline", "prp", "saline", "prp"]
MEAN, SD, N = [50.0, 42.0, 48.0, 44.0], [20.0, 21.0, 19.0, 18.0], [40, 41, 60, 59]


def means(study=STUDY, drug=DRUG, *, mean=MEAN, sd=SD, n=N, measure="MD", **options):
    return network.read_network(study, drug, measure, mean=mean, sd=sd, n=n, **options)


def counts(events, n, measure="OR", **options):
    study = [f"trial {i // 2}" for i in range(len(events))]
    return network.read_network(
        study, ["a", "b"] * (len(events) // 2), measure, events=events, n=n, **options
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"sd": [20.0, 0.0, 19.0, 18.0]},
            r"row 2, study 'one', treatment 'prp': Invalid sd 0; must be above 0",
        ),
        ({"sd": [20.0, -3.0, 19.0, 18.0]}, r"Invalid sd -3; must be above 0"),
        ({"n": [40, 41, 1, 59]}, r"row 3, study 'two', treatment 'saline': Invalid n 1; must be at least 2"),
        ({"mean": [50.0, math.nan, 48.0, 44.0]}, r"row 2.*Invalid mean nan; must be given"),
        ({"mean": [50.0, None, 48.0, 44.0]}, r"row 2.*the figure is missing"),
        ({"mean": [50.0, "high", 48.0, 44.0]}, r"row 2: Invalid mean 'high'; must be a number"),
        (
            {"drug": ["saline", "saline", "saline", "prp"]},
            r"row 2, study 'one': Treatment 'saline' has a second",
        ),
        ({"study": ["one", "one", "two", "three"]}, r"study 'two': The only arm is 'saline'"),
        ({"drug": ["saline", "", "saline", "prp"]}, r"row 2: Invalid treatment ''; must be a name"),
        ({"study": ["one", "one", "two", 2]}, r"row 4: Invalid study 2; must be a name"),
        (
            {"treatments": ["saline", "steroid"]},
            r"row 2: Unknown treatment 'prp'; must be one of saline, steroid",
        ),
        ({"treatments": ["saline", "prp", "prp"]}, r"treatments: A treatment is listed twice"),
        ({"n": [40, 41]}, r"Columns of different lengths: .*n 2"),
        ({"mean": None}, r"MD: Column mean is missing"),
        ({"study": [], "drug": [], "mean": [], "sd": [], "n": []}, "No arm was given"),
        ({"variance": "equal"}, r"Invalid variance 'equal'; must be 'separate' or 'pooled'"),
        ({"mean": [1e30, 42.0, 48.0, 44.0]}, r"study 'one': Its effects or variances are beyond any trial"),
    ],
)
def test_arms_that_are_no_arms_are_refused_with_their_place(change, message):
    with pytest.raises(InvalidData, match=message):
        means(**change)


def test_every_fault_is_reported_at_once():
    with pytest.raises(InvalidData, match="row 1") as caught:
        means(["one", "one", "two", "three"], sd=[0.0, 21.0, -1.0, 18.0])
    places = [fault.where for fault in caught.value.faults]
    assert places == [
        "study 'two'",
        "study 'three'",
        "row 1, study 'one', treatment 'saline'",
        "row 3, study 'two', treatment 'saline'",
    ]


@pytest.mark.parametrize(
    ("events", "n", "message"),
    [
        ([3, 41], [40, 40], r"row 2.*Invalid events 41; must be no more than n of the same row"),
        ([3, -1], [40, 40], r"row 2.*Invalid events -1; must be at least 0"),
        ([3, 0], [40, 0], r"row 2.*Invalid n 0; must be above 0"),
    ],
)
def test_impossible_counts_are_refused(events, n, message):
    with pytest.raises(InvalidData, match=message):
        counts(events, n)


def test_an_unknown_measure_is_named_with_the_known_ones():
    with pytest.raises(NotFound, match="No network measure is called 'HR'"):
        means(measure="HR")


def test_a_network_in_which_no_trial_speaks_is_refused():
    with pytest.raises(CannotEstimate, match="No trial says anything on the scale OR: No arm has an event"):
        counts([0, 0], [20, 20])


@pytest.mark.parametrize("method", ["HE", "SJ", "reml"])
def test_estimators_that_depend_on_the_baseline_arm_are_refused(method):
    with pytest.raises(ValueError, match=f"Unknown method '{method}'"):
        network.network_meta_analysis(means(), method=method)


def test_other_options_are_refused_by_name():
    held = means()
    with pytest.raises(ValueError, match="Unknown interval 'z'"):
        network.network_meta_analysis(held, interval="z")
    with pytest.raises(ValueError, match="Unknown prediction 't'"):
        network.network_meta_analysis(held, prediction="t")
    with pytest.raises(InvalidData, match="95 is not a coverage"):
        network.network_meta_analysis(held, level=95)
    with pytest.raises(InvalidData, match="0 is not a coverage"):
        network.split_nodes(held.components[0], level=0)


def test_questions_without_an_answer_are_refused():
    held = means()
    (part,) = network.network_meta_analysis(held).parts
    with pytest.raises(NotFound, match=r"No treatment is called 'salin'\. Did you mean saline"):
        part.compare("salin", "prp")
    with pytest.raises(CannotEstimate, match="'prp' was compared with itself"):
        part.compare("prp", "prp")
    for route in (network.inconsistency_test, network.random_inconsistency):
        with pytest.raises(CannotEstimate, match="inconsistency cannot be assessed"):
            route(held.components[0])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"better": "best"}, "Invalid better 'best'; must be 'lower' or 'higher'"),
        ({"better": "lower", "draws": 10}, "Invalid draws 10; must be 100 to 10000000"),
    ],
)
def test_ranking_refuses_other_words_and_numbers(options, message):
    (part,) = network.network_meta_analysis(means()).parts
    with pytest.raises(InvalidData, match=message):
        network.rank_treatments(part, **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"important": 0.0}, r"important: Invalid important 0.0; must be a number above 0"),
        ({"important": math.nan}, "Invalid important nan"),
        ({"risk_of_bias": {"one": "low"}}, r"within-study bias, study 'two': No level is given"),
        ({"risk_of_bias": {"one": "low", "two": "unclear"}}, r"Invalid level 'unclear'; must be one of low"),
        ({"indirectness": {"one": "none"}}, r"indirectness, study 'two': No level is given"),
    ],
)
def test_confidence_refuses_missing_and_unknown_judgements(options, message):
    (part,) = network.network_meta_analysis(means()).parts
    given = {"important": 5.0, "risk_of_bias": {"one": "low", "two": "high"}, **options}
    with pytest.raises(InvalidData, match=message):
        network.propose_confidence(part, **given)


def test_columns_may_be_arrays():
    held = means(np.array(STUDY), np.array(DRUG), mean=np.array(MEAN), sd=np.array(SD), n=np.array(N))
    assert held.treatments == ("saline", "prp")
