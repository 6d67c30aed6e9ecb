"""Forest plots: every trial is there, stands where its numbers say, and nothing breaks the drawing."""

import math
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from enthesis.errors import CannotEstimate
from enthesis.report.figures import (
    axis_svg,
    diamond_svg,
    draw_forest,
    forest_rows,
    forest_svg,
    interval_svg,
    prediction_svg,
    to_csv,
)

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> str:
    return " ".join("".join(found.itertext()) for found in ET.fromstring(svg).iter(f"{SVG}text"))


@pytest.fixture
def five(answer_of, new_trial):
    return answer_of(*(new_trial(i, difference=d) for i, d in enumerate([1.0, 12.0, 4.0, -3.0, 7.0])))


def test_every_trial_is_in_the_table_once_and_in_the_order_of_years(five, vocabulary):
    rows = forest_rows(five, vocabulary).rows
    assert [r.study_id for r in rows] == [f"trial-{i:02}" for i in range(5)]
    assert sum(r.weight for r in rows) == pytest.approx(1)


def test_effects_are_printed_as_the_trial_gives_them(answer_of, new_trial, vocabulary):
    # 50 - 45 = 5 points; standard error 20 sqrt(2 / 60) = 3.651, times 1.96 = 7.157.
    (row,) = forest_rows(answer_of(new_trial(1, difference=5.0, sd=20.0, n=60)), vocabulary).rows
    assert row.effect.ci == pytest.approx((5 - 7.157, 5 + 7.157), abs=1e-3)
    assert row.effect_text == "5.0 (−2 to 12)"
    assert row.n_text == "120"
    assert row.product == "leukocyte-poor, 3 injections 7 days apart"
    assert (row.locator, row.url) == ("table 1", "https://example.org/1")


def test_places_keep_the_order_of_effects(five, vocabulary):
    table = forest_rows(five, vocabulary)
    ordered = sorted(table.rows, key=lambda r: r.effect.estimate)
    assert all(a.effect.mark.x < b.effect.mark.x for a, b in pairwise(ordered))
    assert all(r.effect.mark.left < r.effect.mark.x < r.effect.mark.right for r in table.rows)


def test_no_effect_and_both_important_differences_are_on_the_axis(five, vocabulary):
    axis = forest_rows(five, vocabulary).axis
    low, high = axis.mcid
    assert 0 < low < axis.zero < high < 1
    assert axis.place(10.0) == pytest.approx(high)
    assert axis.place(-10.0) == pytest.approx(low)


def test_the_square_grows_with_the_weight_by_area(answer_of, new_trial, vocabulary):
    table = forest_rows(answer_of(new_trial(1, n=20), new_trial(2, n=200)), vocabulary)
    small, large = table.rows
    assert large.effect.mark.side == 1
    assert small.effect.mark.side**2 == pytest.approx(small.weight / large.weight)


def test_arrows_appear_only_where_an_interval_leaves_the_axis(answer_of, new_trial, vocabulary):
    narrow = answer_of(new_trial(1), new_trial(2), new_trial(3))
    wide = answer_of(new_trial(1), new_trial(2), new_trial(3, n=3, sd=45.0))
    for answer, wanted in ((narrow, False), (wide, True)):
        table = forest_rows(answer, vocabulary)
        for row in table.rows:
            mark = row.effect.mark
            ends = [table.axis.place(x) for x in row.effect.ci]
            assert (mark.cut_left, mark.cut_right) == (ends[0] < 0, ends[1] > 1)
            assert ("fig-arrow" in interval_svg(row, table.axis)) == (mark.cut_left or mark.cut_right)
        assert any(r.effect.mark.cut_right for r in table.rows) is wanted


def test_a_suspect_trial_is_shown_with_its_reason_but_not_in_the_mean(
    answer_of, new_trial, vocabulary, provenance
):
    answer = answer_of(
        new_trial(1),
        new_trial(2),
        new_trial(3, difference=60.0, suspect="the figures are those of another trial"),
    )
    table = forest_rows(answer, vocabulary)
    assert [r.study_id for r in table.rows] == ["trial-01", "trial-02"]
    (out,) = table.left_out
    assert out.is_suspect
    assert out.weight is None
    assert "those of another trial" in texts(forest_svg(answer, vocabulary, provenance))


def test_a_suspect_effect_far_off_does_not_squeeze_the_others(answer_of, new_trial, vocabulary):
    table = forest_rows(
        answer_of(new_trial(1), new_trial(2), new_trial(3, difference=48.0, sd=2, suspect="too good")),
        vocabulary,
    )
    assert table.left_out[0].effect.mark.x is None
    assert table.axis.hi < 48


