"""How trials gave an injection: medians and ranges with the number of arms that state it."""

from dataclasses import replace

from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence.study import Integrity, Product
from enthesis.domain.selection import trial_protocols
from made_studies import arm, study

RULES = load_evidence_rules()


def given(name, plus=(), intervention="prp", **product):
    arms = (
        arm("prp", intervention, n=20, plus=plus, product=Product(**product)),
        arm("saline", "saline", n=20),
    )
    return study(name, arms=arms)


def protocols(*studies, intervention="prp"):
    return trial_protocols(studies, "knee-osteoarthritis", intervention, RULES)


def test_a_number_has_its_median_its_range_and_the_arms_behind_it():
    found = protocols(
        given("a", injections=1), given("b", injections=3), given("c", injections=4), given("d")
    )
    (number,) = found.numbers
    assert (number.median, number.lo, number.hi, number.k) == (3, 1, 4, 3)
    assert (found.studies, found.arms) == (4, 4)


def test_words_are_counted_and_what_is_unknown_is_not_a_word():
    found = protocols(
        given("a", leukocytes="poor"), given("b", leukocytes="poor"), given("c", leukocytes="unknown")
    )
    assert found.words == {"leukocytes": (("poor", 2),)}


def test_exercise_beside_the_injection_changes_nothing_and_another_product_does():
    with_exercise, with_acid = (
        given("a", plus=("exercise",), injections=2),
        given("b", plus=("hyaluronic-acid",)),
    )
    assert protocols(with_exercise, with_acid).arms == 1
    assert protocols(with_exercise, with_acid, intervention="prp+hyaluronic-acid").arms == 1


def test_suspect_reports_and_second_reports_of_a_trial_are_left_out():
    suspect = replace(given("a", injections=9), integrity=Integrity("suspect", ("reason",)))
    first = replace(given("b", injections=1), same_trial_as=("c",))
    second = replace(given("c", injections=1), same_trial_as=("b",))
    assert [(n.k, n.hi) for n in protocols(suspect, first, second).numbers] == [(1, 1)]


def test_nothing_stated_gives_no_number():
    assert protocols(given("a")).numbers == ()
