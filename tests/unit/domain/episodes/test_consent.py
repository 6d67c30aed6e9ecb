"""Consent by purpose: states, what they permit, and rules that contradict themselves."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from enthesis.catalogue.consents_loader import load_permissions
from enthesis.domain.episodes import (
    Act,
    ConsentEntry,
    ConsentState,
    Purpose,
    check_may,
    consent_state,
    may,
    permissions,
)
from enthesis.errors import InvalidData, NotAllowed

RULES = load_permissions()["standard"]
TODAY = date(2026, 11, 22)


def entry(purpose, decision="given", on=date(2026, 1, 1), version="1", form="patient-consent"):
    return ConsentEntry(Purpose(purpose), decision, on, form, version, "hi")


def with_form(**change):
    return replace(RULES, forms=(replace(RULES.forms[0], **change),))


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ([], ConsentState.NEVER),
        ([entry("research")], ConsentState.GIVEN),
        ([entry("research", "refused")], ConsentState.NEVER),
        ([entry("research"), entry("research", "withdrawn", TODAY)], ConsentState.WITHDRAWN),
        ([entry("research", "withdrawn", TODAY), entry("research")], ConsentState.WITHDRAWN),
        ([entry("research"), entry("research", "withdrawn"), entry("research")], ConsentState.GIVEN),
        ([entry("research", version="9")], ConsentState.EXPIRED),
        ([entry("research", on=date(2027, 1, 1))], ConsentState.NEVER),
        ([entry("contact")], ConsentState.NEVER),
    ],
)
def test_the_last_decision_up_to_today_holds(entries, state):
    assert consent_state(Purpose.RESEARCH, entries, RULES, TODAY) is state


def test_consent_lasts_as_long_as_its_form_says():
    given, rules = [entry("research")], with_form(valid_days=10)
    assert consent_state(Purpose.RESEARCH, given, rules, date(2026, 1, 11)) is ConsentState.GIVEN
    assert consent_state(Purpose.RESEARCH, given, rules, date(2026, 1, 12)) is ConsentState.EXPIRED


def test_a_renewed_form_ends_the_consents_to_the_old_one_on_its_day():
    given, rules = [entry("research")], with_form(renew_from=date(2026, 6, 1))
    assert consent_state(Purpose.RESEARCH, given, rules, date(2026, 5, 31)) is ConsentState.GIVEN
    assert consent_state(Purpose.RESEARCH, given, rules, date(2026, 6, 1)) is ConsentState.EXPIRED


def test_research_needs_the_registry_and_the_registry_needs_care():
    assert not may(Act.USE_IN_RESEARCH, [entry("research")], RULES, TODAY)
    given = [entry("research"), entry("registry"), entry("care")]
    assert may(Act.USE_IN_RESEARCH, given, RULES, TODAY)


def test_the_refusal_names_every_consent_that_is_missing():
    given = [entry("care"), entry("sharing", "withdrawn")]
    with pytest.raises(
        NotAllowed, match=r"registry \(never\), sharing \(withdrawn\), cross-border \(never\)"
    ):
        check_may(Act.SEND_ABROAD, given, RULES, TODAY)
    check_may(Act.RECORD_CARE, given, RULES, TODAY)


def test_withdrawn_contact_stops_reminders_and_nothing_else():
    given = [entry(purpose) for purpose in Purpose]
    found = permissions([*given, entry("contact", "withdrawn", TODAY)], RULES, TODAY)
    assert [act for act in Act if not found[act]] == [Act.REMIND]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"needs": MappingProxyType({})}, "nothing is said of 'record-care'"),
        ({"withdrawal": MappingProxyType({})}, "nothing is said of withdrawing 'care'"),
        (
            {"withdrawal": RULES.withdrawal | {Purpose.CONTACT: RULES.withdrawal[Purpose.CROSS_BORDER]}},
            "stops other acts than those that need it. List remind.",
        ),
        (
            {"rests_on": {Purpose.CARE: (Purpose.REGISTRY,), Purpose.REGISTRY: (Purpose.CARE,)}},
            "rests on itself",
        ),
        ({"forms": RULES.forms * 2}, "version 1 of patient-consent is given twice"),
    ],
)
def test_rules_that_leave_something_open_are_refused(change, message):
    with pytest.raises(InvalidData, match=message):
        replace(RULES, **change)
