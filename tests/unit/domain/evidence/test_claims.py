from enthesis.domain.evidence import build
from enthesis.domain.evidence.claims import Ask, Claim, Status, answer_claim
from enthesis.domain.evidence.study import Product
from enthesis.domain.vocabulary import ComparatorClass
from made_studies import arm, figures, row, study, trial

KNEE = {"condition": "knee-osteoarthritis", "intervention": "prp"}
PAIN = Ask(**KNEE, comparator=ComparatorClass.PLACEBO, outcome="pain")


def standing(rules, vocabulary, studies, *asks):
    held = build({s.id: s for s in studies}, {}, vocabulary, rules)
    return answer_claim(Claim("made", "PRP helps.", "Made", (), asks), held)


def helpful():
    return [trial(f"t-{i}", 14, n=150) for i in range(3)]


def test_a_claim_is_supported_when_every_part_agrees(rules, vocabulary):
    assert standing(rules, vocabulary, helpful(), PAIN).status is Status.SUPPORTED


def test_a_claim_is_partly_supported_when_a_part_has_no_data(rules, vocabulary):
    function = Ask(**KNEE, comparator=ComparatorClass.PLACEBO, outcome="function")
    assert standing(rules, vocabulary, helpful(), PAIN, function).status is Status.PARTLY


def test_a_claim_is_not_supported_when_the_verdict_speaks_against_it(rules, vocabulary):
    flat = [trial(f"t-{i}", 1, n=150) for i in range(3)]
    assert standing(rules, vocabulary, flat, PAIN).status is Status.NOT_SUPPORTED


def test_uncertain_evidence_answers_nothing(rules, vocabulary):
    found = standing(rules, vocabulary, [trial("t-1", 14, n=10)], PAIN)
    assert found.status is Status.CANNOT_SAY
    assert found.findings[0].answer is not None


def test_nothing_known_answers_nothing(rules, vocabulary):
    elsewhere = Ask("hip-osteoarthritis", "prp", outcome="pain")
    assert standing(rules, vocabulary, helpful(), elsewhere).status is Status.CANNOT_SAY


def test_a_split_with_one_trial_a_side_is_too_thin_to_say(rules, vocabulary):
    thin = {"split_by": "leukocytes", "better_group": "leukocyte-poor"}
    dose = Ask(**KNEE, comparator=ComparatorClass.PLACEBO, outcome="pain", **thin)
    (finding,) = standing(rules, vocabulary, [trial("a-2019", 2), trial("b-2020", 9)], dose).findings
    assert "do not differ" in finding.why


def prepared(name, poor_benefit, n=200):
    arms = (
        arm("poor", "prp", n=n, product=Product(leukocytes="poor")),
        arm("rich", "prp", n=n, product=Product(leukocytes="rich")),
    )
    return study(name, row(figures("poor", n, 50 - poor_benefit, 20), figures("rich", n, 50, 20)), arms=arms)


def test_direct_comparisons_of_two_preparations_vote(rules, vocabulary):
    ask = Ask(**KNEE, variant=("leukocyte-poor", "leukocyte-rich"))
    assert standing(rules, vocabulary, [prepared("a-2019", 10)], ask).status is Status.SUPPORTED
    assert standing(rules, vocabulary, [prepared("a-2019", -10)], ask).status is Status.NOT_SUPPORTED
    assert standing(rules, vocabulary, [prepared("a-2019", 0.1)], ask).status is Status.CANNOT_SAY
