"""Assessments as files: the one of the how-to, and the slips its reader will make."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from enthesis.catalogue import load
from enthesis.catalogue.risk_of_bias_assessments import load_assessments
from enthesis.domain.evidence.appraisal import Band
from enthesis.errors import InvalidData
from made_studies import study, trial

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "assess-risk-of-bias.md"
EXAMPLE = re.findall(r"```yaml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), flags=re.DOTALL)[0]
STUDIES = {"example-2026": trial("example-2026", 4)}


@pytest.fixture
def read(tmp_path):
    """Assessments of files given as text, by name."""

    def load(text=EXAMPLE, studies=STUDIES, **more):
        (tmp_path / "example-2026-pain.yaml").write_text(text, encoding="utf-8")
        for name, other in more.items():
            (tmp_path / f"{name}.yaml").write_text(other, encoding="utf-8")
        return load_assessments(studies, tmp_path)

    return load


def test_what_ships_says_who_judged_where_it_stands_and_that_nobody_checked_it():
    held = load_assessments(load().studies)
    assert len({a.study for a in held}) >= 6
    for a in held:
        assert all("not yet checked by a second" in who for who in a.assessors), a.id
        assert all("http" in given.reason for given in a.domains.values()), a.id


def test_a_reading_that_nobody_checked_calls_no_trial_low_risk():
    assert [a.id for a in load_assessments(load().studies) if a.band is Band.LOW] == []


def test_the_file_of_the_how_to_is_read_with_proposals_and_decision_both_kept(read):
    (a,) = read()
    assert [j.id for j in a.judgements] == ["low", "low", "low", "low", "low"]
    assert a.proposed("D5").id == "some-concerns"
    assert a.judgement("D5").id == "low"
    assert a.domains["D5"].decision.by == "First Assessor"
    assert (a.overall.id, a.band, a.on) == ("low", Band.LOW, date(2026, 11, 30))
    assert a.remark == ""


def test_an_overall_decision_stands_over_the_proposal_and_keeps_it(read):
    doc = yaml.safe_load(EXAMPLE)
    opinion = {"level": "high", "by": "A", "date": "2026-11-30", "reason": "adds up"}
    (a,) = read(json.dumps(doc | {"overall": {"decision": opinion}}))
    assert (a.proposed_overall.id, a.overall.id, a.band) == ("low", "high", Band.HIGH)


def test_several_concerns_ask_the_assessor(read):
    doc = yaml.safe_load(EXAMPLE)
    del doc["domains"]["D5"]["decision"]
    doc["domains"]["D1"]["answers"]["1.2"] = "NI"
    (a,) = read(json.dumps(doc))
    assert a.overall.id == "some-concerns"
    assert "the assessor decides" in a.remark


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (("'3.1': 'Y'", "'3.1': 'N'"), r"domains\.D3\.answers\.3\.2: it has no answer"),
        (("'3.1': 'Y'", "'3.1': Y"), r"quote it: 'Y'"),
        (("'1.1': 'Y'", "'1.1': 'X'"), "'X' is no known answer code"),
        (("study: example-2026", "study: exmaple-2026"), "there is no study 'exmaple-2026'"),
        (("tool: rob2-2019", "tool: rob2-2018"), "there is no tool 'rob2-2018'"),
        (("tool: rob2-2019", "tool: robins-i-2016"), "ROBINS-I judges quasi-randomised, nonrandomised"),
        (("weeks: 26}", "weeks: 52}"), "has no row pain, vas-pain, week 52"),
        (("weeks: 26}", "weeks: 26, of: placebo}"), "'placebo' is no arm of example-2026"),
        (("level: low", "level: lwo"), "'lwo' is no level"),
        (("id: example-2026-pain", "id: other"), "differs from the file name"),
        (("date: '2026-11-30'\nread", "date: '2026-13-30'\nread"), "'2026-13-30' is no day"),
        (("    reason: 115 of 120 people at week 26\n", ""), "the field 'reason' is missing"),
        (("  D3:", "  D7:"), r"RoB 2 has no domain 'D7'"),
    ],
)
def test_slips_are_told_with_their_place(read, slip, told):
    assert slip[0] in EXAMPLE
    with pytest.raises(InvalidData, match=told):
        read(EXAMPLE.replace(*slip, 1))


def test_one_result_is_judged_once(read):
    other = EXAMPLE.replace("id: example-2026-pain", "id: second")
    with pytest.raises(InvalidData, match="is also judged by example-2026-pain"):
        read(second=other)


def test_robins_i_needs_a_decision_in_every_domain(read):
    answers = {d: {"answers": {}, "reason": "r"} for d in ("D1", "D2", "D3", "D4", "D5", "D6", "D7")}
    doc = yaml.safe_load(EXAMPLE) | {"tool": "robins-i-2016", "domains": answers}
    series = {"example-2026": study("example-2026", *STUDIES["example-2026"].results, design="nonrandomised")}
    with pytest.raises(InvalidData, match="ROBINS-I proposes no judgement here"):
        read(json.dumps(doc), series)
