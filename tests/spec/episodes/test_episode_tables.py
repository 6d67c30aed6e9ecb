"""Verdicts, reporting clocks and checks of entries come out as their readable tables say."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from enthesis.catalogue.adverse_events_loader import load_harm_reporting
from enthesis.catalogue.entry_limits_loader import load_entry_limits
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.episodes import (
    AdverseEvent,
    Answered,
    Causality,
    ChangeVerdict,
    Expectedness,
    HarmGrade,
    HarmOutcome,
    InjectionEntry,
    PersonEntry,
    Seriousness,
    check_answer_entry,
    check_injection_entry,
    check_person_entry,
    judge_change,
    reports_due,
)

TODAY, BORN, INDEX = date(2026, 11, 22), date(1970, 5, 1), date(2026, 1, 1)
LIMITS = load_entry_limits()["standard"]
RULES = load_harm_reporting()["standard"].rules


def table(name):
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))


def says(case):
    return case["says"]


VERDICTS = table("change-verdicts")["cases"]
REPORTS = table("reports-due")["cases"]
ENTRIES = table("entries")


@pytest.mark.parametrize("case", VERDICTS, ids=says)
def test_a_change_is_judged_as_the_table_says(case):
    assert judge_change(case["improvement"], case["mcid"], case["mdc"]) == case["verdict"]


def test_the_table_of_verdicts_reaches_all_that_need_a_baseline():
    assert {case["verdict"] for case in VERDICTS} == set(ChangeVerdict) - {ChangeVerdict.NO_BASELINE}


def event_of(case):
    fatal = case.get("death", False)
    seriousness = [Seriousness(name) for name in case.get("seriousness", ["hospitalisation"])]
    cause = Causality(case.get("causality", "possible"))
    return AdverseEvent(
        term="septic arthritis",
        onset=date(2026, 3, 1),
        known_on=date(2026, 3, 3),
        grade=HarmGrade.DEATH if fatal else HarmGrade.SEVERE,
        seriousness=frozenset([*seriousness, *([Seriousness.DEATH] if fatal else [])]),
        causality_product=Causality.UNLIKELY,
        causality_procedure=cause,
        expectedness=Expectedness(case.get("expectedness", "unexpected")),
        outcome=HarmOutcome.FATAL if fatal else HarmOutcome.RECOVERING,
    )


@pytest.mark.parametrize("case", REPORTS, ids=says)
def test_reports_are_due_when_the_table_says(case):
    found = reports_due(
        event_of(case),
        RULES,
        setting=case.get("setting", "trial"),
        country=case.get("country", "IN"),
        today=date(2026, 3, 20),
    )
    assert {report.rule.id: report.due for report in found} == case["due"]
    assert [report.due for report in found] == sorted(case["due"].values())
    assert all(report.overdue_days == (date(2026, 3, 20) - report.due).days for report in found)


def check(found, wanted):
    assert [(f.gravity, f.field) for f in found] == [(gravity, field) for gravity, field, _ in wanted]
    for finding, (_, _, part) in zip(found, wanted, strict=True):
        assert part in f"{finding.message} {finding.repair}"


@pytest.mark.parametrize("case", ENTRIES["person"], ids=says)
def test_a_person_is_taken_refused_or_asked_back(case):
    entry = PersonEntry(case["born"], case.get("weight_kg"), case.get("height_cm"))
    check(check_person_entry(entry, LIMITS, TODAY), case["found"])


@pytest.mark.parametrize("case", ENTRIES["injection"], ids=says)
def test_an_injection_is_taken_refused_or_asked_back(case):
    numbers = [case.get(name) for name in ("volume_ml", "needle_gauge", "needle_length_mm")]
    entry = InjectionEntry(case["day"], case["region"], "left knee", *numbers)
    earlier = [InjectionEntry(day, case["region"], "left knee") for day in case.get("earlier", ())]
    check(check_injection_entry(entry, BORN, earlier, LIMITS, TODAY), case["found"])


@pytest.mark.parametrize("case", ENTRIES["answer"], ids=says)
def test_an_answer_is_taken_refused_or_asked_back(case):
    protocol = load_protocols()["enthesis-standard"]
    answer = Answered("nrs-pain", case["window"], case["day"])
    earlier = [Answered(*given) for given in case.get("earlier", ())]
    check(check_answer_entry(answer, INDEX, protocol, earlier, TODAY), case["found"])
