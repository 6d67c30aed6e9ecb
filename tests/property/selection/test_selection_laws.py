"""Laws of candidacy that hold for any patient."""

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.catalogue.selection_loader import load_selection
from enthesis.domain.selection import FACETS, Rulebook, Scenario, decide, in_force
from enthesis.domain.selection.decision import conclude
from enthesis.domain.selection.logic import AllOf, AnyOf, Comparison, Not, holds, unknowns
from enthesis.domain.selection.readings import read_again, read_rules
from enthesis.domain.selection.what_if import missing_facts, what_would_move

TODAY = date(2026, 11, 22)
RULES = in_force(load_selection().rules, TODAY)
ORDERED = [s for s in Scenario if s is not Scenario.CANNOT_SAY]

comparisons = st.builds(
    lambda name, words: Comparison(name, "is", frozenset(words)),
    st.sampled_from("abc"),
    st.sets(st.sampled_from([1, 2]), min_size=1),
)
conditions = st.recursive(
    comparisons,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(lambda parts: AllOf(tuple(parts)), st.lists(inner, max_size=3))
        | st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, min_size=1, max_size=3))
    ),
    max_leaves=8,
)
facts = st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from([None, 1, 2])))


@given(conditions, facts)
def test_an_open_condition_names_facts_and_a_decided_one_none(condition, known):
    assert bool(unknowns(condition, known)) is (holds(condition, known) is None)


@given(conditions, facts, facts)
def test_what_is_decided_stays_so_when_more_becomes_known(condition, known, more):
    decided = holds(condition, known)
    fuller = {name: known[name] if known[name] is not None else more[name] for name in known}
    if decided is not None:
        assert holds(condition, fuller) is decided


@given(conditions, facts)
def test_two_negations_cancel(condition, known):
    assert holds(Not(Not(condition)), known) is holds(condition, known)


def value_of(name):
    facet = FACETS[name]
    if facet.kind == "flag":
        return st.booleans()
    if facet.kind == "number":
        return st.floats(0, 400)
    words = st.sampled_from(facet.choices or ("other",))
    return words if facet.kind == "word" else st.frozensets(words, max_size=2)


SITES = [
    {"condition": "knee-osteoarthritis", "region": "knee", "family": "osteoarthritis"},
    {"condition": "discogenic-low-back-pain", "region": "lumbar-disc", "family": "spine"},
    {"condition": "lateral-epicondylitis", "region": "elbow", "family": "tendon-soft-tissue"},
]
SUBSTANCES = [
    {"intervention": frozenset({"prp"}), "product": frozenset({"blood"})},
    {"intervention": frozenset({"bmac"}), "product": frozenset({"cells"})},
    {"intervention": frozenset({"hyaluronic-acid"}), "product": frozenset({"hyaluronic-acid"})},
]
FIXED = {"condition", "region", "family", "intervention", "product", "country"}
patients = st.builds(
    lambda site, substance, rest: {**rest, **site, **substance, "country": None},
    st.sampled_from(SITES),
    st.sampled_from(SUBSTANCES),
    st.fixed_dictionaries({n: st.none() | value_of(n) for n in FACETS if n not in FIXED}),
)


@cache
def book(limit=Scenario.LIKELY):
    return Rulebook(RULES, load_selection().regulations, limit)


@given(patients, st.sampled_from(ORDERED))
def test_no_scenario_is_more_optimistic_than_the_evidence_allows(patient, limit):
    found = decide(patient, book(limit)).scenario
    assert found is Scenario.CANNOT_SAY or found.rank <= limit.rank


@given(patients)
def test_no_scenario_is_better_than_any_rule_that_applies(patient):
    decision = decide(patient, book())
    limits = [rule.limit.rank for rule in decision.applied if rule.limit]
    assert decision.scenario is Scenario.CANNOT_SAY or decision.scenario.rank <= min(limits, default=9)


@given(patients)
def test_cannot_say_always_says_because_of_what(patient):
    decision = decide(patient, book())
    assert (decision.scenario is not Scenario.CANNOT_SAY) or decision.blocking


@given(patients)
def test_a_known_absolute_contraindication_is_never_undone_by_what_is_unknown(patient):
    infected = {**patient, "infection": "local"}
    assert decide(infected, book()).scenario is Scenario.DO_NOT


@given(patients)
def test_the_order_of_rules_does_not_matter(patient):
    turned = Rulebook(RULES[::-1], load_selection().regulations, Scenario.LIKELY)
    assert decide(patient, turned).scenario is decide(patient, book()).scenario


@given(patients, st.data())
def test_reading_again_the_rules_that_ask_for_a_fact_is_deciding_anew(patient, data):
    fact = data.draw(st.sampled_from([name for name in FACETS if name not in FIXED]))
    other = {**patient, fact: data.draw(st.none() | value_of(fact))}
    again = conclude(read_again(read_rules(RULES, patient), fact, other), other, book())
    assert again == decide(other, book())


@settings(max_examples=25, deadline=None)
@given(patients)
def test_a_move_that_is_promised_is_a_move_that_happens(patient):
    decision = decide(patient, book())
    for move in what_would_move(patient, book(), decision):
        assert all(a.scenario is not decision.scenario for a in move.alternatives)
        assert patient[move.fact] is not None
    for move in missing_facts(patient, book(), decision):
        assert patient[move.fact] is None
        assert move.blocks or any(a.scenario is not decision.scenario for a in move.alternatives)
