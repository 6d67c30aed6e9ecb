"""Moderators of made trials: what is read, when a line is drawn, when nothing is said."""

import pytest

from enthesis.domain.evidence import build
from enthesis.domain.evidence.fragility import Kin, gather
from enthesis.domain.evidence.groups import split
from enthesis.domain.evidence.moderators import ENOUGH, MODERATORS, holm, moderation
from enthesis.domain.evidence.study import Population, Product
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.moderator_words import (
    moderation_lead,
    moderation_sentences,
    needed_words,
    sceptic_words,
    slope_words,
)
from made_studies import arm, figures, row, trial, with_row

PAIN = Kin("knee-osteoarthritis", "prp", ComparatorClass.PLACEBO, "pain")


@pytest.fixture
def tried(vocabulary, rules):
    def try_all(*studies):
        held = build({s.id: s for s in studies}, {}, vocabulary, rules)
        return moderation(PAIN, gather(held).get(PAIN, ()), held)

    return try_all


def given(name, benefit, *, sd=20.0, people=None, **product):
    arms = (arm("prp", "prp", product=Product(**product)), arm("saline", "saline"))
    return trial(name, benefit, sd=sd, arms=arms, population=people or Population())


def one(found, name):
    return next(t for t in found.tried if t.moderator.name == name)


def series(count, **more):
    """Trials with 1, 2 or 3 injections in turn, three points more benefit for each."""
    return [given(f"trial-{i:02}", 4 + 3 * (1 + i % 3), injections=1 + i % 3, **more) for i in range(count)]


def test_enough_trials_give_the_slope_and_may_speak(tried):
    found = tried(*series(12))
    injections = one(found, "injections")
    assert injections.fitted.coefficient == pytest.approx(3.0, abs=1e-9)
    assert injections.too_few is None
    assert "Of 12 trials, enough tell injections" in moderation_lead(found)


def test_below_ten_a_line_is_drawn_and_called_too_few(tried):
    found = tried(*series(9))
    injections = one(found, "injections")
    assert injections.fitted is not None
    assert "too few to say: 9 trials tell it, about 10 are needed" in injections.too_few
    assert moderation_lead(found).startswith("What moves the effect is not known: 9 trials")


def test_below_four_there_is_no_line(tried):
    injections = one(tried(*series(3)), "injections")
    assert injections.fitted is None
    assert injections.too_few == "3 trials tell it: too few for a line"


def test_trials_that_are_alike_or_silent_say_so(tried):
    found = tried(*(given(f"t-{i}", 5, leukocytes="poor") for i in range(5)))
    assert one(found, "leukocytes").too_few == "5 trials tell it, and are alike in it"
    assert one(found, "platelet dose").too_few == "no trial tells it"
    assert one(found, "platelet dose").silent == 5


def test_one_trial_is_no_group(tried):
    poor = [given(f"t-{i}", 5, leukocytes="poor") for i in range(4)]
    leukocytes = one(tried(*poor, given("t-9", 15, leukocytes="rich")), "leukocytes")
    assert leukocytes.fitted is None
    words = "4 trials leukocyte-poor against one trial leukocyte-rich: one trial is no group"
    assert leukocytes.too_few == words


def test_a_sceptic_takes_over_less_than_the_line_says(tried):
    fitted = one(tried(*series(12, sd=60.0)), "injections").fitted
    assert 0.0 < fitted.sceptical.mean < fitted.coefficient
    # Ten points of pain are what patients notice; 1.645 normal deviations of the prior reach them.
    assert fitted.sceptical.prior_sd == pytest.approx(10 / 1.6448536, rel=1e-6)


def test_doses_are_compared_by_doublings(tried):
    found = tried(*(given(f"t-{i}", 2 * i, platelet_dose_e9=2.0**i) for i in range(4)))
    dose = one(found, "platelet dose")
    assert [p.value for p in dose.points] == pytest.approx([0, 1, 2, 3])
    assert dose.fitted.coefficient == pytest.approx(2.0, abs=1e-9)
    assert [dose.moderator.shown(p.value) for p in dose.points] == pytest.approx([1, 2, 4, 8])


def test_each_trial_speaks_once_at_the_visit_nearest_to_half_a_year(tried):
    later = row(figures("prp", 60, 20, 20), figures("saline", 60, 50, 20), weeks=52)
    found = tried(with_row(trial("a-2020", 4), later), trial("b-2021", 6))
    assert found.pool.k == 2
    assert [c.pick.result.weeks for c in found.pool.contrasts] == [26, 26]


def test_suspect_and_non_randomised_trials_stay_out(tried):
    impossible = trial("c-2022", 45, sd=0.5)
    found = tried(
        trial("a-2020", 4), trial("b-2021", 6), impossible, trial("d-2022", 9, design="nonrandomised")
    )
    assert {c.pick.study.id for c in found.pool.contrasts} == {"a-2020", "b-2021"}


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("KL 2-3", 3.0),
        ("KL 3", 3.0),
        ("KL I-IV", 4.0),
        ("KL 0-4, 158 knees", 4.0),
        ("29 people, 57 knees, 57.9% of knees KL 1-2", None),
        ("mild to moderate", None),
        (None, None),
    ],
)
def test_severity_is_the_highest_grade_let_in(tried, words, grade):
    found = tried(given("a-2020", 4, people=Population(severity=words)))
    assert [p.value for p in one(found, "severity").points] == ([] if grade is None else [grade])


def test_holm_raises_in_steps():
    # 0.005 x 4, 0.01 x 3, 0.03 x 2, and 0.04 x 1 held up to the one before it.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


def test_what_many_tries_do_is_told_in_words(tried):
    people = [Population(age_mean=50.0 + i) for i in range(9)]
    studies = [given(f"t-{i}", 5 + i, injections=1 + i % 3, people=p) for i, p in enumerate(people)]
    found = tried(*studies)
    assert len(found.fitted) == 2
    assert found.by_chance == pytest.approx(1 - 0.95**2)
    assert "in 10% of such tables" in " ".join(moderation_sentences(found))
    for t in found.fitted:
        assert t.fitted.p_holm >= t.fitted.p_permutation
        assert "benefit per" in slope_words(t, found.pool.scale)
        assert "benefit" in sceptic_words(t, found.pool.scale)


def test_what_is_missing_is_named_for_every_moderator(tried):
    said = list(needed_words(tried(*series(4))))
    assert len(said) == len(MODERATORS) + 1
    assert f"Platelet dose: about {ENOUGH} more trials that tell it; 4 of 4 trials do not tell it" in said
    assert said[-1] == "Body mass index: the study files do not record it"


def test_no_trial_is_said_plainly(tried, vocabulary, rules):
    held = build({}, {}, vocabulary, rules)
    found = moderation(PAIN, (), held)
    assert moderation_lead(found).startswith("No sound trial gives a figure")
    assert list(moderation_sentences(found)) == []


def test_subgroups_and_moderators_are_one_test(vocabulary, rules, tried):
    poor = [given(f"p-{i}", 4 + i, leukocytes="poor") for i in range(4)]
    rich = [given(f"r-{i}", 9 + i, leukocytes="rich") for i in range(4)]
    studies = {s.id: s for s in (*poor, *rich)}
    held = build(studies, {}, vocabulary, rules)
    (answer,) = held.topic("knee-osteoarthritis", "prp").answers
    grouping = split(answer.synthesis, "leukocytes", rules)
    fitted = one(tried(*studies.values()), "leukocytes").fitted
    assert fitted.coefficient == pytest.approx(5.0)
    assert grouping.p == pytest.approx(fitted.regression.moderators.p, rel=1e-12)
