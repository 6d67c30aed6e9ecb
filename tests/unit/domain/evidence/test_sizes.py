from math import log, sqrt

import pytest

from enthesis.domain.evidence.per_trial import pick_per_trial
from enthesis.domain.evidence.sizes import ScaleKind, measure
from enthesis.domain.evidence.study import Population, PrintedContrast
from made_studies import arm, figures, p_row, row, study


def sized(rules, *rows, **more):
    s = study("made-2020", *rows, **more)
    ((pick, _),) = next(iter(pick_per_trial({s.id: s}, rules, {}).values()))
    return measure([pick], rules)[0]


def test_less_pain_is_a_positive_effect(rules):
    c = sized(rules, row(figures("prp", 50, 30, 20), figures("saline", 50, 40, 20)))
    assert c.on[ScaleKind.POINTS].y == pytest.approx(10)
    assert c.on[ScaleKind.POINTS].v == pytest.approx(20**2 / 50 + 20**2 / 50)
    assert c.on[ScaleKind.SMD].y > 0


def test_pain_on_0_10_and_on_0_100_meet(rules):
    ten = sized(rules, row(figures("prp", 50, 3, 2), figures("saline", 50, 4, 2), range=(0, 10)))
    hundred = sized(rules, row(figures("prp", 50, 30, 20), figures("saline", 50, 40, 20)))
    assert ten.on[ScaleKind.POINTS].y == pytest.approx(hundred.on[ScaleKind.POINTS].y)
    assert ten.on[ScaleKind.POINTS].v == pytest.approx(hundred.on[ScaleKind.POINTS].v)


def test_a_scale_without_range_gives_no_points(rules):
    c = sized(rules, row(figures("prp", 50, 3, 2), figures("saline", 50, 4, 2), range=None))
    assert ScaleKind.POINTS not in c.on
    assert {ScaleKind.SMD, ScaleKind.NATIVE} <= set(c.on)


def test_a_usual_range_is_used_with_a_caveat(rules):
    c = sized(
        rules,
        row(figures("prp", 50, 60, 20), figures("saline", 50, 55, 20), instrument="ikdc", better="higher"),
    )
    assert c.on[ScaleKind.POINTS].y == pytest.approx(5)
    assert any("usual range" in caveat for caveat in c.caveats)


def test_a_standard_error_becomes_a_standard_deviation_with_a_caveat(rules):
    c = sized(rules, row(figures("prp", 25, 30, se=4.0), figures("saline", 25, 40, se=4.0)))
    assert c.on[ScaleKind.POINTS].v == pytest.approx(2 * 4.0**2)
    assert any("standard error" in caveat for caveat in c.caveats)


def test_a_missing_n_of_the_visit_falls_back_to_the_arm_and_says_so(rules):
    c = sized(rules, row(figures("prp", None, 30, 20), figures("saline", None, 40, 20)))
    assert c.n == 120
    assert sum("not printed" in caveat for caveat in c.caveats) == 2


def test_joined_arms_have_the_mean_and_spread_of_all_their_people(rules):
    arms = (arm("a", "prp"), arm("b", "prp"), arm("saline", "saline"))
    c = sized(
        rules,
        row(figures("a", 10, 20, 10), figures("b", 30, 40, 10), figures("saline", 40, 40, 10)),
        arms=arms,
    )
    # (10*20 + 30*40)/40 = 35; SD^2 = (9*100 + 29*100 + 10*30/40*20^2)/39 = (900 + 2900 + 3000)/39
    assert c.of.mean == pytest.approx(35)
    assert c.of.sd == pytest.approx(sqrt(6800 / 39))


def test_a_printed_contrast_named_the_other_way_round_is_turned(rules):
    contrast = PrintedContrast("saline", "prp", measure="MD", estimate=6.0, ci=(1.0, 11.0), level=0.95)
    c = sized(rules, row(contrast=contrast))
    # saline has 6 points more pain than PRP, so PRP is 6 better.
    assert c.on[ScaleKind.POINTS].y == pytest.approx(6)
    assert sqrt(c.on[ScaleKind.POINTS].v) == pytest.approx(10 / (2 * 1.959964), rel=1e-6)


def test_a_printed_ratio_stands_as_its_logarithm(rules):
    contrast = PrintedContrast("prp", "saline", measure="RR", estimate=2.0, ci=(1.0, 4.0), level=0.95)
    c = sized(rules, row(contrast=contrast, outcome="responder", instrument="omeract-oarsi", better="higher"))
    assert c.on[ScaleKind.RATIO].y == pytest.approx(log(2))
    assert c.ratio_measure == "RR"


def test_events_give_a_risk_ratio(rules):
    c = sized(rules, row(figures("prp", 40, events=20), figures("saline", 40, events=10), outcome="responder",
                         instrument="omeract-oarsi", better="higher"))  # fmt: skip
    assert c.on[ScaleKind.RATIO].y == pytest.approx(log(2))
    assert c.on[ScaleKind.RATIO].v == pytest.approx(1 / 20 - 1 / 40 + 1 / 10 - 1 / 40)


def test_no_event_in_either_arm_gives_no_ratio(rules):
    none = (figures("prp", 40, events=0), figures("saline", 40, events=0))
    c = sized(rules, row(*none, outcome="adverse-event", instrument="any-adverse-event"))
    assert not c.on
    assert (c.of.events, c.versus.events) == (0, 0)


def test_an_exact_p_gives_a_standardised_difference_towards_the_winner(rules):
    better, worse = (sized(rules, p_row(0.05, favours=who)).on for who in ("prp", "saline"))
    assert set(better) == {ScaleKind.SMD}
    assert better[ScaleKind.SMD].y == pytest.approx(-worse[ScaleKind.SMD].y)
    # t of p = 0.05 with 118 df is 1.9803; d = t * sqrt(1/60 + 1/60) = 0.36155; J = 1 - 3/(4*118-1)
    assert better[ScaleKind.SMD].y == pytest.approx(0.36155 * (1 - 3 / 471), rel=1e-4)


def test_knees_and_paired_sides_are_said(rules):
    c = sized(
        rules,
        row(figures("prp", 50, 30, 20), figures("saline", 50, 40, 20)),
        population=Population(unit="knee", paired=True),
    )
    assert any("knees are counted" in caveat for caveat in c.caveats)
    assert any("same people" in caveat for caveat in c.caveats)
