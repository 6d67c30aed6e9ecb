from enthesis.domain.evidence.questions import comparisons
from enthesis.domain.vocabulary import ComparatorClass
from made_studies import arm, row, study


def questions(rules, *arms):
    found = comparisons(study("made-2020", row(), arms=arms), rules)
    return {(c.intervention, c.comparator_class) for c in found}


def test_saline_and_sham_are_placebo(rules):
    for control in ("saline", "sham"):
        assert questions(rules, arm("a", "prp"), arm("b", control)) == {("prp", ComparatorClass.PLACEBO)}


def test_exercise_given_to_both_arms_cancels_out(rules):
    found = questions(rules, arm("a", "prp", plus=("exercise",)), arm("b", "saline", plus=("exercise",)))
    assert found == {("prp", ComparatorClass.PLACEBO)}


def test_an_injection_added_to_exercise_is_compared_with_exercise(rules):
    found = questions(rules, arm("a", "prp", plus=("exercise",)), arm("b", "exercise"))
    assert found == {("prp", ComparatorClass.EXERCISE_OR_USUAL_CARE)}


def test_hyaluronic_acid_added_to_prp_is_not_hyaluronic_acid_against_prp(rules):
    found = questions(rules, arm("a", "prp", plus=("hyaluronic-acid",)), arm("b", "prp"))
    assert ("prp+hyaluronic-acid", ComparatorClass.OTHER_BIOLOGIC) in found
    assert not any(intervention == "hyaluronic-acid" for intervention, _ in found)


def test_a_dummy_injection_beside_the_product_is_blinding_not_treatment(rules):
    found = questions(rules, arm("a", "prp", plus=("saline",)), arm("b", "corticosteroid"))
    assert found == {("prp", ComparatorClass.CORTICOSTEROID)}


def test_two_biologics_are_asked_from_both_sides(rules):
    found = questions(rules, arm("a", "prp"), arm("b", "bmac"))
    assert found == {("prp", ComparatorClass.OTHER_BIOLOGIC), ("bmac", ComparatorClass.OTHER_BIOLOGIC)}


def test_corticosteroid_stands_as_intervention_only_against_placebo_and_usual_care(rules):
    assert questions(rules, arm("a", "corticosteroid"), arm("b", "saline")) == {
        ("corticosteroid", ComparatorClass.PLACEBO)
    }
    assert questions(rules, arm("a", "corticosteroid"), arm("b", "eswt")) == set()


def test_the_same_product_in_both_arms_asks_no_question(rules):
    assert questions(rules, arm("a", "prp"), arm("b", "prp")) == set()


def test_arms_of_people_who_changed_over_are_not_compared(rules):
    found = questions(rules, arm("a", "prp"), arm("b", "saline", crossover_from="a"))
    assert found == set()