def test_when_all_trials_are_suspect_they_are_drawn_without_a_mean(
    answer_of, new_trial, vocabulary, provenance
):
    answer = answer_of(new_trial(1, suspect="copied"), new_trial(2, suspect="copied"))
    table = forest_rows(answer, vocabulary)
    assert (table.rows, table.summary) == ((), None)
    assert all(0 <= r.effect.mark.x <= 1 for r in table.left_out)
    assert "Not in the mean" in texts(forest_svg(answer, vocabulary, provenance))


def test_one_trial_has_no_mean(answer_of, new_trial, vocabulary):
    assert forest_rows(answer_of(new_trial(1)), vocabulary).summary is None


def test_the_mean_is_the_one_that_the_verdict_rests_on(five, vocabulary):
    summary = forest_rows(five, vocabulary).summary
    assert (summary.estimate, summary.ci) == (five.synthesis.judged.mu, five.synthesis.judged.ci)
    assert summary.prediction == five.synthesis.pooled.prediction_interval


def test_ratios_are_shown_as_ratios_on_a_logarithmic_axis(answer_of, new_trial, vocabulary):
    table = forest_rows(answer_of(new_trial(1, events=(6, 12)), new_trial(2, events=(9, 9))), vocabulary)
    half, equal = table.rows
    assert half.effect.estimate == pytest.approx(0.5)
    assert equal.effect.mark.x == pytest.approx(table.axis.zero)
    assert table.axis.place(math.log(0.5)) == pytest.approx(half.effect.mark.x)
    assert "1" in [tick.label for tick in table.axis.ticks]
    assert table.favours == ("platelet-rich plasma", "placebo")


def test_trials_without_figures_cannot_be_drawn(answer_of, new_trial, vocabulary):
    row = new_trial(1).results[0]
    bare = replace(row, arms=tuple(replace(f, sd=None) for f in row.arms))
    with pytest.raises(CannotEstimate, match="No trial of this question gives a figure"):
        forest_rows(answer_of(new_trial(1, results=(bare,))), vocabulary)


NAMES = ["O'Neill & Søn <b>", "सिंह", "山田 太郎", 'Müller "Q"', "محمد", "\x07Bell"]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_reach_the_drawing_unbroken(answer_of, new_trial, vocabulary, provenance, name):
    svg = forest_svg(answer_of(new_trial(1, author=name), new_trial(2)), vocabulary, provenance)
    assert name.replace("\x07", "").split(maxsplit=1)[0] in texts(svg)
    assert ET.fromstring(svg).find(f".//{SVG}b") is None


def test_the_drawing_is_named_and_described_for_those_who_do_not_see_it(five, vocabulary, provenance):
    figure = draw_forest(five, vocabulary, provenance)
    root = ET.fromstring(figure.source)
    ids = root.get("aria-labelledby").split()
    named = {found.get("id"): found.text for found in root.iter() if found.get("id")}
    assert root.get("role") == "img"
    assert [named[i] for i in ids] == [figure.title, figure.description]
    assert "5 trials" in figure.description


def test_nothing_needs_an_inline_style_or_a_script(five, vocabulary, provenance):
    table = forest_rows(five, vocabulary)
    drawings = [
        forest_svg(five, vocabulary, provenance),
        *(interval_svg(r, table.axis) for r in table.rows),
        diamond_svg(table.summary, table.axis),
        prediction_svg(table.summary, table.axis),
        axis_svg(table.axis),
    ]
    for svg in drawings:
        for found in ET.fromstring(svg).iter():
            assert found.tag != f"{SVG}script"
            assert not {"style", "href"} & set(found.attrib)
        assert not re.search(r"\bnan\b|\binf\b", svg, re.IGNORECASE)


def test_all_text_lies_on_the_sheet(five, vocabulary, provenance):
    root = ET.fromstring(forest_svg(five, vocabulary, provenance))
    width, height = float(root.get("width")), float(root.get("height"))
    for found in root.iter(f"{SVG}text"):
        assert 0 <= float(found.get("x")) <= width
        assert 0 <= float(found.get("y")) <= height
        assert float(found.get("font-size")) >= 11


def test_the_sheet_says_scale_importance_model_sources_and_catalogue(five, vocabulary, provenance):
    said = texts(forest_svg(five, vocabulary, provenance))
    for words in (
        "patients notice",
        "above 0 is better for platelet-rich plasma",
        "Hartung-Knapp",
        "table 3, https://example.org/3",
        "Enthesis catalogue 0123456789ab",
        "favours placebo",
    ):
        assert words in said


def test_the_data_twin_holds_every_number(five, vocabulary, provenance):
    csv = to_csv(draw_forest(five, vocabulary, provenance).table).splitlines()
    assert csv[0].startswith("# question: Knee osteoarthritis: platelet-rich plasma against placebo")
    rows = [line for line in csv if not line.startswith("#")]
    kinds = [line.split(",")[0] for line in rows[1:]]
    assert kinds == ["trial"] * 5 + ["mean", "prediction interval"]
    assert f"{five.synthesis.judged.mu!r}" in rows[6]
