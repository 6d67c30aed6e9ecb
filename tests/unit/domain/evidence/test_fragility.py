"""The multiverse of made trials: which choices become axes, what each reads, what is refused."""

from dataclasses import replace

import pytest

from enthesis.domain.evidence import build
from enthesis.domain.evidence.fragility import (
    DECLARED,
    Asked,
    Instrument,
    Reading,
    Values,
    Window,
    fragility,
    gather,
    kin_of,
    read,
    why_none,
)
from enthesis.domain.evidence.study import Blinding
from enthesis.errors import CannotEstimate
from enthesis.statistics.conversions import change_sd
from enthesis.statistics.multiverse import rerun
from made_studies import arm, figures, row, study, trial, with_row


@pytest.fixture
def ask_of(rules, vocabulary):
    """Answer, trials and rules of PRP against placebo for pain at 18 to 39 weeks."""

    def asked(*studies):
        held = build({s.id: s for s in studies}, {}, vocabulary, rules)
        (answer,) = [
            a
            for a in held.topic("knee-osteoarthritis", "prp").answers
            if a.question.outcome == "pain" and a.question.horizon and 26 in a.question.horizon
        ]
        return answer, gather(held)[kin_of(answer.question)], rules

    return asked


def axes_of(found):
    return {axis.name: axis.levels for axis in found.pools.axes}


def said(asked, trial_id, reading):
    answer, trials, rules = asked
    one = next(t for t in trials if t.id == trial_id)
    return read(one, reading, Asked(answer.question, answer.synthesis.scale, rules))


def pain(benefit, *, weeks=26, sd=20.0, **more):
    return row(figures("prp", 60, 50 - benefit, sd), figures("saline", 60, 50, sd), weeks=weeks, **more)


def test_trials_alike_in_all_but_their_estimator_have_no_other_axis(ask_of):
    found = fragility(*ask_of(trial("a-2020", 4), trial("b-2021", 12)))
    assert set(axes_of(found)) == {"estimator", "interval"}
    assert found.data_sets == 1
    assert {x.name for x in found.idle} >= {"instrument", "window", "suspect figures", "region"}


def test_the_declared_way_is_the_answer(ask_of):
    asked = ask_of(trial("a-2020", 4), trial("b-2021", 12), trial("c-2022", 9))
    found = fragility(*asked)
    assert found.declared_mu == pytest.approx(asked[0].synthesis.pooled.mu, abs=1e-12)
    assert found.pools.k[found.declared] == 3


def test_an_open_trial_makes_the_axes_of_blinding_and_bias(ask_of):
    seen = trial("c-2022", 30, blinding=Blinding(participants=False))
    found = fragility(*ask_of(trial("a-2020", 4), trial("b-2021", 6), seen))
    assert {"blinding", "risk of bias"} <= set(axes_of(found))
    blinding = next(x for x in found.variance.axes if x.name == "blinding")
    assert dict(zip(blinding.levels, blinding.means, strict=True))["patients blinded only"] == pytest.approx(
        5.0, abs=0.2
    )


def test_a_silent_trial_is_not_blinded_but_not_at_high_risk(ask_of):
    silent = trial("c-2022", 30, blinding=Blinding())
    assert "risk of bias" not in axes_of(fragility(*ask_of(trial("a-2020", 4), trial("b-2021", 6), silent)))


def test_a_second_scale_can_speak_alone_or_in_the_mean(ask_of):
    two = with_row(trial("a-2020", 4), pain(10, instrument="womac-pain", range=(0, 100)))
    asked = ask_of(two, trial("b-2021", 6))
    first, last, mean = (said(asked, "a-2020", Reading(instrument=i)) for i in Instrument)
    assert (first.effect.y, last.effect.y) == pytest.approx((4.0, 10.0))
    assert mean.effect.y == pytest.approx(7.0)
    # Perfectly correlated scales: the standard error is the mean of the two, here equal.
    assert mean.effect.v == pytest.approx(first.effect.v)


def test_the_window_moves_the_visit(ask_of):
    later = with_row(trial("a-2020", 4), pain(9, weeks=38))
    elsewhere = replace(trial("c-2022", 1), results=(pain(2, weeks=52),))
    asked = ask_of(later, trial("b-2021", 6), elsewhere)
    assert said(asked, "a-2020", DECLARED).effect.y == pytest.approx(4.0)
    assert said(asked, "a-2020", Reading(window=Window.LAST)).effect.y == pytest.approx(9.0)
    assert said(asked, "c-2022", DECLARED) is None
    assert said(asked, "c-2022", Reading(window=Window.NEIGHBOURS)).effect.y == pytest.approx(2.0)


