"""Every instrument scores as its readable table says; the tables were worked by hand from the rules."""

from pathlib import Path

import pytest
import yaml

from enthesis.catalogue.instrument_build import expand_runs
from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import score_response
from enthesis.errors import CannotEstimate, InvalidData

TABLES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in Path(__file__).parent.glob("*.yaml")}
SWITCHED_OFF = [i.id for i in load_instruments().values() if i.switched_off]
FIELDS = {"says", "answers", "expected", "normal_0_100", "refused", "value_set"}

# The tables are written to four decimals.
PRINTED = 5e-5


CASES = [
    pytest.param(table["instrument"], case, id=f"{name}: {case['says']}")
    for name, table in sorted(TABLES.items())
    for case in table["cases"]
]


def _answers(case):
    return {item: answer for names, answer in case["answers"].items() for item in expand_runs([names])}


def _wanted(expected):
    return {
        name: None if value is None else pytest.approx(value, abs=PRINTED) for name, value in expected.items()
    }


@pytest.mark.parametrize(("name", "case"), CASES)
def test_instrument_scores_as_its_table_says(name, case):
    instrument, chosen = load_instruments()[name], case.get("value_set", "")
    if "refused" in case:
        with pytest.raises(InvalidData, match=case["refused"]):
            score_response(instrument, _answers(case))
        return
    scored = score_response(instrument, _answers(case), value_set=chosen)
    assert {n: scored.score(n).value for n in case["expected"]} == _wanted(case["expected"])
    normal = case.get("normal_0_100", {})
    assert {n: scored.score(n).normal_0_100 for n in normal} == _wanted(normal)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_score_without_value_always_says_why(name, case):
    if "refused" in case:
        return
    scored = score_response(load_instruments()[name], _answers(case), value_set=case.get("value_set", ""))
    assert [s.name for s in scored.scores if (s.value is None) != bool(s.reason)] == []


def test_every_scoring_instrument_has_a_table():
    scoring = {i.id for i in load_instruments().values() if not i.switched_off}
    assert scoring == set(TABLES)


def test_every_table_is_named_after_its_instrument():
    assert [name for name, table in TABLES.items() if table["instrument"] != name] == []


def test_every_case_has_only_known_fields():
    assert {f for table in TABLES.values() for case in table["cases"] for f in case} <= FIELDS


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_score_has_a_value_in_its_table(name):
    seen = {
        score
        for case in TABLES[name]["cases"]
        for score, value in case.get("expected", {}).items()
        if value is not None
    }
    assert seen == {rule.name for rule in load_instruments()[name].scores}


@pytest.mark.parametrize("name", SWITCHED_OFF)
def test_switched_off_instrument_refuses_with_its_reason(name):
    instrument = load_instruments()[name]
    with pytest.raises(CannotEstimate, match=r"is switched off: .+ Needed: .+"):
        score_response(instrument, {})
