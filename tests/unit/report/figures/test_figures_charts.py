"""Curve, timeline and funnel: what is specified, what is refused, what is drawn."""

import json
from xml.etree import ElementTree as ET

import altair
import numpy as np
import pytest

from enthesis.domain.evidence import diagnose
from enthesis.errors import CannotEstimate
from enthesis.report.figures import draw_benefit_curve, draw_funnel, draw_timeline, render, to_csv

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def five(answer_of, new_trial):
    return answer_of(*(new_trial(i, difference=d) for i, d in enumerate([1.0, 12.0, 4.0, -3.0, 7.0])))


@pytest.fixture(scope="module")
def twelve(answer_of, new_trial):
    return answer_of(*(new_trial(i, difference=4.0 + i % 3, n=20 + 10 * i) for i in range(12)))


@pytest.fixture(scope="module")
def figures(five, twelve, rules, vocabulary, provenance):
    return {
        "benefit-curve": draw_benefit_curve(five, vocabulary, provenance),
        "timeline": draw_timeline(five, diagnose(five, rules).timeline, vocabulary, provenance),
        "funnel": draw_funnel(twelve, rules, vocabulary, provenance),
    }


NAMES = ["benefit-curve", "timeline", "funnel"]


@pytest.mark.parametrize("name", NAMES)
def test_the_specification_holds_against_the_schema_of_vega_lite(figures, name):
    altair.Chart.from_json(figures[name].source, validate=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_is_named_and_needs_no_inline_style(figures, name):
    figure = figures[name]
    root = ET.fromstring(render(figure))
    named = {found.get("id"): found.text for found in root.iter() if found.get("id")}
    assert [named[i] for i in root.get("aria-labelledby").split()] == [figure.title, figure.description]
    assert root.get("role") == "img"
    for found in root.iter():
        assert "style" not in found.attrib
        assert "NaN" not in " ".join(found.attrib.values())
    assert not {f"{SVG}script", f"{SVG}style"} & {found.tag for found in root.iter()}


@pytest.mark.parametrize("name", NAMES)
def test_every_colour_of_the_drawing_is_a_token_with_its_class(figures, name):
    for found in ET.fromstring(render(figures[name])).iter():
        for where in ("fill", "stroke"):
            if found.get(where, "none") not in ("none", "transparent"):
                assert f"fig-{where}-" in found.get("class", ""), (found.tag, found.attrib)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_figure_has_the_same_key_and_the_same_drawing(figures, name):
    assert render(figures[name]) == render(figures[name])
    assert len({figure.key for figure in figures.values()}) == 3


@pytest.mark.parametrize("name", NAMES)
def test_the_catalogue_is_named_under_the_drawing_and_above_the_data(figures, name):
    assert "Enthesis catalogue 0123456789ab" in render(figures[name])
    assert "Enthesis catalogue 0123456789ab" in to_csv(figures[name].table)


def test_the_curve_falls_and_meets_the_answer_at_the_important_difference(figures, five):
    rows = np.array(figures["benefit-curve"].table.rows, dtype=float)
    thresholds, better, new, worse = rows.T
    s = five.synthesis
    assert (np.diff(better) < 0).all()
    assert (np.diff(worse) < 0).all()
    assert thresholds[0] == 0
    assert thresholds[-1] >= s.scale.mcid.high
    # Linear interpolation between the 61 points of the curve is good to 1e-3.
    assert np.interp(10.0, thresholds, better) == pytest.approx(s.p_benefit, abs=1e-3)
    assert np.interp(10.0, thresholds, new) == pytest.approx(s.p_benefit_new, abs=1e-3)
    assert np.interp(10.0, thresholds, worse) == pytest.approx(s.p_harm, abs=1e-3)


def test_better_and_worse_than_nothing_make_all(figures):
    first = figures["benefit-curve"].table.rows[0]
    assert first[1] + first[3] == pytest.approx(1)


def test_a_new_setting_is_drawn_from_three_trials_on(answer_of, new_trial, vocabulary, provenance):
    two = draw_benefit_curve(answer_of(new_trial(1), new_trial(2)), vocabulary, provenance)
    three = draw_benefit_curve(answer_of(new_trial(1), new_trial(2), new_trial(3)), vocabulary, provenance)
    assert "new setting" not in two.source + two.description
    assert "new setting" in three.source
    assert {row[2] for row in two.table.rows} == {None}


def test_for_harms_the_curve_runs_over_ratios_below_one(answer_of, new_trial, vocabulary, provenance):
    figure = draw_benefit_curve(answer_of(new_trial(1, events=(6, 12))), vocabulary, provenance)
    thresholds = [row[0] for row in figure.table.rows]
    assert thresholds[0] == 1
    assert thresholds == sorted(thresholds, reverse=True)
    assert "a ratio of 0.80" in figure.description


def test_nothing_pooled_gives_no_curve(answer_of, new_trial, vocabulary, provenance):
    with pytest.raises(CannotEstimate, match="No trial gives a figure"):
        draw_benefit_curve(answer_of(new_trial(1, suspect="copied")), vocabulary, provenance)


def test_the_timeline_says_each_year_what_was_known_then(figures, five, rules):
    steps = diagnose(five, rules).timeline
    rows = figures["timeline"].table.rows
    assert [row[0] for row in rows] == ["2000", "2001", "2002", "2003", "2004"]
    assert [row[1] for row in rows] == [1, 2, 3, 4, 5]
    assert [row[6] for row in rows] == [str(step.verdict) for step in steps]
    assert [row[7] for row in rows] == [f"trial-{i:02}" for i in range(5)]
    drawn = render(figures["timeline"])
    assert all(str(step.verdict).split()[0] in drawn for step in steps)


def test_many_years_still_fit_the_page(answer_of, new_trial, rules, vocabulary, provenance):
    answer = answer_of(*(new_trial(i, difference=float(i % 7)) for i in range(30)))
    root = ET.fromstring(
        render(draw_timeline(answer, diagnose(answer, rules).timeline, vocabulary, provenance))
    )
    assert float(root.get("width")) < 1200


def test_without_any_year_there_is_no_timeline(five, vocabulary, provenance):
    with pytest.raises(CannotEstimate, match="nothing could have been said in any year"):
        draw_timeline(five, (), vocabulary, provenance)


def test_a_funnel_is_refused_below_ten_trials_with_the_reason(five, rules, vocabulary, provenance):
    with pytest.raises(
        CannotEstimate, match="needs at least 10 trials; 5 can be pooled here: fewer studies cannot show"
    ):
        draw_funnel(five, rules, vocabulary, provenance)


def test_the_funnel_shows_every_trial_and_where_significance_begins(figures, twelve):
    figure = figures["funnel"]
    assert len(figure.table.rows) == 12
    assert [row[3] for row in figure.table.rows] == [e.y for e in twelve.synthesis.effects]
    layers = json.loads(figure.source)["layer"]
    assert len(layers[-1]["data"]["values"]) == 12
    assert "p above 0.05" in render(figure)


def test_compact_drawings_fit_a_phone_and_do_not_share_ids_with_the_wide_ones(
    five, rules, vocabulary, provenance
):
    steps = diagnose(five, rules).timeline
    for draw in (
        lambda **how: draw_benefit_curve(five, vocabulary, provenance, **how),
        lambda **how: draw_timeline(five, steps, vocabulary, provenance, **how),
    ):
        wide, narrow = (ET.fromstring(render(draw(compact=compact))) for compact in (False, True))
        assert float(narrow.get("width")) <= 400 < float(wide.get("width"))
        ids = [{found.get("id") for found in root.iter() if found.get("id")} for root in (wide, narrow)]
        assert not ids[0] & ids[1]