def test_changes_are_computed_from_values_before_and_after(ask_of):
    before = row(figures("prp", 60, 70, 18), figures("saline", 60, 66, 16), weeks=0)
    asked = ask_of(with_row(trial("a-2020", 4), before), trial("b-2021", 6))
    for r in (0.3, 0.5, 0.7):
        found = said(asked, "a-2020", Reading(values=Values.CHANGE, correlation=r))
        # (46 - 70) - (50 - 66) = -8: eight points better.
        assert found.effect.y == pytest.approx(8.0)
        expected = (float(change_sd(18, 20, r)) ** 2 + float(change_sd(16, 20, r)) ** 2) / 60
        assert found.effect.v == pytest.approx(expected, rel=1e-9)
    assert axes_of(fragility(*asked))["correlation"] == ("0.5", "0.3", "0.7")


def test_a_printed_change_leaves_nothing_to_assume(ask_of):
    before = row(figures("prp", 60, 70, 18), figures("saline", 60, 66, 16), weeks=0)
    printed = row(figures("prp", 60, -25, 15), figures("saline", 60, -18, 15), kind="change")
    asked = ask_of(with_row(with_row(trial("a-2020", 4), before), printed), trial("b-2021", 6))
    found = fragility(*asked)
    assert "values" in axes_of(found)
    assert "correlation" not in axes_of(found)
    assert said(asked, "a-2020", Reading(values=Values.CHANGE)).effect.y == pytest.approx(7.0)


def test_leukocyte_classes_are_told_apart_where_trials_say(ask_of):
    rich = trial(
        "c-2022", 20, arms=(arm("prp", "prp", product=replace_leukocytes("rich")), arm("saline", "saline"))
    )
    found = fragility(*ask_of(trial("a-2020", 4), trial("b-2021", 6), rich))
    assert axes_of(found)["leukocytes"] == ("all", "leukocyte-poor only", "leukocyte-rich only")
    counts = dict(zip(*levels_of(found, "leukocytes"), strict=True))
    assert counts["leukocyte-rich only"] == 0
    assert found.single > 0


def replace_leukocytes(word):
    from enthesis.domain.evidence.study import Product

    return Product(leukocytes=word)


def levels_of(found, name):
    axis = next(x for x in found.variance.axes if x.name == name)
    return axis.levels, axis.counts


def test_counts_add_up_to_every_combination(ask_of):
    open_label = trial("c-2022", 30, blinding=Blinding(participants=False))
    found = fragility(*ask_of(trial("a-2020", 4), trial("b-2021", 6), open_label))
    assert len(found.whole) == found.possible == len(found.pools) + found.single + found.empty
    shares = found.shares
    assert shares.significant_benefit + shares.significant_harm + shares.neither == pytest.approx(1.0)


def test_every_way_can_be_run_alone(ask_of):
    open_label = trial("c-2022", 30, blinding=Blinding(participants=False))
    found = fragility(*ask_of(trial("a-2020", 4), trial("b-2021", 6), open_label))
    for i in range(0, len(found.pools), 5):
        alone = rerun(found.pools, i)
        assert alone.mu == pytest.approx(float(found.pools.mu[i]), abs=1e-12)
        assert alone.ci == pytest.approx(tuple(found.pools.ci[i].tolist()), abs=1e-12)


def test_one_trial_has_no_multiverse_and_says_why(ask_of):
    asked = ask_of(trial("a-2020", 4))
    assert "One trial answers this" in why_none(asked[0])
    with pytest.raises(CannotEstimate, match="One trial answers this"):
        fragility(*asked)


def test_non_randomised_trials_come_in_only_on_their_axis(ask_of):
    asked = ask_of(trial("a-2020", 4), trial("b-2021", 6), trial("c-2022", 40, design="nonrandomised"))
    found = fragility(*asked)
    assert axes_of(found)["design"] == ("randomised", "with non-randomised")
    assert found.pools.k[found.declared] == 2


def test_reports_of_the_same_people_are_one_trial(ask_of):
    twice = study("a-2023", pain(5), same_trial_as=("a-2020",))
    _, trials, _ = ask_of(trial("a-2020", 4, same_trial_as=("a-2023",)), twice, trial("b-2021", 6))
    assert [t.id for t in trials] == ["a-2020", "b-2021"]


def test_the_order_of_the_studies_changes_nothing(ask_of):
    studies = [
        trial("a-2020", 4),
        with_row(trial("b-2021", 6), pain(9, instrument="womac-pain", range=(0, 100))),
        trial("c-2022", 30, blinding=Blinding(participants=False)),
    ]
    there, back = (fragility(*ask_of(*order)) for order in (studies, studies[::-1]))
    assert back.shares.median == pytest.approx(there.shares.median, abs=1e-12)
    assert back.data_sets == there.data_sets
    assert sorted(back.pools.mu.tolist()) == pytest.approx(sorted(there.pools.mu.tolist()), abs=1e-12)
