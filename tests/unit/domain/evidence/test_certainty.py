"""What takes levels off, by hand-worked cases."""

from dataclasses import replace

import pytest

from enthesis.domain.evidence import build
from enthesis.domain.evidence.imprecision import thresholds_crossed
from enthesis.domain.evidence.study import ArmFigures, Source
from made_studies import arm, figures, row, study, trial


@pytest.fixture
def answer(rules, vocabulary):
    def answers(*studies):
        return build({s.id: s for s in studies}, {}, vocabulary, rules).topic("knee-osteoarthritis", "prp")

    return lambda *studies: answers(*studies).answers[0]


def domain(a, name):
    return next(d for d in a.certainty.domains if d.domain == name)


@pytest.mark.parametrize(
    ("benefit", "interval", "crossed"),
    [
        (12, (-2, 26), ["important benefit", "no effect"]),
        (12, (4, 20), ["important benefit"]),
        (8, (-2, 18), ["important benefit"]),
        (1, (-4, 6), []),
        (0, (-20, 20), ["important benefit", "important harm"]),
        (-12, (-26, 2), ["important harm", "no effect"]),
    ],
)
def test_an_important_effect_must_exclude_none(benefit, interval, crossed):
    assert thresholds_crossed(benefit, interval, 10) == crossed


def test_an_important_estimate_whose_interval_includes_none_loses_two_levels(answer):
    # SE 20 * sqrt(2 / 20) = 6.3, so 12 points reach from -0.4 to 24.4 across nought and ten.
    a = answer(trial("a-2020", 12, n=20))
    assert domain(a, "imprecision").steps == -3  # two thresholds, and 40 people are far below what is enough
    assert a.verdict == "unclear"


def events(name, of, versus, n=60, **more):
    more = {"outcome": "responder", "instrument": "pain-reduced-50-percent", "better": "higher"} | more
    return study(
        name, row(figures("prp", n, events=of), figures("saline", n, events=versus), range=None, **more)
    )


def test_a_handful_of_events_loses_two_levels_even_when_the_interval_crosses_nothing(answer):
    # 24 of 60 against 6 of 60: ratio 4.0, 95 % interval 1.76 to 9.1, both beyond 1.25; 30 events of 300.
    assert domain(answer(events("a-2020", 24, 6)), "imprecision").steps == -2


def test_events_counted_the_other_way_round_are_turned_before_they_are_pooled(answer):
    # 40 of 60 and 20 of 60 not improved are 20 and 40 improved: ratio 0.5.
    turned = events("b-2020", 40, 20, instrument="pain-not-improved", better="lower")
    a = answer(turned)
    assert a.synthesis.scale.better == "higher"
    assert a.synthesis.scale.shown(a.synthesis.pooled.mu) == pytest.approx(0.5)
    assert (a.synthesis.contrasts[0].of.events, a.synthesis.contrasts[0].versus.events) == (20, 40)


def test_events_defined_in_different_ways_are_less_direct(answer):
    same = answer(events("a-2020", 30, 20), events("b-2021", 30, 20))
    other = answer(events("a-2020", 30, 20), events("b-2021", 30, 20, instrument="omeract-oarsi"))
    assert domain(same, "indirectness").steps == 0
    assert domain(other, "indirectness").steps == -1
    assert "defined in different ways" in domain(other, "indirectness").reason


def from_abstract(name, benefit):
    base = trial(name, benefit, n=150)
    return replace(base, results=(replace(base.results[0], source=Source("abstract")),))


def test_an_abstract_is_a_sign_of_selection_only_when_it_tells_a_clear_difference(answer):
    assert domain(answer(from_abstract("a-2020", 15)), "publication bias").steps == -1
    assert domain(answer(from_abstract("a-2020", 1)), "publication bias").steps == 0


def test_people_of_unknown_number_are_no_large_number(answer):
    known = answer(trial("a-2020", 15, n=150))
    assert domain(known, "imprecision").steps == 0


def test_a_product_against_itself_with_something_added_asks_about_the_addition_only(rules, vocabulary):
    arms = [arm("prp", "prp", n=40), arm("both", "prp", plus=("hyaluronic-acid",), n=40)]
    given = study("a-2020", row(ArmFigures("prp", 40, 50, 20), ArmFigures("both", 40, 40, 20)), arms=arms)
    evidence = build({given.id: given}, {}, vocabulary, rules)
    assert [key[1] for key in evidence.topics] == ["prp+hyaluronic-acid"]
