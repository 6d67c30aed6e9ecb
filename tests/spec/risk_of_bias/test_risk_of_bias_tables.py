"""The decision rules of RoB 2 and ROBINS-I against a table and against every answer there can be."""

from itertools import islice
from pathlib import Path

import pytest
import yaml

from enthesis.catalogue.risk_of_bias_tools import load_risk_of_bias_tools
from enthesis.domain.evidence.appraisal import asked_questions, propose_domain, propose_overall
from enthesis.domain.evidence.appraisal.questioning import holds
from enthesis.errors import InvalidData

HERE = Path(__file__).parent
TOOLS = load_risk_of_bias_tools()
ROB2 = TOOLS["rob2-2019"]
TABLES = {name: yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")) for name in TOOLS}
DOMAINS = {d.id: d for d in ROB2.domains}
CASES = [(d, case) for d in DOMAINS for case in TABLES["rob2-2019"][d]]
OVERALL = [(name, case) for name, table in TABLES.items() for case in table["overall"]]
YES, NO = ("Y", "PY"), ("N", "PN")


@pytest.mark.parametrize(("domain", "case"), CASES, ids=[case["says"] for _, case in CASES])
def test_answers_lead_to_the_judgement_of_the_flow_chart(domain, case):
    assert propose_domain(ROB2, DOMAINS[domain], case["answers"]).id == case["gives"]


@pytest.mark.parametrize(("name", "case"), OVERALL, ids=[case["says"] for _, case in OVERALL])
def test_domains_lead_to_the_overall_judgement(name, case):
    judged = [TOOLS[name].level(level) for level in case["judged"]]
    assert len(judged) == len(TOOLS[name].domains)
    assert propose_overall(judged).id == case["gives"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_table_meets_every_rule_of_every_part(domain):
    for part in DOMAINS[domain].parts:
        met = {
            next(i for i, rule in enumerate(part) if holds(rule.when, case["answers"]))
            for case in TABLES["rob2-2019"][domain]
        }
        assert met == set(range(len(part)))


def every_way_to_answer(domain, answers=()):
    """Every complete set of answers, each question asked only when those before call for it."""
    given = dict(answers)
    todo = [q for q in asked_questions(domain, given) if q.id not in given]
    if not todo:
        yield given
        return
    for code in todo[0].answers:
        yield from every_way_to_answer(domain, {**given, todo[0].id: code})


def d1(a):
    if a["1.2"] in NO:
        return "high"
    if a["1.2"] == "NI":
        return "high" if a["1.3"] in YES else "some-concerns"
    return "some-concerns" if a["1.1"] in NO or a["1.3"] in YES else "low"


def d2(a):
    if (a["2.1"] in NO and a["2.2"] in NO) or a["2.3"] in NO:
        deviations = 0
    elif a["2.3"] == "NI" or a["2.4"] in NO or a["2.5"] in YES:
        deviations = 1
    else:
        deviations = 2
    analysis = 0 if a["2.6"] in YES else 1 if a["2.7"] in NO else 2
    return ("low", "some-concerns", "high")[max(deviations, analysis)]


def d3(a):
    if a["3.1"] in YES or a["3.2"] in YES or a["3.3"] in NO:
        return "low"
    return "some-concerns" if a["3.4"] in NO else "high"


def d4(a):
    if a["4.1"] in YES or a["4.2"] in YES:
        return "high"
    if a["4.3"] in NO or a["4.4"] in NO:
        return "low" if a["4.2"] in NO else "some-concerns"
    return "some-concerns" if a["4.5"] in NO else "high"


def d5(a):
    if a["5.2"] in YES or a["5.3"] in YES:
        return "high"
    if "NI" in (a["5.2"], a["5.3"]):
        return "some-concerns"
    return "low" if a["5.1"] in YES else "some-concerns"


# Counted from the flow charts. A last question has 5 answers, 4 without "no information"; one before it that
# goes on after 3 of 5 answers has 2 + 3 x 5 = 17 ways, and so on towards the first question.
WAYS = {
    "D1": 5 * 5 * 5,
    "D2": (4 * 1 + 21 * (3 + 2 * (2 + 3 * 5))) * (2 + 3 * 5),
    "D3": 2 + 3 * (2 + 2 * (2 + 3 * 5)),
    "D4": 16 * 1 + 9 * (2 + 3 * (2 + 3 * 5)),
    "D5": 5 * 5 * 5,
}
CHARTS = {"D1": d1, "D2": d2, "D3": d3, "D4": d4, "D5": d5}


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_way_to_answer_ends_in_the_judgement_of_the_guidance(domain):
    ways = list(every_way_to_answer(DOMAINS[domain]))
    assert len(ways) == WAYS[domain]
    for answers in ways:
        assert propose_domain(ROB2, DOMAINS[domain], answers).id == CHARTS[domain](answers), answers


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_question_left_open_gives_no_judgement(domain):
    for answers in islice(every_way_to_answer(DOMAINS[domain]), 200):
        for left_open in answers:
            rest = {q: a for q, a in answers.items() if q != left_open}
            with pytest.raises(InvalidData, match="it has no answer"):
                propose_domain(ROB2, DOMAINS[domain], rest)


def test_an_answer_nobody_asked_for_is_refused_and_not_applicable_is_not():
    asked = {"3.1": "Y"}
    assert propose_domain(ROB2, DOMAINS["D3"], asked | {"3.2": "NA"}).id == "low"
    with pytest.raises(InvalidData, match=r"3\.2: it is not asked after these answers"):
        propose_domain(ROB2, DOMAINS["D3"], asked | {"3.2": "N"})


def test_a_code_that_the_question_does_not_know_is_refused():
    with pytest.raises(InvalidData, match=r"3\.2: 'NI' is no answer to it"):
        propose_domain(ROB2, DOMAINS["D3"], {"3.1": "N", "3.2": "NI"})


def test_robins_i_proposes_nothing_for_a_domain():
    robins = TOOLS["robins-i-2016"]
    answers = {"3.1": "Y", "3.2": "Y", "3.3": "N"}
    assert propose_domain(robins, robins.domains[2], answers) is None


def test_levels_of_a_tool_read_without_colour():
    for tool in TOOLS.values():
        assert len({level.mark for level in tool.levels}) == len(tool.levels)
