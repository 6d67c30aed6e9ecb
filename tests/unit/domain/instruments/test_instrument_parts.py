"""An instrument whose parts do not fit together never comes into being."""

import pytest

from enthesis.domain import instruments
from enthesis.domain.instruments import (
    Instrument,
    Item,
    Licence,
    Mean,
    OfScores,
    Response,
    ScoreRule,
    Source,
    Sum,
    Table,
    Threshold,
    ValueSet,
    Weighted,
)
from enthesis.errors import InvalidData, NotFound

LIKERT = Response(0, 2, "lower")
SUM = Sum()
SOURCES = {"s": Source("s", url="https://example.org", standing="paper", read="2026-11-22")}


def _rule(name="total", items=("1", "2"), rule=SUM, least=2, ends=(0, 4), source="s"):
    return ScoreRule(name, name, items, rule, least, ends, "lower", source, "all")


def _make(**changed):
    parts = {
        "id": "form",
        "name": "Form",
        "short_name": "F",
        "version": "1",
        "kind": "patient-reported",
        "measures": "nothing",
        "items": (Item("1", 1, LIKERT), Item("2", 2, LIKERT)),
        "scores": (_rule(),),
        "licence": Licence("free", "nobody", False, "None.", "s"),
        "sources": SOURCES,
    }
    return Instrument(**(parts | changed))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"items": (Item("1", 1, LIKERT), Item("1", 2, LIKERT))}, "item '1' appears twice"),
        ({"items": (Item("1", 1, LIKERT), Item("2", 3, LIKERT))}, "numbers must run from 1"),
        (
            {"items": (Item("1", 1, LIKERT, text="How?"), Item("2", 2, LIKERT))},
            "1: its wording belongs to nobody",
        ),
        ({"branches": (("1", "9"),)}, "names '9', which is no item"),
        ({"scores": ()}, "has no score and is not switched off"),
        ({"scores": (_rule(items=("1", "9")),)}, r"scores\.total: names '9', which is no item"),
        ({"scores": (_rule(ends=(4, 4)),)}, "range .* must rise"),
        ({"scores": (_rule(items=("2", "1")),)}, "out of item order"),
        ({"scores": (_rule(least=3),)}, "needs 3 answers; must lie in 1 to 2"),
        ({"scores": (_rule(least=0),)}, "needs 0 answers; must lie in 1 to 2"),
        ({"scores": (_rule(rule=Weighted((1, 1)), least=1),)}, "needs every one of its 2 items, not 1"),
        ({"scores": (_rule(rule=Weighted((1,))),)}, "1 weights for 2 items"),
        ({"scores": (_rule(rule=Table(0, (0, 1, 2))),)}, "table must run from 0 to 4"),
        ({"scores": (_rule(rule=OfScores(("later",), "sum")),)}, "builds on 'later'"),
        ({"scores": (_rule(source="x"),)}, "cites 'x', which is not among the sources"),
        ({"thresholds": (Threshold("t", "mcid", "x", "p", "m", "s", value=1),)}, "'x', which is no score"),
    ],
)
def test_misfits_are_refused(changed, fault):
    with pytest.raises(InvalidData, match=fault):
        _make(**changed)


def test_a_branch_counts_as_one_answer():
    form = _make(branches=(("1", "2"),), scores=(_rule(least=1, ends=(0, 2)),))
    assert form.expected(form.scores[0]) == 1


def test_scores_and_thresholds_are_found_by_name():
    form = _make(thresholds=(Threshold("t", "mcid", "total", "p", "m", "s", value=1),))
    assert form.score_rule("total").name == "total"
    assert form.threshold("t").words() == "1 points"
    assert form.better("total") == "lower"
    with pytest.raises(NotFound, match="No threshold of form is called 'u'"):
        form.threshold("u")


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        ({"minimum": 4, "maximum": 4}, "minimum 4 must lie below maximum 4"),
        ({"levels": (0, 9)}, "leave 0 to 4"),
        ({"levels": (2, 1)}, "must rise without repeats"),
        ({"levels": (1, 1)}, "must rise without repeats"),
        ({"points": (1, 2)}, "2 points for 5 levels"),
        ({"labels": ("a",)}, "1 labels for 5 levels"),
    ],
)
def test_a_response_that_contradicts_itself_is_refused(response, fault):
    with pytest.raises(InvalidData, match=fault):
        Response(**({"minimum": 0, "maximum": 4, "better": "lower"} | response))


@pytest.mark.parametrize(
    ("threshold", "fault"),
    [
        ({"kind": "mic", "value": 1}, "must be mcid, mdc or pass"),
        ({"kind": "mcid"}, "needs a value or a percent"),
        ({"kind": "mcid", "value": 3, "high": 2}, "must rise"),
    ],
)
def test_a_threshold_without_sense_is_refused(threshold, fault):
    with pytest.raises(InvalidData, match=fault):
        Threshold(id="t", score="total", population="p", method="m", source="s", **threshold)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"value": 10}, "10 points"),
        ({"value": 10, "percent": 30}, "10 points or 30 %"),
        ({"percent": 15.4, "percent_high": 27}, "15.4 to 27 %"),
        ({"value": 31, "scale": "normal"}, "31 points of 100"),
    ],
)
def test_a_threshold_says_its_number(numbers, words):
    threshold = Threshold(
        id="t", kind="mcid", score="total", population="p", method="m", source="s", **numbers
    )
    assert threshold.words() == words


@pytest.mark.parametrize(
    ("losses", "fault"),
    [
        (((0, 1, 2, 3, 4),) * 4, "five dimensions of five levels"),
        (((0, 1, 2, 3),) * 5, "five dimensions of five levels"),
        (((0.1, 1, 2, 3, 4),) * 5, "level 1 must lose nothing"),
    ],
)
def test_a_value_set_of_the_wrong_form_is_refused(losses, fault):
    with pytest.raises(InvalidData, match=fault):
        ValueSet("x", "X", losses, "s")


def test_a_score_may_use_the_mean_of_part_of_the_items():
    form = _make(scores=(_rule(items=("2",), rule=Mean(), least=1, ends=(0, 2)),))
    assert form.scores[0].items == ("2",)


def test_the_room_offers_what_it_names():
    assert [name for name in instruments.__all__ if not hasattr(instruments, name)] == []
    assert instruments.__all__ == sorted(instruments.__all__, key=lambda n: (n.islower(), not n.isupper(), n))


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ({"standing": "paper"}, "needs a url or a doi"),
        ({"standing": "rumour", "doi": "10.1/x"}, "must be one of owner, paper, secondary"),
    ],
)
def test_a_source_that_cannot_be_followed_is_refused(source, fault):
    with pytest.raises(InvalidData, match=fault):
        Source("s", read="2026-11-22", **source)


def test_a_doi_is_followed_before_an_address():
    source = Source("s", standing="paper", read="2026-11-22", url="https://example.org", doi="10.1/x")
    assert source.address == "https://doi.org/10.1/x"
