"""How far the trials of an answer have come towards the information needed, and what they crossed."""

import pytest

from enthesis.domain.evidence.imprecision import information_size
from enthesis.domain.evidence.monitoring import monitor_answer
from enthesis.domain.evidence.study import PrintedContrast
from enthesis.errors import CannotEstimate
from enthesis.report.monitoring_json import monitoring_object
from enthesis.report.monitoring_words import monitoring_sentence
from enthesis.statistics.sequential import Status
from made_studies import arm, figures, p_row, row, study, trial


def only(topic):
    (found,) = topic.answers
    return found


def test_the_information_needed_is_that_of_one_adequate_trial(ask, rules):
    a = only(ask(trial("a-2019", 5), trial("b-2020", 5)))
    m = monitor_answer(a, rules)
    # By hand: 4 (1.96 + 0.8416)^2 20^2 / MCID^2 in both arms.
    mcid = a.synthesis.scale.mcid.value
    assert m.required.unadjusted == pytest.approx(4 * (1.959964 + 0.841621) ** 2 * 400 / mcid**2, abs=1)
    assert m.required.unadjusted == pytest.approx(information_size(a.synthesis, rules), abs=1)
    assert m.share == m.held / m.required.participants


def test_trials_come_in_by_year_and_those_of_one_year_are_one_look(ask, rules):
    a = only(ask(trial("z-2018", 5, year=2018), trial("b-2021", 5, year=2021), trial("a-2021", 5, year=2021)))
    m = monitor_answer(a, rules)
    assert [t.study for t in m.trials] == ["z-2018", "a-2021", "b-2021"]
    assert [len(look) for look in m.looks] == [1, 2]
    assert [look.k for look in m.course.looks] == [1, 3]


def test_clear_and_large_benefit_crosses_the_boundary_for_better(ask, rules):
    trials = [trial(f"t-{year}", 30, n=150, year=year) for year in (2016, 2018, 2020)]
    m = monitor_answer(only(ask(*trials)), rules)
    assert m.course.status is Status.BENEFIT
    assert m.pocock.status is Status.BENEFIT
    assert "boundary for a better result was crossed" in monitoring_sentence(m)


def test_the_same_trials_turned_round_cross_the_boundary_for_worse(ask, rules):
    trials = [trial(f"t-{year}", -30, n=150, year=year) for year in (2016, 2018, 2020)]
    m = monitor_answer(only(ask(*trials)), rules)
    assert m.course.status is Status.HARM
    assert "boundary for a worse result was crossed" in monitoring_sentence(m)


def test_no_effect_in_many_people_is_futile(ask, rules):
    trials = [trial(f"t-{year}", 0, n=400, year=year) for year in (2016, 2018)]
    m = monitor_answer(only(ask(*trials)), rules)
    assert m.course.status is Status.FUTILE
    assert "an important benefit has become unlikely" in monitoring_sentence(m)


def test_one_trial_says_what_is_missing_and_still_what_it_made_probable(ask, rules):
    m = monitor_answer(only(ask(trial("a-2019", 5))), rules)
    assert m.course is None
    assert "a boundary needs a second one" in m.missing
    assert "The only trial so far holds" in monitoring_sentence(m)
    assert m.bayes.k == (1,)
    assert monitoring_object(m)["obrien_fleming"] is None


def test_trials_that_differ_need_more_people(ask, rules):
    alike = monitor_answer(only(ask(trial("a-2019", 5), trial("b-2020", 5))), rules)
    apart = monitor_answer(only(ask(trial("a-2019", -10), trial("b-2020", 25))), rules)
    assert alike.required.d2 == 0.0
    assert apart.required.d2 > 0.5
    assert apart.required.participants > 2 * apart.required.unadjusted


def test_a_trial_of_unknown_size_is_named_and_not_counted(ask, rules):
    printed = PrintedContrast("prp", "saline", measure="MD", estimate=-5.0, ci=(-9.0, -1.0), level=0.95)
    sizeless = study("b-2020", row(contrast=printed), arms=(arm("prp", "prp"), arm("saline", "saline")))
    a = only(ask(trial("a-2019", 5), trial("c-2021", 6), sizeless))
    m = monitor_answer(a, rules)
    assert a.synthesis.k == 3
    assert [t.study for t in m.trials] == ["a-2019", "c-2021"]
    assert m.left_out == ("b-2020",)


def test_counts_need_the_people_that_the_important_ratio_needs(ask, rules):
    def counted(name, events, year):
        arms = (figures("prp", 100, events=events), figures("saline", 100, events=20))
        return study(
            name, row(*arms, outcome="responder", instrument="responder", better="higher"), year=year
        )

    a = only(ask(counted("a-2019", 30, 2019), counted("b-2020", 32, 2020)))
    m = monitor_answer(a, rules)
    # By hand: control risk 0.2, the important ratio of the rules, both arms the variance of their mean risk.
    wanted = 0.2 * a.synthesis.scale.shown(a.synthesis.scale.mcid.value)
    mean = (0.2 + wanted) / 2
    needed = 4 * (1.959964 + 0.841621) ** 2 * mean * (1 - mean) / (wanted - 0.2) ** 2
    assert m.required.unadjusted == pytest.approx(needed, abs=1)


def test_nothing_pooled_cannot_be_monitored(ask, rules):
    a = only(ask(study("b-2020", p_row(0.2, relation=">", favours=None))))
    with pytest.raises(CannotEstimate, match="nothing to monitor"):
        monitor_answer(a, rules)


def test_an_unknown_timing_is_a_mistake_of_the_caller(ask, rules):
    with pytest.raises(ValueError, match="retrospective"):
        monitor_answer(only(ask(trial("a-2019", 5))), rules, timing="later")


def test_few_looks_are_a_doubt_of_their_own(ask, rules):
    m = monitor_answer(only(ask(trial("a-2019", 5, year=2019), trial("b-2020", 5, year=2020))), rules)
    assert any("hardly more than its last point" in c for c in m.caveats)
    assert any("laid over trials already known" in c for c in m.caveats)
