from dataclasses import replace

from enthesis.domain.evidence import build
from enthesis.domain.evidence.claims import Ask, Claim, Status, answer_claim
from enthesis.domain.evidence.study import Integrity, Product
from enthesis.domain.vocabulary import ComparatorClass
from made_studies import arm, figures, row, study, trial

KNEE = {"condition": "knee-osteoarthritis", "intervention": "prp"}
PAIN = Ask(**KNEE, comparator=ComparatorClass.PLACEBO, outcome="pain")


def standing(rules, vocabulary, studies, *asks):
    held = build({s.id: s for s in studies}, {}, vocabulary, rules)
    return answer_claim(Claim("made", "PRP helps.", "Made", (), asks), held)


def helpful(trials=6):
    return [trial(f"t-{i}", 16, n=150) for i in range(trials)]


def test_a_claim_is_supported_when_every_part_agrees_and_one_firmly(rules, vocabulary):
    found = standing(rules, vocabulary, helpful(), PAIN)
    assert found.findings[0].firm
    assert found.status is Status.SUPPORTED


def test_low_certainty_supports_a_claim_in_part(rules, vocabulary):
    found = standing(rules, vocabulary, [trial("t-1", 16, n=70)], PAIN)
    assert not found.findings[0].firm
    assert found.status is Status.PARTLY


def test_being_worse_fits_a_claim_of_no_benefit(rules, vocabulary):
    nothing = Ask(**KNEE, comparator=ComparatorClass.PLACEBO, outcome="pain", expects="no-benefit")
    worse = [trial(f"t-{i}", -16, n=150) for i in range(6)]
    assert standing(rules, vocabulary, worse, nothing).status is Status.SUPPORTED


def test_what_has_no_week_is_not_what_a_claim_about_weeks_asks(rules, vocabulary):
    late = Ask(**KNEE, comparator=ComparatorClass.PLACEBO, outcome="pain", weeks=(79, None))
    assert standing(rules, vocabulary, helpful(), late).status is Status.CANNOT_SAY


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


def test_directions_of_two_trials_or_more_lean_but_never_settle(rules, vocabulary):
    ask = Ask(**KNEE, variant=("leukocyte-poor", "leukocyte-rich"))

    def status(*benefits):
        held = [prepared(f"t-{i}", benefit) for i, benefit in enumerate(benefits)]
        return standing(rules, vocabulary, held, ask).status

    assert status(10) is Status.CANNOT_SAY
    assert status(10, 3) is Status.PARTLY
    assert status(-10, -3) is Status.NOT_SUPPORTED
    assert status(10, -3) is Status.CANNOT_SAY
    assert status(10, 3, 2, -3) is Status.PARTLY


def test_a_trial_has_one_voice_and_a_suspect_one_none(rules, vocabulary):
    ask = Ask(**KNEE, variant=("leukocyte-poor", "leukocyte-rich"))
    twin = replace(prepared("b-2020", 5), same_trial_as=("a-2019",))
    doubtful = replace(prepared("c-2021", 5), integrity=Integrity("suspect", ("copied",)))
    (finding,) = standing(rules, vocabulary, [prepared("a-2019", 10), twin, doubtful], ask).findings
    assert finding.why.startswith("1 trial compares them directly: 1 better with leukocyte-poor")
