"""Every vignette of the tables holds; the same tables make docs/reference/selection."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from enthesis import catalogue
from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.selection import (
    Consequence,
    Rulebook,
    Scenario,
    decide,
    facets_of,
    in_force,
    most_cautious,
    read_facts,
)
from enthesis.domain.selection.logic import facts_asked
from enthesis.errors import InvalidData

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
TABLES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))}
PATIENTS = TABLES["patients"]
KNOWLEDGE = load_selection()


@cache
def vocabulary():
    return catalogue.load().vocabulary


def rows(kind):
    found = [
        pytest.param(row, id=f"{name}: {row['say']}")
        for name, table in TABLES.items()
        if table["kind"] == kind
        for row in table["rows"]
    ]
    assert found, f"no table of the kind {kind}"
    return found


def document(row):
    given = PATIENTS["all_of_them"] | PATIENTS["patients"][row["patient"]] | row.get("with", {})
    return {name: value for name, value in given.items() if name not in row.get("without", ())}


def facts_of(row):
    return read_facts(document(row), vocabulary(), KNOWLEDGE.systems, KNOWLEDGE.regulations, TODAY)


def decision_of(row):
    facts = facts_of(row)
    facets = facets_of(facts, vocabulary(), KNOWLEDGE.stages, KNOWLEDGE.drugs, TODAY)
    # The evidence is held out of the tables: they test the rules, and the catalogue grows.
    return decide(facets, Rulebook(in_force(KNOWLEDGE.rules, TODAY), KNOWLEDGE.regulations, Scenario.LIKELY))


@pytest.mark.parametrize("row", rows("vignettes"))
def test_a_vignette_has_its_scenario_and_its_reasons(row):
    decision = decision_of(row)
    applied = {rule.id for rule in decision.applied}
    assert set(row["applies"]) <= applied
    assert not set(row["not"]) & applied
    assert decision.candidacy == row["scenario"]


@pytest.mark.parametrize("row", rows("law"))
def test_the_law_of_a_country_limits_the_scenario(row):
    decision = decision_of(row)
    position = min(decision.legal, key=lambda p: (p.limit is None, p.status != row["status"]))
    assert position.status == row["status"]
    assert row["text"] in position.text
    assert decision.scenario == row["scenario"]


@pytest.mark.parametrize("row", rows("refused"))
def test_facts_that_cannot_be_are_refused_by_name(row):
    with pytest.raises(InvalidData, match=row["refused"]):
        facts_of(row)


def test_there_are_at_least_sixty_vignettes_and_each_names_its_source():
    held = [param.values[0] for param in rows("vignettes")]
    assert len(held) >= 60
    assert all(row["source"] for row in held)


@pytest.mark.parametrize("rule", in_force(KNOWLEDGE.rules, TODAY), ids=lambda rule: rule.id)
def test_every_rule_is_met_on_both_of_its_sides(rule):
    held = [param.values[0] for param in rows("vignettes")]
    assert any(rule.id in row["applies"] for row in held), "no vignette in which it applies"
    assert any(rule.id in row["not"] for row in held), "no vignette in which it does not"


@cache
def numbers_tried():
    """Values of every number that some vignette gives, by fact."""
    found: dict[str, set[float]] = {}
    for param in rows("vignettes"):
        facts = facts_of(param.values[0])
        facets = facets_of(facts, vocabulary(), KNOWLEDGE.stages, KNOWLEDGE.drugs, TODAY)
        for name, value in facets.items():
            if isinstance(value, float | int) and not isinstance(value, bool):
                found.setdefault(name, set()).add(float(value))
    return found


THRESHOLDS = sorted(
    {
        (c.fact, c.against)
        for rule in in_force(KNOWLEDGE.rules, TODAY)
        for c in facts_asked(rule.when)
        if isinstance(c.against, float | int)
    }
)


@pytest.mark.parametrize(("fact", "limit"), THRESHOLDS)
def test_every_threshold_is_met_just_below_and_just_at_it(fact, limit):
    tried = numbers_tried()[fact]
    below = max((v for v in tried if v < limit), default=None)
    at = min((v for v in tried if v >= limit), default=None)
    assert below is not None, "no vignette below it"
    assert at is not None, "no vignette at or above it"
    # One year, month, day, percent or platelet count of 10^9/L is the finest anybody writes down.
    assert at - below <= 1


def test_no_vignette_names_a_rule_that_is_gone():
    known = {rule.id for rule in KNOWLEDGE.rules}
    for param in rows("vignettes"):
        row = param.values[0]
        assert set(row["applies"]) | set(row["not"]) <= known, row["say"]


def test_every_kind_of_table_is_tested():
    assert {table["kind"] for table in TABLES.values()} == {"patients", "vignettes", "law", "refused"}


@pytest.mark.parametrize("row", rows("vignettes"))
def test_the_scenario_is_the_most_cautious_of_what_applies(row):
    """Told again from the rules alone: no other number enters."""
    decision = decision_of(row)
    indicated = [r.scenario for r in decision.applied if r.consequence is Consequence.INDICATES]
    limits = [r.limit for r in decision.applied if r.limit]
    base = most_cautious(indicated) if indicated else Scenario.UNCERTAIN
    assert decision.candidacy is most_cautious([base, *limits])
